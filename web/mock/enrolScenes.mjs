// The scenes of the enrolment page; see shots.mjs. The fake camera shows a test pattern, never a person.
const signIn = async (page, password = 'right') => {
  await page.getByRole('textbox').first().fill('officer');
  await page.locator('input[type=password]').fill(password);
  await page.locator('form button[type=submit]').click();
};
const open = async (page, name) => {
  await signIn(page);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
};
/** Adds a person with this user name, records consent, and stops before the photos. */
const prepare = async (page, username) => {
  await signIn(page);
  await page.getByRole('button', { name: 'New person' }).click();
  await page.getByLabel('Name', { exact: false }).first().fill('Grace Adeyemi');
  await page.getByLabel('User name').fill(username);
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('radio', { name: /Consent/ }).click();
  await page.getByLabel('The person has read').check();
  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByRole('button', { name: 'Open the camera' }).waitFor();
};
/** Pictures drawn in the page: coloured shapes. */
const upload = async (page, count) => {
  const files = await page.evaluate(async (many) => {
    const drawn = [];
    for (let i = 0; i < many; i++) {
      const canvas = document.createElement('canvas');
      canvas.width = 640;
      canvas.height = 480;
      const context = canvas.getContext('2d');
      context.fillStyle = `hsl(${i * 47} 40% 70%)`;
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = `hsl(${i * 47} 40% 40%)`;
      context.ellipse(320, 240, 110, 150, 0, 0, 7);
      context.fill();
      drawn.push(canvas.toDataURL('image/jpeg').split(',')[1]);
    }
    return drawn;
  }, count);
  await page.locator('input[type=file]').setInputFiles(
    files.map((data, index) => ({ name: `photo${index}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') })),
  );
  await page.locator('li[data-verdict] img').nth(count - 1).waitFor();
  await page.locator('li[data-verdict=open]').first().waitFor({ state: 'detached' });
};

export async function enrolScenes(scene) {
  for (const [device, dark] of [['desktop', false], ['tablet', true], ['phone', false], ['small', false]]) {
    const variant = `${device}-${dark ? 'dark' : 'light'}`;
    await scene(`enrol-${variant}`, {
      device, dark, path: '/enrol',
      steps: async (page, look) => {
        await look('sign-in');
        await signIn(page);
        await page.getByRole('link', { name: /Ana Beatriz/ }).waitFor();
        await look('people');
        await page.getByRole('link', { name: 'Departments' }).click();
        await page.getByText('Intensive care').waitFor();
        await look('departments');
        await page.getByRole('link', { name: 'People' }).click();
        await page.getByRole('button', { name: 'New person' }).click();
        await page.getByLabel('User name').waitFor();
        await look('new');
        await page.getByLabel('Name', { exact: false }).first().fill('Grace Adeyemi');
        await page.getByLabel('User name').fill(`grace.${device}`);
        await page.getByRole('button', { name: 'Add person' }).click();
        await page.getByRole('button', { name: 'Go on' }).waitFor();
        await look('one-time');
        await page.getByRole('button', { name: 'Go on' }).click();
        await page.getByRole('radio', { name: /Consent/ }).click();
        await page.getByLabel('The person has read').check();
        await look('basis');
        await page.getByRole('button', { name: 'Record' }).click();
        await page.getByRole('button', { name: 'Open the camera' }).waitFor();
        await look('photos');
        await page.getByRole('button', { name: 'Open the camera' }).click();
        await page.waitForTimeout(1300);
        await look('ready');
        await page.waitForTimeout(6500);
        await look('looking');
        await page.getByRole('button', { name: 'Close the camera' }).click({ timeout: 60_000 });
        await upload(page, 4);
        await look('uploaded');
        await page.getByRole('button', { name: /Enrol with/ }).click();
        await page.getByRole('heading', { name: /is enrolled/ }).waitFor();
        await look('done');
        await page.getByRole('button', { name: 'Withdraw' }).click();
        await page.getByRole('dialog').waitFor();
        await page.waitForTimeout(400);
        await look('withdraw');
        await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
        await page.getByText('was withdrawn').waitFor();
      },
    });
  }
  for (const [username, dark] of [['twin', true], ['blurred', false]]) {
    await scene(`enrol-${username}`, {
      device: 'tablet', dark, path: '/enrol',
      steps: async (page, look) => {
        await prepare(page, username);
        await upload(page, 6);
        await page.getByRole('button', { name: /Enrol with/ }).click();
        await page.getByRole('alert').waitFor();
        await look('refused');
        if (username === 'twin') {
          await page.getByRole('button', { name: 'different person' }).click();
          await page.getByRole('heading', { name: /is enrolled/ }).waitFor();
        }
      },
    });
  }
  await scene('enrol-pt', {
    device: 'phone', dark: true, locale: 'pt-BR', path: '/enrol',
    steps: async (page, look) => {
      await signIn(page);
      await page.getByRole('link', { name: /Carlos/ }).click();
      await page.getByRole('radio', { name: /Prevenção/ }).click();
      await look('basis');
      await page.goBack();
      await page.getByRole('link', { name: /Ana Beatriz/ }).click();
      await page.getByRole('button', { name: 'Cadastrar de novo' }).waitFor();
      await look('enrolled');
      await page.getByRole('button', { name: 'Cadastrar de novo' }).click();
      await page.getByRole('button', { name: 'Abrir a câmera' }).click();
      await page.waitForTimeout(3800);
      await look('camera');
    },
  });
  await scene('enrol-ended', {
    device: 'desktop', path: '/enrol',
    steps: async (page, look) => {
      await open(page, /Blessing/);
      await page.route('**/face-auth/enroll/check', (route) =>
        route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"title":"Expired"}' }),
      );
      await page.locator('input[type=file]').setInputFiles({
        name: 'dot.png',
        mimeType: 'image/png',
        buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
      });
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(400);
      await look('dialog');
      await page.unroute('**/face-auth/enroll/check');
      await page.getByRole('dialog').getByRole('textbox').first().fill('officer');
      await page.locator('input[type=password]').fill('right');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByText(/Quality|Hold still/).first().waitFor();
    },
  });
}
