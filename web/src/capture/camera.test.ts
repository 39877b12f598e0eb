import { describe, expect, it } from 'vitest';
import { browserOf, frameSize, problemNamed } from './camera.ts';

describe('frameSize', () => {
  it.each([
    [1280, 720, 1280, 720],
    [720, 1280, 720, 1280],
    [1920, 1080, 1280, 720],
    [640, 480, 640, 480],
    [4000, 3000, 960, 720],
    [3000, 4000, 720, 960],
    [3840, 1080, 1280, 360],
  ])('%i×%i is sent as %i×%i', (width, height, expectedWidth, expectedHeight) => {
    expect(frameSize(width, height)).toEqual({ width: expectedWidth, height: expectedHeight });
  });
});

describe('problemNamed', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s: %s', (name, problem) => {
    expect(problemNamed(name)).toBe(problem);
  });
});

describe('browserOf', () => {
  const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1', true, 'ios'],
    [`${MAC} AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`, true, 'ios'],
    [`${MAC} AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`, false, 'safari'],
    [`${MAC} AppleWebKit/537.36 Chrome/140.0 Safari/537.36`, false, 'chromium'],
    ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', true, 'android'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', false, 'firefox'],
    ['curl/8', false, 'other'],
  ])('%s', (agent, touch, browser) => {
    expect(browserOf(agent, touch)).toBe(browser);
  });
});
