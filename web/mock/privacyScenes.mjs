// The scenes of the page on one's own data; see shots.mjs.
const SETTLED = 500;

export async function privacyScenes(scene) {
  for (const [device, dark, locale] of [['desktop', false, 'en-GB'], ['phone', true, 'pt-BR'], ['tablet', true, 'en-GB'], ['small', false, 'pt-BR']]) {
    await scene(`privacy-${device}-${dark ? 'dark' : 'light'}`, {
      device, dark, locale, path: '/privacy',
      steps: async (page, look) => {
        const portuguese = locale === 'pt-BR';
        const open = async (section) => {
          await page.locator(`nav a[href$="section=${section}"]`).click();
          await page.waitForTimeout(SETTLED);
        };
        const whole = async (label) => {
          const size = page.viewportSize();
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width: size.width, height: Math.max(size.height, Math.min(height, 2600)) });
          await look(label);
          await page.setViewportSize(size);
        };
        await page.locator('form').waitFor();
        await look('sign-in');
        await page.getByRole('button', { name: portuguese ? 'Usar senha' : 'Use password' }).click();
        await page.locator('input[autocomplete=username]').fill('ana.souza');
        await page.locator('input[type=password]').fill('right');
        await page.locator('form button[type=submit]').click();
        await page.getByRole('navigation').waitFor();
        await page.waitForTimeout(SETTLED);
        await whole('kept');
        await page.getByRole('button', { name: portuguese ? 'Retirar' : 'Withdraw' }).click();
        await page.waitForTimeout(SETTLED);
        await look('withdraw');
        await page.getByRole('checkbox').check();
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.waitForTimeout(SETTLED);
        await whole('withdrawn');
        await open('uses');
        await whole('uses');
        await open('time');
        await whole('time');
        await open('copy');
        await whole('copy');
        await open('rights');
        await whole('rights');
        await page.getByRole('button', { name: portuguese ? 'Pedir para apagar' : 'Ask for erasure' }).click();
        await page.waitForTimeout(SETTLED);
        await look('erase');
        await page.getByRole('dialog').getByRole('button').last().click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await page.waitForTimeout(SETTLED);
        await whole('asked');
        await open('without');
        await whole('without');
        await page.locator('input[inputmode=numeric]').fill('111111');
        await page.locator('form button[type=submit]').last().click();
        await page.waitForTimeout(SETTLED);
        await whole('pin-bad');
      },
    });
  }
  for (const [name, number] of [['open', '11111111-1111-4111-8111-111111111111'], ['erased', '22222222-2222-4222-8222-222222222222'], ['unknown', '33333333-3333-4333-8333-333333333333']]) {
    await scene(`privacy-receipt-${name}`, {
      dark: name === 'open', path: `/privacy?receipt=${number}`,
      steps: async (page, look) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForTimeout(SETTLED);
        await look(name);
      },
    });
  }
}
