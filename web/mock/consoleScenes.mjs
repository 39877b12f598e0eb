// The scenes of the console; see shots.mjs.
const signIn = async (page, username = 'admin') => {
  await page.locator('input[autocomplete=username]').fill(username);
  await page.locator('input[type=password]').fill('right');
  await page.locator('form button[type=submit]').click();
};
const SETTLED = 500;

export async function consoleScenes(scene) {
  for (const [device, dark, locale] of [['desktop', false, 'en-GB'], ['phone', true, 'pt-BR'], ['tablet', true, 'en-GB'], ['small', false, 'pt-BR']]) {
    await scene(`console-${device}-${dark ? 'dark' : 'light'}`, {
      device, dark, locale, path: '/console',
      steps: async (page, look) => {
        const portuguese = locale === 'pt-BR';
        const open = async (section, more = '') => {
          // Within the page, as a link does: loading it anew would forget who is signed in.
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
        await look('sign-in');
        await signIn(page);
        await page.getByRole('navigation').waitFor();
        await page.waitForTimeout(SETTLED);
        await whole('start');
        await open('people');
        await whole('people');
        await open('people', '&query=nobody');
        await look('nobody');
        await open('people');
        await page.getByRole('link', { name: /Ana Beatriz/ }).click();
        await page.waitForTimeout(SETTLED);
        await whole('person');
        await page.getByRole('button', { name: portuguese ? 'Desativar' : 'Deactivate' }).click();
        await page.waitForTimeout(SETTLED);
        await look('deactivate');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: portuguese ? 'Nova senha' : 'New one-time' }).click();
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByText('canoe-lantern').waitFor();
        await look('one-time');
        await page.getByRole('dialog').getByRole('button').last().click();
        await open('departments');
        await whole('departments');
        await open('departments', '&department=emergency');
        await whole('department');
        await open('audit');
        await page.locator('details summary').nth(1).click();
        await whole('audit');
        await open('applications');
        await whole('applications-none');
        await page.getByRole('textbox').nth(0).fill('Prontuário');
        await page.getByRole('textbox').nth(2).fill('https://records.hospital.example/login/oauth2/code/vultus');
        await page.locator('form button[type=submit]').click();
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(SETTLED);
        await look('secret');
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.waitForTimeout(SETTLED);
        await whole('applications');
        await page.getByRole('table').getByRole('button').click();
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await open('keys');
        await page.getByRole('button', { name: portuguese ? 'Trocar' : 'Rotate' }).click();
        await page.waitForTimeout(SETTLED);
        await look('rotate');
        await page.getByRole('checkbox').check();
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.waitForTimeout(SETTLED);
        await whole('keys');
        await open('system');
        await page.waitForTimeout(6000);
        await whole('system');
      },
    });
  }
  for (const username of ['auditor', 'officer', 'nurse']) {
    await scene(`console-${username}`, {
      device: 'desktop', path: '/console',
      steps: async (page, look) => {
        await signIn(page, username);
        await page.waitForTimeout(1200);
        await look(username);
      },
    });
  }
}
