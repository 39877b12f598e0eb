// The scenes of pictures of punches, badges and rosters; see shots.mjs.
const SETTLED = 500;
// Nothing moves before the camera.
const STILL = `{
  const real = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (...where) {
    const image = real.apply(this, where);
    image.data.fill(0);
    return image;
  };
}`;

export async function presenceScenes(scene) {
  for (const [device, dark, locale] of [['desktop', false, 'en-GB'], ['phone', true, 'pt-BR']]) {
    const word = (english, other) => (locale === 'pt-BR' ? other : english);
    await scene(`presence-${device}-${dark ? 'dark' : 'light'}`, {
      device, dark, locale, path: '/console',
      steps: async (page, look) => {
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
          await page.setViewportSize({ width: size.width, height: Math.max(size.height, Math.min(height, 3200)) });
          await look(label);
          await page.setViewportSize(size);
        };
        const dialog = async (label) => {
          await page.getByRole('dialog').waitFor();
          await page.waitForTimeout(SETTLED);
          await look(label);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        };
        await page.locator('input[autocomplete=username]').fill('admin');
        await page.locator('input[type=password]').fill('right');
        await page.locator('form button[type=submit]').click();
        await page.getByRole('navigation').waitFor();
        await open('attendance');
        await whole('board');
        await page.getByRole('button', { name: word('See the capture', 'Ver a captura') }).first().click();
        await dialog('capture');
        await open('attendance', '&view=timesheets');
        await page.getByRole('link', { name: /Blessing/ }).click();
        await page.getByRole('heading', { level: 1, name: /Blessing/ }).waitFor();
        await page.waitForTimeout(SETTLED);
        await whole('sheet');
        await open('attendance', '&view=shifts');
        await page.getByRole('button', { name: word('New roster', 'Nova escala') }).click();
        await page.getByRole('dialog').locator('select').first().selectOption('split');
        await dialog('split-roster');
        await open('people');
        await page.getByRole('link', { name: /Blessing/ }).first().click();
        await page.getByText(word('Punching without the camera', 'Marcar o ponto sem a câmera')).waitFor();
        await page.waitForTimeout(SETTLED);
        await whole('person');
        await page.getByRole('button', { name: word('Record the consent', 'Registrar o consentimento') }).click();
        await dialog('consent');
        await page.getByRole('button', { name: word('Give a badge', 'Entregar um crachá') }).click();
        await dialog('badge');
        await open('departments');
        await page.getByRole('link').filter({ hasText: /./ }).last().waitFor();
        await open('departments', '&department=icu');
        await page.getByRole('switch', { name: word('Keep a small picture', 'Guardar uma pequena imagem') }).check();
        await page.waitForTimeout(SETTLED);
        await whole('policy');
      },
    });
  }
  for (const [device, locale] of [['tablet', 'en-GB'], ['phone', 'pt-BR']]) {
    const word = (english, other) => (locale === 'pt-BR' ? other : english);
    await scene(`presence-badge-${device}`, {
      device, locale, path: '/kiosk', init: STILL,
      steps: async (page, look) => {
        await page.locator('input').first().fill('mock');
        await page.getByRole('button', { name: word('Check and start', 'Verificar e iniciar') }).click();
        await page.getByRole('button', { name: word('Begin', 'Começar') }).waitFor({ timeout: 20_000 });
        // A reader types the number in some milliseconds and ends with Enter.
        for (const [number, label] of [['04A1B2C3', 'known'], ['99999999', 'unknown']]) {
          await page.waitForTimeout(800);
          await page.evaluate((keys) => {
            for (const key of keys) {
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            }
          }, [...number, 'Enter']);
          await page.locator('[data-tone] h1').waitFor();
          await page.waitForTimeout(300);
          await look(label);
          await page.locator('[data-tone]').getByRole('button').last().click();
          await page.getByRole('button', { name: word('Begin', 'Começar') }).waitFor({ timeout: 20_000 });
        }
      },
    });
  }
}
