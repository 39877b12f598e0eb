import { describe, expect, it } from 'vitest';
import { departmentsIn, isOwn } from './api.ts';
import { cameraLabel, cannot, parseMessage, socketAddress } from './protocol.ts';

describe('parseMessage', () => {
  it.each([
    'x',
    '',
    'null',
    '[]',
    '{"type":"confetti"}',
    '{"type":"authentication_complete"}',
    '{"type":"authentication_complete","access_token":""}',
  ])('passes over %s', (text) => {
    expect(parseMessage(text)).toBeNull();
  });

  it('passes over what is not text', () => {
    expect(parseMessage(new ArrayBuffer(2))).toBeNull();
  });

  it('takes defaults for members that are missing or wrong', () => {
    expect(parseMessage('{"type":"session"}')).toEqual({ type: 'session', sessionId: '', wanted: 3, script: [] });
    expect(parseMessage('{"type":"feedback","advice":"x","good":-1,"wanted":1.5}')).toEqual({
      type: 'feedback',
      accepted: false,
      advice: [],
      good: 0,
      wanted: 3,
      step: null,
    });
    expect(parseMessage('{"type":"result","outcome":"ACCEPTED?"}')).toMatchObject({ accepted: false, retryAfter: null });
  });
});

describe('scripts', () => {
  it('are read with their colours', () => {
    const script = [
      { action: 'BLINK', window_ms: 4000, colours: null, colour_ms: null },
      { action: 'COLOUR_FLASH', window_ms: 6000, colours: ['RED', 'BLUE'], colour_ms: 500 },
    ];
    expect(parseMessage(JSON.stringify({ type: 'script', script, failed: true }))).toEqual({
      type: 'script',
      failed: true,
      script: [
        { action: 'BLINK', windowMs: 4000, colours: [], colourMs: 500 },
        { action: 'COLOUR_FLASH', windowMs: 6000, colours: ['RED', 'BLUE'], colourMs: 500 },
      ],
    });
    expect(parseMessage('{"type":"script","script":"x"}')).toEqual({ type: 'script', script: [], failed: false });
  });

  it('are declined by name, and the camera is named briefly', () => {
    expect(JSON.parse(cannot('BLINK'))).toEqual({ type: 'script', cannot: ['BLINK'] });
    expect(JSON.parse(cameraLabel('x'.repeat(200)))).toEqual({ type: 'camera', label: 'x'.repeat(80) });
  });
});

describe('socketAddress', () => {
  it('follows the page and escapes what people type', () => {
    expect(socketAddress('https://vultus.example:8443', 'er', '')).toBe('wss://vultus.example:8443/face-auth/er');
    expect(socketAddress('http://localhost:8080', 'a/b', 'ana&x=1 é')).toBe(
      'ws://localhost:8080/face-auth/a%2Fb?username=ana%26x%3D1+%C3%A9',
    );
  });
});

describe('redirects', () => {
  it.each([
    ['/oauth2/authorize?client_id=a', true],
    ['https://vultus.example/oauth2/authorize', true],
    ['https://evil.example/', false],
    ['//evil.example/', false],
    ['/\\evil.example', false],
    ['javascript:alert(1)', false],
    ['http://vultus.example/', false],
  ])('%s: %s', (redirect, expected) => {
    expect(isOwn(redirect, 'https://vultus.example')).toBe(expected);
  });
});

describe('departmentsIn', () => {
  it('reads a list or a page', () => {
    const item = { code: 'er', name: 'Emergency', identification: true };
    expect(departmentsIn([item])).toEqual([item]);
    expect(departmentsIn({ items: [{ code: 'icu' }], total: 1 })).toEqual([
      { code: 'icu', name: 'icu', identification: false },
    ]);
    expect(departmentsIn(null)).toEqual([]);
  });
});
