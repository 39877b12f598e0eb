// The pictures of docs/tour.md: `npm run build && npm run shots -- ../docs/pictures tour`. Who sits before the camera is drawn.
const SETTLED = 600;
const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

/** In place of a camera: a drawn figure, which turns its head a little. */
const AVATAR = `{
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  const pen = canvas.getContext('2d');
  const oval = (x, y, width, height, colour) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  const draw = (time) => {
    const turn = 12 * Math.sin(time / 700);
    pen.fillStyle = '#cfe0de';
    pen.fillRect(0, 0, 1280, 720);
    oval(640, 760, 330, 230, '#147a72');
    pen.fillStyle = '#e0a67c';
    pen.fillRect(585, 480, 110, 110);
    oval(640 + turn / 3, 250, 190, 170, '#3b2a22');
    oval(640 + turn / 2, 340, 155, 195, '#eab98f');
    oval(640 + turn / 3, 185, 150, 75, '#3b2a22');
    for (const side of [-1, 1]) {
      oval(640 + turn + 62 * side, 325, 24, 15, '#fff');
      oval(642 + turn * 1.3 + 62 * side, 326, 11, 12, '#2b3a3b');
      pen.fillStyle = '#3b2a22';
      pen.fillRect(614 + turn + 62 * side, 288, 52, 9);
    }
    oval(640 + turn * 1.4, 385, 15, 26, '#dba27a');
    pen.strokeStyle = '#a8493c';
    pen.lineWidth = 9;
    pen.lineCap = 'round';
    pen.beginPath();
    pen.arc(640 + turn, 415, 52, 0.25 * Math.PI, 0.75 * Math.PI);
    pen.stroke();
    requestAnimationFrame(draw);
  };
  requestAnimationFrame(draw);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}`;

const officer = async (page) => {
  await page.locator('input[autocomplete=username]').fill('admin');
  await page.locator('input[type=password]').fill('right');
  await page.locator('form button[type=submit]').click();
  await page.getByRole('navigation').or(page.getByRole('button', { name: 'Open the camera' })).first().waitFor();
  await page.waitForTimeout(SETTLED);
};
const to = async (page, query) => {
  await page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/console?${query}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(SETTLED);
};
const inConsole = (query, then = async () => undefined) => async (page, look) => {
  await officer(page);
  await to(page, query);
  await then(page);
  await page.waitForTimeout(SETTLED);
  await look();
};
const inPortal = (section, then = async () => undefined) => async (page, look) => {
  await page.getByRole('button', { name: /Use password|Usar senha/ }).click();
  await page.locator('input[autocomplete=username]').fill('ana.souza');
  await page.locator('input[type=password]').fill('right');
  await page.locator('form button[type=submit]').click();
  await page.getByRole('navigation').waitFor();
  await page.locator(`nav a[href$="section=${section}"]`).click();
  await page.waitForTimeout(SETTLED);
  await then(page);
  await page.waitForTimeout(SETTLED);
  await look();
};

export async function tourScenes(scene) {
  const picture = (name, more) => scene(`tour-${name}`, { alone: true, ...more });
  const face = async (page, look) => {
    await page.getByRole('combobox').selectOption({ index: 1 }).catch(() => undefined);
    await page.locator('form button[type=submit]').click();
    await page.waitForTimeout(2300);
    await look();
  };
  await picture('sign-in', { device: 'phone', init: AVATAR, path: '/sign-in?department=emergency', steps: face });
  await picture('enrol', {
    device: 'tablet', init: AVATAR, path: '/enrol?person=b.okafor',
    steps: async (page, look) => {
      await officer(page);
      await page.getByRole('button', { name: 'Open the camera' }).click();
      await page.getByText('Photo 3 of 8').waitFor({ timeout: 60_000 });
      await page.waitForTimeout(1_200);
      await look();
    },
  });
  const { kioskSees } = await import('./server.mjs');
  await picture('kiosk', {
    device: 'tablet', init: AVATAR, path: '/kiosk',
    steps: async (page, look) => {
      kioskSees('in', 'in', 'in');
      await page.locator('input').first().fill('mock');
      await page.getByRole('button', { name: 'Check and start' }).click();
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.locator('[data-tone] h1').waitFor();
      await page.waitForTimeout(SETTLED);
      await look();
    },
  });
  await picture('console', { device: 'window', path: '/console', steps: inConsole('section=start') });
  await picture('department', { device: 'window', path: '/console', steps: inConsole('section=departments&department=emergency') });
  await picture('board', { device: 'window', path: '/console', steps: inConsole('section=attendance') });
  await picture('timesheet', {
    device: 'window', dark: true, path: '/console',
    steps: inConsole('section=attendance&view=timesheets', async (page) => {
      await page.getByRole('link', { name: /Blessing/ }).click();
      await page.getByRole('heading', { level: 1, name: /Blessing/ }).waitFor();
    }),
  });
  await picture('plan', { device: 'window', path: '/console', steps: inConsole(`section=attendance&view=plan&day=${NEXT_WEEK}`) });
  await picture('roster', {
    device: 'tablet', dark: true, path: '/console',
    steps: inConsole('section=attendance&view=shifts', (page) => page.getByRole('button', { name: 'New roster' }).click()),
  });
  await picture('security', { device: 'window', path: '/console', steps: inConsole('section=security') });
  await picture('det', {
    device: 'window', path: '/console',
    steps: inConsole('section=keys', (page) => page.getByRole('combobox').last().scrollIntoViewIfNeeded().then(() => page.mouse.wheel(0, 500))),
  });
  await picture('privacy', { device: 'window', path: '/privacy', steps: inPortal('kept') });
  await picture('uses', { device: 'phone', dark: true, locale: 'pt-BR', path: '/privacy', steps: inPortal('uses') });
  await picture('withdraw', {
    device: 'phone', path: '/privacy',
    steps: inPortal('kept', (page) => page.getByRole('button', { name: 'Withdraw' }).click()),
  });
  await picture('my-time', { device: 'phone', dark: true, path: '/privacy', steps: inPortal('time') });
}
