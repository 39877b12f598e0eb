// The scenes of the kiosk; see shots.mjs. The fake camera shows a test pattern, never a person, which counts as movement.
const WORDS = {
  'en-GB': { start: 'Check and start', pin: 'Use PIN', next: 'Next', punch: 'Clock in or out', begin: 'Begin', gear: 'For administrators', forget: 'Take this kiosk out', close: 'Close', forgetNow: 'Forget this kiosk' },
  'pt-BR': { start: 'Verificar e iniciar', pin: 'Usar PIN', next: 'Avançar', punch: 'Registrar o ponto', begin: 'Começar', gear: 'Para administradores', forget: 'Tirar este quiosque', close: 'Fechar', forgetNow: 'Esquecer este quiosque' },
};
const setUp = async (page, words, credential = 'mock') => {
  await page.locator('input').first().fill(credential);
  await page.getByRole('button', { name: words.start }).click();
};
const ending = (page) => page.locator('[data-tone] h1').waitFor();
const idle = (page, words) => page.getByRole('button', { name: words.begin }).waitFor({ timeout: 20_000 });
// Nothing moves before the camera unless a scene says so.
const STILL = `{
  const real = CanvasRenderingContext2D.prototype.getImageData;
  CanvasRenderingContext2D.prototype.getImageData = function (...where) {
    const image = real.apply(this, where);
    image.data.fill(0);
    return image;
  };
}`;

export async function kioskScenes(scene) {
  // Not before shots.mjs has chosen the port.
  const { kioskSees } = await import('./server.mjs');
  for (const [device, dark, locale] of [
    ['tablet', false, 'en-GB'], ['tablet', true, 'pt-BR'], ['phone', true, 'en-GB'], ['phone', false, 'pt-BR'],
    ['desktop', false, 'en-GB'], ['desktop', true, 'pt-BR'], ['small', false, 'pt-BR'], ['landscape', false, 'en-GB'],
  ]) {
    const words = WORDS[locale];
    await scene(`kiosk-${device}-${dark ? 'dark' : 'light'}`, {
      device, dark, locale, path: '/kiosk', init: STILL,
      steps: async (page, look) => {
        kioskSees('closer', 'in', 'late', 'out', 'again', 'stranger');
        await look('setup');
        await setUp(page, words);
        await idle(page, words);
        await page.waitForTimeout(800);
        await look('idle');
        await page.getByRole('button', { name: words.begin }).click();
        await page.waitForTimeout(1900);
        await look('looking');
        for (const who of ['in', 'late', 'out', 'again', 'stranger']) {
          if (who !== 'in') {
            await page.getByRole('button', { name: words.begin }).click();
          }
          await ending(page);
          await page.waitForTimeout(300);
          await look(who);
          await page.locator('[data-tone]').getByRole('button').last().click();
          await idle(page, words);
        }
        await page.getByRole('button', { name: words.pin }).click();
        await page.locator('form input').waitFor();
        for (const letter of 'b.okafor') {
          await page.getByRole('button', { name: letter === '.' ? /Full stop|Ponto final/ : letter, exact: true }).click();
        }
        await look('name');
        await page.getByRole('button', { name: words.next }).click();
        for (const digit of '000000') {
          await page.getByRole('button', { name: digit, exact: true }).click();
        }
        await look('pin');
        await page.getByRole('button', { name: words.punch }).click();
        await page.getByRole('alert').waitFor();
        await look('wrong-pin');
        await page.getByRole('button', { name: words.next }).click();
        await page.keyboard.type('271828');
        await page.locator('form input').fill('271828');
        await page.keyboard.press('Enter');
        await ending(page);
        await page.waitForTimeout(300);
        await look('by-pin');
        await page.locator('[data-tone]').getByRole('button').last().click();
        await idle(page, words);
        await page.context().setOffline(true);
        await page.getByRole('button', { name: words.begin }).click();
        await ending(page);
        await page.waitForTimeout(400);
        await look('kept');
        await page.locator('[data-tone]').getByRole('button').last().click();
        await idle(page, words);
        await page.waitForTimeout(400);
        await look('away');
        await page.getByRole('button', { name: words.gear }).click();
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(300);
        await look('administration');
        await page.getByRole('button', { name: words.forget }).click();
        await page.getByRole('dialog').locator('input[type=password]').fill('not it');
        await page.getByRole('button', { name: words.forgetNow }).click();
        await page.getByRole('dialog').getByRole('alert').last().waitFor();
        await look('forget');
        await page.context().setOffline(false);
        await page.getByRole('button', { name: words.close }).click();
      },
    });
  }
  const words = WORDS['en-GB'];
  await scene('kiosk-wrong', {
    device: 'tablet', path: '/kiosk', init: STILL,
    steps: async (page, look) => {
      await setUp(page, words, 'wrong');
      await page.getByText('does not know this credential').waitFor();
      await look('credential');
    },
  });
  await scene('kiosk-moving', {
    device: 'tablet', path: '/kiosk',
    steps: async (page) => {
      kioskSees('in');
      await setUp(page, words);
      // Nobody touches anything.
      await page.getByText('Ana Beatriz Souza').waitFor({ timeout: 20_000 });
      await idle(page, words);
    },
  });
  await scene('kiosk-pin-only', {
    device: 'tablet', dark: true, path: '/kiosk', init: STILL,
    steps: async (page, look) => {
      kioskSees('pin-only');
      await setUp(page, words);
      await page.getByRole('button', { name: words.pin }).waitFor();
      await look('idle');
    },
  });
  for (const [device, dark] of [['tablet', false], ['landscape', true], ['small', true]]) {
    await scene(`kiosk-active-${device}`, {
      device, dark, path: '/kiosk', init: STILL,
      steps: async (page, look) => {
        kioskSees('active');
        await setUp(page, words);
        for (let person = 0; person < 2; person++) {
          await idle(page, words);
          await page.getByRole('button', { name: words.begin }).click();
          await page.getByText('Blink once').waitFor();
          if (person === 0) {
            await look('blink');
          }
          await page.getByText('Turn your head').waitFor();
          await ending(page);
          await page.getByText('Emi Tanaka').waitFor();
        }
        await look('greeted');
        await page.locator('[data-tone]').getByRole('button').last().click();
        await idle(page, words);
        await page.context().setOffline(true);
        await page.getByRole('button', { name: words.begin }).click();
        await page.getByText('Use your PIN: it is kept').waitFor({ timeout: 15_000 });
        await look('away');
      },
    });
  }
}
