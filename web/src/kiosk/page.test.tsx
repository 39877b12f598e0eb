// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useInstallable } from '../app/useInstallable.ts';
import { cameras } from '../testing/camera.ts';
import { serve, show } from '../testing/page.tsx';
import type { Registration } from './api.ts';
import { Kiosk } from './Kiosk.tsx';
import type { Vault } from './vault.ts';

const REGISTRATION: Registration = {
  name: 'Entrance', site: 'main', zone: 'UTC', departments: ['icu'], liveness: null, time: '2026-11-22T12:00:00Z',
};
const SETTINGS = { credential: 'secret', language: 'en', registration: REGISTRATION, ahead: 0 } as const;
/** Keeps nothing. */
const VAULT = {
  waiting: () => Promise.resolve([]),
  losses: () => Promise.resolve([]),
  keepLosses: () => Promise.resolve(),
  keepSettings: () => Promise.resolve(),
} as unknown as Vault;

beforeEach(() => {
  localStorage.clear();
  cameras('a');
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const open = async (answer: Parameters<typeof serve>[0]) => {
  const all = serve((asked) => (asked.path === '/recognize/kiosk' ? REGISTRATION : answer(asked)));
  await act(async () => show(<Kiosk vault={VAULT} settings={SETTINGS} onForgotten={() => undefined} />));
  return all;
};

describe('a kiosk', () => {
  it('fills the screen at the first touch, unless it does already or is installed', async () => {
    const request = vi.fn(() => Promise.resolve());
    document.documentElement.requestFullscreen = request;
    await open(() => undefined);
    expect(request).not.toHaveBeenCalled();
    fireEvent.pointerUp(window);
    expect(request).toHaveBeenCalledExactlyOnceWith({ navigationUI: 'hide' });

    Object.defineProperty(document, 'fullscreenElement', { value: document.documentElement, configurable: true });
    fireEvent.pointerUp(window);
    Object.defineProperty(document, 'fullscreenElement', { value: null, configurable: true });
    vi.stubGlobal('matchMedia', () => ({ matches: true }));
    fireEvent.pointerUp(window);
    expect(request).toHaveBeenCalledOnce();
  });

  it('takes a badge from a reader that types, and nothing of what somebody types by hand', async () => {
    const greeting = { outcome: 'recorded', name: 'Ana Souza', direction: 'IN', status: 'ON_TIME', time: '2026-11-22T12:00:00Z', repeated: false };
    const all = await open(({ path }) => (path === '/recognize/badge' ? greeting : undefined));
    const badges = () => all.filter(({ path }) => path === '/recognize/badge').map(({ json }) => (json as { badge: string }).badge);
    const key = async (name: string, at: number) => {
      const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true });
      Object.defineProperty(event, 'timeStamp', { value: at });
      await act(async () => void window.dispatchEvent(event));
      return event.defaultPrevented;
    };
    for (const [index, letter] of [...'04A2', 'Enter'].entries()) {
      expect(await key(letter, 500 * index)).toBe(false);
    }
    expect(badges()).toEqual([]);
    for (const [index, letter] of [...'04-A2 19'].entries()) {
      await key(letter, 10_000 + 10 * index);
    }
    // The Enter of the reader presses no button.
    expect(await key('Enter', 10_090)).toBe(true);
    await screen.findByRole('heading', { name: /Ana Souza/ });
    expect(badges()).toEqual(['04-A2 19']);
  });

  it('remembers its camera and its sounds, as the administrator chose for the device', async () => {
    await open(() => undefined);
    expect(localStorage.getItem('vultus.remembered')).not.toBeNull();
  });
});

function Installable() {
  useInstallable('/kiosk.webmanifest');
  return null;
}

describe('a page that can be installed', () => {
  it('names its manifest while it is shown', () => {
    const { unmount } = show(<Installable />);
    expect(document.head.querySelector('link[rel=manifest]')?.getAttribute('href')).toBe('/kiosk.webmanifest');
    unmount();
    expect(document.head.querySelector('link[rel=manifest]')).toBeNull();
  });
});
