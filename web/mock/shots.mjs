// Drives the pages against the mock in the system's Chromium: takes a picture of every screen, checks accessibility with axe,
// and reports errors of the console, broken content policy among them. `npm run shots -- FOLDER [name…]`
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { consoleScenes } from './consoleScenes.mjs';
import { enrolScenes } from './enrolScenes.mjs';
import { kioskScenes } from './kioskScenes.mjs';
import { presenceScenes } from './presenceScenes.mjs';
import { privacyScenes } from './privacyScenes.mjs';
import { timeScenes } from './timeScenes.mjs';
import { tourScenes } from './tourScenes.mjs';

process.env.PORT ??= '8791';
await import('./server.mjs');
const [folder = 'target/shots', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const base = `http://localhost:${process.env.PORT}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--no-sandbox'],
});
const DEVICES = {
  small: { viewport: { width: 320, height: 568 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  landscape: { viewport: { width: 844, height: 390 }, hasTouch: true },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  desktop: { viewport: { width: 1440, height: 900 } },
  window: { viewport: { width: 1200, height: 760 } },
};
let faults = 0;

async function scene(name, { device = 'phone', dark = false, locale = 'en-GB', init, path, steps, alone = false }) {
  if (only.length > 0 && !only.some((wanted) => name.startsWith(wanted))) {
    return;
  }
  const context = await browser.newContext({
    ...DEVICES[device], locale, colorScheme: dark ? 'dark' : 'light', bypassCSP: false, reducedMotion: 'no-preference',
  });
  const page = await context.newPage();
  if (init) {
    await page.addInitScript(init);
  }
  page.on('console', (message) => {
    // A refusal of the server is logged by the browser, too, and is part of the scene.
    if (message.type() === 'error' && !/^(Failed to load resource|WebSocket connection to .*DISCONNECTED)/.test(message.text())) {
      faults++;
      console.log(`${name}: console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => {
    faults++;
    console.log(`${name}: error: ${error.message}`);
  });
  let shot = 0;
  const look = async (label) => {
    const file = alone ? name : `${name}-${String(++shot).padStart(2, '0')}-${label}`;
    await page.screenshot({ path: join(folder, `${file}.png`), animations: 'allow' });
    // Through the debugger, which the content policy does not bind.
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] }));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) {
      faults++;
      console.log(`${name} ${label}: ${wide} px too wide`);
    }
    for (const violation of found.violations) {
      faults++;
      console.log(`${name} ${label}: axe: ${violation.id}: ${violation.help}`);
      violation.nodes.slice(0, 3).forEach((node) => console.log(`    ${node.html.slice(0, 200)} ${node.failureSummary?.split('\n')[1] ?? ''}`));
    }
  };
  try {
    await page.goto(base + path);
    await page.waitForLoadState('networkidle');
    await steps(page, look);
  } catch (error) {
    faults++;
    console.log(`${name}: ${error.message}`);
    await page.screenshot({ path: join(folder, `${name}-failed.png`) });
  }
  await context.close();
}

const begin = async (page, username = '') => {
  await page.getByRole('combobox').selectOption({ index: 1 }).catch(() => undefined);
  await page.getByRole('textbox').first().fill(username);
  await page.locator('form button[type=submit]').click();
};
const word = { en: { password: 'Use password' }, pt: { password: 'Usar senha' } };

