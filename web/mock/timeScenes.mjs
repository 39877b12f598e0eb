// The scenes of attendance, security and privacy requests in the console; see shots.mjs.
const SETTLED = 500;

export async function timeScenes(scene) {
  for (const [device, dark, locale] of [['desktop', false, 'en-GB'], ['phone', true, 'pt-BR'], ['tablet', true, 'en-GB'], ['small', false, 'pt-BR']]) {
    await scene(`time-${device}-${dark ? 'dark' : 'light'}`, {
      device, dark, locale, path: '/console',
      steps: async (page, look) => {
        const portuguese = locale === 'pt-BR';
        const word = (english, other) => (portuguese ? other : english);
        const open = async (section, more = '') => {
          await page.evaluate((to) => {
            history.pushState(null, '', to);
            dispatchEvent(new PopStateEvent('popstate'));
          }, `/console?section=${section}${more}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForTimeout(SETTLED);
        };
        const whole = async (label) => {
          const size = page.viewportSize();
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width: size.width, height: Math.max(size.height, Math.min(height, 2600)) });
          await look(label);
          await page.setViewportSize(size);
        };
        const dialog = async (label, close = true) => {
          await page.getByRole('dialog').waitFor();
          await page.waitForTimeout(SETTLED);
          await look(label);
          if (close) {
            await page.keyboard.press('Escape');
            await page.getByRole('dialog').waitFor({ state: 'detached' });
          }
        };
        await page.locator('input[autocomplete=username]').fill('admin');
        await page.locator('input[type=password]').fill('right');
        await page.locator('form button[type=submit]').click();
        await page.getByRole('navigation').waitFor();
        await open('attendance');
        await whole('board');
        await open('attendance', '&view=exceptions');
        await whole('exceptions');
        await open('attendance', '&view=timesheets');
        await whole('timesheets');
        await page.getByRole('link', { name: /Blessing/ }).click();
        await page.getByRole('heading', { level: 1, name: /Blessing/ }).waitFor();
        await page.waitForTimeout(SETTLED);
        await whole('sheet');
        await page.getByRole('button', { name: word('Add a punch on', 'Incluir marcação em') }).nth(2).click();
        await dialog('add-punch');
        await page.getByRole('button', { name: word('Approve the month', 'Aprovar o mês') }).click();
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await open('attendance', '&view=plan&day=2026-11-16');
        await whole('plan');
        await open('attendance', '&view=shifts');
        await whole('shifts');
        await page.getByRole('button', { name: word('New shift', 'Novo turno') }).click();
        await dialog('new-shift');
        await page.getByRole('button', { name: word('New roster', 'Nova escala') }).click();
        await dialog('new-roster');
        await open('attendance', '&view=rules');
        await whole('rules');
        await page.getByRole('button', { name: word('New version', 'Nova versão') }).click();
        await dialog('new-version');
        await open('attendance', '&view=kiosks');
        await whole('kiosks');
        await page.getByRole('button', { name: word('New kiosk', 'Novo quiosque') }).click();
        await dialog('new-kiosk');
        await open('attendance', '&view=reports');
        await whole('reports');
        await open('security');
        await whole('security');
        await open('requests');
        await whole('requests');
        await page.getByRole('button', { name: word('Erase Blessing', 'Apagar Blessing') }).click();
        await dialog('erase');
        await open('keys');
        await whole('det');
      },
    });
  }
  for (const username of ['manager', 'auditor']) {
    await scene(`time-${username}`, {
      device: 'desktop', path: '/console?section=attendance',
      steps: async (page, look) => {
        await page.locator('input[autocomplete=username]').fill(username);
        await page.locator('input[type=password]').fill('right');
        await page.locator('form button[type=submit]').click();
        await page.waitForTimeout(1200);
        await look(username);
      },
    });
  }
}
