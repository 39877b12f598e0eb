// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Start } from '../sign-in/Start.tsx';
import { cameras } from '../testing/camera.ts';
import { serve, show } from '../testing/page.tsx';
import { en } from '../words/en.ts';
import { ptBR } from '../words/pt-BR.ts';
import { CameraHelp } from './CameraHelp.tsx';
import { CameraTools } from './CameraTools.tsx';
import { cue } from './cues.ts';
import { keep, remember } from './kept.ts';
import { useCamera } from './useCamera.ts';
import { Viewfinder } from './Viewfinder.tsx';

beforeEach(() => {
  localStorage.clear();
  keep({ department: undefined, camera: undefined, muted: undefined, videoFailedAt: undefined });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const AGENTS = {
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  chromium: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  safari: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
  other: 'curl/8',
} as const;

describe('a camera that does not open', () => {
  it.each(Object.entries(AGENTS))('is allowed again in %s by what stands there', (browser, agent) => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(agent);
    for (const [language, words] of [['en', en], ['pt-BR', ptBR]] as const) {
      localStorage.setItem('vultus.language', language);
      show(<CameraHelp problem="denied" />);
      expect(screen.getByRole('alert').textContent).toContain(words.camera.permission[browser as keyof typeof AGENTS]);
      cleanup();
    }
    expect(new Set(Object.values(en.camera.permission)).size).toBe(Object.keys(AGENTS).length);
  });

  it('wants a secure address, which is given', () => {
    show(<CameraHelp problem="insecure" />);
    expect(screen.getByRole('link').getAttribute('href')).toMatch(/^https:\/\/localhost(:\d+)?\/$/);
  });
});

describe('the viewfinder', () => {
  it('has an oval to look through, and a ring that fills', () => {
    const draw = (good: number, wanted: number) => {
      const { container } = show(
        <Viewfinder video={{ current: null }} label="You" good={good} wanted={wanted} mood="good">
          <i />
        </Viewfinder>,
      );
      const paths = [...container.querySelectorAll('svg[aria-hidden] path')];
      const [shade, ...parts] = paths.map((path) => path.getAttribute('class'));
      const oval = paths[1]?.getAttribute('d') ?? 'no oval';
      expect(paths[0]?.getAttribute('d')).toContain(oval);
      expect(shade).not.toBe(parts[0]);
      const last = parts.at(-1);
      cleanup();
      return { of: parts.length, open: parts.filter((one) => one === last).length };
    };
    expect(draw(0, 3)).toEqual({ of: 3, open: 3 });
    expect(draw(2, 3)).toEqual({ of: 3, open: 1 });
    expect(draw(30, 40)).toEqual({ of: 12, open: 3 });
  });
});

describe('sounds', () => {
  const tones: number[] = [];
  let shaken: unknown[] = [];
  const audio = vi.fn(function () {
    return {
      currentTime: 0,
      destination: {},
      resume: () => Promise.resolve(),
      createGain: () => ({ gain: { value: 1 }, connect: () => undefined }),
      createOscillator: () => {
        const frequency = { value: 0 };
        return { frequency, connect: () => undefined, start: () => tones.push(frequency.value), stop: () => undefined };
      },
    };
  });
  const touched = (hasBeenActive: boolean) =>
    Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive }, configurable: true });
  beforeEach(() => {
    tones.length = 0;
    shaken = [];
    vi.stubGlobal('AudioContext', audio);
    Object.defineProperty(navigator, 'vibrate', { value: (pattern: unknown) => shaken.push(pattern), configurable: true });
  });

  it('come by ear and by hand, and not before somebody touched the page, nor where they are switched off', () => {
    touched(false);
    cue('good');
    expect(audio).not.toHaveBeenCalled();
    touched(true);
    cue('good');
    expect(tones).toEqual([659, 880]);
    cue('bad');
    expect(tones).toEqual([659, 880, 262]);
    expect(audio).toHaveBeenCalledOnce();
    expect(shaken).toEqual([[60, 60, 60], [220]]);
    keep({ muted: true });
    cue('good');
    expect(tones).toHaveLength(3);
    expect(shaken).toHaveLength(2);
  });
});

