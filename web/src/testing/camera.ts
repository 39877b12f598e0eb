import { vi } from 'vitest';

/** Of a camera that gives no picture. */
export interface FakeTrack extends EventTarget {
  readonly kind: string;
  readyState: 'live' | 'ended';
  stop(): void;
  getSettings(): { deviceId: string };
}

class FakeStream {}

/** Puts cameras into the browser; gives the tracks that were opened and the cameras that were asked for. */
export function cameras(...identifiers: string[]): { tracks: FakeTrack[]; wanted: MediaTrackConstraints[] } {
  const tracks: FakeTrack[] = [];
  const wanted: MediaTrackConstraints[] = [];
  const devices = {
    enumerateDevices: () =>
      Promise.resolve(identifiers.map((deviceId) => ({ kind: 'videoinput', deviceId, label: `Camera ${deviceId}` }))),
    getUserMedia: ({ video }: { video: MediaTrackConstraints }) => {
      wanted.push(video);
      const asked = (video.deviceId as { ideal: string } | undefined)?.ideal ?? identifiers[0] ?? '';
      const track = Object.assign(new EventTarget(), {
        kind: 'video',
        label: asked,
        readyState: 'live' as const,
        stop() {
          this.readyState = 'ended' as never;
        },
        getSettings: () => ({ deviceId: asked }),
      }) as FakeTrack;
      tracks.push(track);
      const stream = Object.assign(new FakeStream(), { getTracks: () => [track], getVideoTracks: () => [track] });
      return Promise.resolve(stream);
    },
  };
  vi.stubGlobal('MediaStream', FakeStream);
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
  // jsdom plays nothing.
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue(undefined);
  let source: unknown = null;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    configurable: true,
    get: () => source,
    set: (stream: unknown) => {
      source = stream;
    },
  });
  Object.defineProperty(HTMLMediaElement.prototype, 'readyState', { configurable: true, get: () => 4 });
  Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', { configurable: true, get: () => 640 });
  Object.defineProperty(HTMLVideoElement.prototype, 'videoHeight', { configurable: true, get: () => 480 });
  return { tracks, wanted };
}

/** Lets pictures be taken; gives the canvases on which they were drawn. */
export function canvases(): HTMLCanvasElement[] {
  const drawn: HTMLCanvasElement[] = [];
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    return { drawImage: () => drawn.push(this) } as never;
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new Blob(['jpeg'], { type: 'image/jpeg' })));
  return drawn;
}