for (const [device, dark, locale] of [['phone', false, 'en-GB'], ['phone', true, 'pt-BR'], ['small', false, 'pt-BR'], ['landscape', false, 'en-GB'], ['tablet', true, 'en-GB'], ['desktop', false, 'en-GB']]) {
  const variant = `${device}-${dark ? 'dark' : 'light'}`;
  const words = locale === 'en-GB' ? word.en : word.pt;
  await scene(`sign-in-${variant}`, {
    device, dark, locale, path: '/sign-in?department=emergency',
    steps: async (page, look) => {
      await look('start');
      await begin(page);
      await page.waitForTimeout(1500);
      await look('advice');
      await page.waitForTimeout(1300);
      await look('good');
      await page.getByRole('status').filter({ hasText: 'Ana' }).waitFor();
      await page.waitForTimeout(1000);
      await look('welcome');
    },
  });
  await scene(`password-${variant}`, {
    device, dark, locale, path: '/sign-in?continue',
    steps: async (page, look) => {
      await page.getByRole('button', { name: words.password }).click();
      await page.getByRole('textbox').first().fill('ana.souza');
      await page.locator('input[type=password]').fill('wrong');
      await page.locator('form button[type=submit]').click();
      await page.getByRole('alert').waitFor();
      await look('wrong');
      await page.locator('input[type=password]').fill('first');
      await page.locator('form button[type=submit]').click();
      await page.locator('input[autocomplete=new-password]').first().fill('correct horse battery');
      await page.locator('input[autocomplete=new-password]').nth(1).fill('correct horse');
      await page.locator('form button[type=submit]').click();
      await look('change');
      await page.locator('input[autocomplete=new-password]').nth(1).fill('correct horse battery');
      await page.locator('form button[type=submit]').click();
      await page.waitForURL('**/oauth2/authorize**');
    },
  });
}
for (const [username, dark, wait] of [['stranger', false, 6000], ['locked', true, 1200], ['slow', false, 1600], ['drop', true, 3500]]) {
  await scene(`face-${username}`, {
    dark, path: '/sign-in?department=emergency',
    steps: async (page, look) => {
      await begin(page, username);
      await page.waitForTimeout(wait);
      if (username === 'drop') {
        // It tries twice more by itself.
        await look('again');
        await page.getByRole('heading', { name: 'The connection was lost' }).waitFor({ timeout: 60_000 });
      }
      await look(username);
    },
  });
}
const refuseCamera = (name) => `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${name}'))`;
// The camera is off when it is no longer needed, and when the page goes out of sight.
const WATCH = `{
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  globalThis.tracks = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    globalThis.tracks.push(...stream.getTracks());
    return stream;
  };
}`;
const HIDE = `Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });`;
const stillOn = async (page) => {
  const states = await page.evaluate('globalThis.tracks.map((track) => track.readyState)');
  if (states.length === 0 || states.includes('live')) {
    throw new Error(`camera: ${JSON.stringify(states)}`);
  }
};
await scene('camera-off', {
  init: WATCH, path: '/sign-in?department=emergency',
  steps: async (page, look) => {
    await begin(page);
    await page.waitForTimeout(900);
    await page.evaluate(HIDE);
    await page.getByRole('button', { name: 'Open the camera again' }).waitFor();
    await stillOn(page);
    await look('hidden');
    await page.getByRole('button', { name: 'Open the camera again' }).click();
    await page.getByRole('status').filter({ hasText: 'Ana' }).waitFor();
    await stillOn(page);
  },
});
await scene('camera-left', {
  init: WATCH, path: '/sign-in?department=emergency',
  steps: async (page) => {
    await begin(page);
    await page.waitForTimeout(900);
    await page.getByRole('button', { name: 'Use password' }).click();
    await page.locator('input[type=password]').waitFor();
    await stillOn(page);
  },
});
for (const [name, init, dark] of [
  ['denied', refuseCamera('NotAllowedError'), false],
  ['missing', refuseCamera('NotFoundError'), true],
  ['insecure', "Object.defineProperty(navigator, 'mediaDevices', { value: undefined }); Object.defineProperty(window, 'isSecureContext', { value: false })", false],
]) {
  await scene(`camera-${name}`, {
    init, dark, path: '/sign-in?department=emergency',
    steps: async (page, look) => {
      await begin(page);
      await page.waitForTimeout(400);
      await look(name);
    },
  });
}
await scene('home-desktop', { device: 'desktop', path: '/', steps: (_page, look) => look('home') });
await scene('home-phone', { dark: true, locale: 'pt-BR', path: '/', steps: (_page, look) => look('home') });
await enrolScenes(scene);
await consoleScenes(scene);
await kioskScenes(scene);
await privacyScenes(scene);
await timeScenes(scene);
await presenceScenes(scene);
await tourScenes(scene);

await browser.close();
console.log(faults === 0 ? 'No faults found.' : `${faults} faults.`);
process.exit(faults === 0 ? 0 : 1);