function Watched({ wanted = true }: { wanted?: boolean }) {
  const camera = useCamera(wanted);
  return (
    <>
      <video ref={camera.video} />
      <p role="status">{camera.state.status}</p>
      <CameraTools camera={camera} />
    </>
  );
}
const status = () => screen.getByRole('status').textContent;

describe('the camera', () => {
  it('goes off when it is not wanted any more, when the page is hidden and when it is left', async () => {
    const { tracks } = cameras('a');
    const frame = (wanted: boolean) => <Watched wanted={wanted} />;
    const { unmount } = show(frame(true));
    await waitFor(() => expect(status()).toBe('open'));
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(status()).toBe('paused');
    expect(tracks.map((track) => track.readyState)).toEqual(['ended']);
    expect(document.querySelector('video')?.srcObject).toBeNull();
    unmount();

    const shown = show(frame(true));
    await waitFor(() => expect(status()).toBe('open'));
    shown.unmount();
    expect(tracks.map((track) => track.readyState)).toEqual(['ended', 'ended']);
  });

  it('that is pulled out is told', async () => {
    const { tracks } = cameras('a');
    show(<Watched />);
    await waitFor(() => expect(status()).toBe('open'));
    act(() => void tracks[0]?.dispatchEvent(new Event('ended')));
    expect(status()).toBe('failed');
  });

  it('and the sounds are remembered only where the person allowed it', async () => {
    const { wanted } = cameras('a', 'b');
    const choose = async () => {
      const shown = show(<Watched />);
      fireEvent.click(await screen.findByRole('button', { name: 'Another camera: Camera b' }));
      await waitFor(() => expect(wanted.at(-1)?.deviceId).toEqual({ ideal: 'b' }));
      fireEvent.click(screen.getByRole('button', { name: /^Sound is on/ }));
      shown.unmount();
    };
    await choose();
    // On this page it lasts, and on the next it is forgotten.
    show(<Watched />);
    await waitFor(() => expect(wanted.at(-1)?.deviceId).toEqual({ ideal: 'b' }));
    expect(screen.getByRole('button', { name: /^Sound is off/ })).toBeDefined();
    cleanup();
    expect(localStorage).toHaveLength(0);

    keep({ camera: undefined, muted: undefined });
    remember(true);
    await choose();
    expect(JSON.parse(localStorage.getItem('vultus.remembered') ?? '')).toMatchObject({ camera: 'b', muted: true });
    remember(false);
    expect(localStorage).toHaveLength(0);
  });
});

describe('what the sign-in page remembers', () => {
  const icu = { code: 'icu', name: 'Intensive care', identification: true };
  const er = { code: 'er', name: 'Emergency', identification: true };

  it('is what the person ticks, and nothing when the tick is taken away', async () => {
    serve(({ path }) => (path === '/face-auth/departments' ? [icu, er] : undefined));
    const went: string[] = [];
    show(<Start username="" onUsername={() => undefined} onFace={(code) => went.push(code)} onPassword={() => undefined} />);
    fireEvent.change(await screen.findByLabelText('Department'), { target: { value: 'er' } });
    fireEvent.click(screen.getByRole('button', { name: 'Open the camera' }));
    expect(went).toEqual(['er']);
    expect(localStorage).toHaveLength(0);
    const tick = screen.getByLabelText<HTMLInputElement>('Remember my choice in this browser');
    expect(tick.checked).toBe(false);
    fireEvent.click(tick);
    expect(JSON.parse(localStorage.getItem('vultus.remembered') ?? '')).toMatchObject({ department: 'er' });
    fireEvent.click(tick);
    expect(localStorage).toHaveLength(0);
  });
});
