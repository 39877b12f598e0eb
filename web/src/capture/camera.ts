/** Why there is no picture. */
export type CameraProblem = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'busy' | 'failed';

export class CameraError extends Error {
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Opens the camera of that id, or the one that faces the person. The caller stops the tracks. */
export async function openCamera(deviceId: string | null = null): Promise<MediaStream> {
  // Browsers leave mediaDevices out altogether on a page that is not secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices?.getUserMedia === undefined) {
    throw new CameraError(window.isSecureContext ? 'unsupported' : 'insecure');
  }
  try {
    return await devices.getUserMedia({
      audio: false,
      video: {
        // One that was chosen and is gone, or got another id, gives way to any other.
        ...(deviceId === null ? { facingMode: 'user' } : { deviceId: { ideal: deviceId } }),
        width: { ideal: 1280 },
        height: { ideal: 720 },
      },
    });
  } catch (error) {
    throw new CameraError(problemNamed(error instanceof Error ? error.name : ''));
  }
}

/** The cameras of this device; they have names only while one is open. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
  } catch {
    return [];
  }
}

/** What a DOMException of getUserMedia means to a person. */
export function problemNamed(name: string): CameraProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

export type Browser = 'ios' | 'android' | 'firefox' | 'chromium' | 'safari' | 'other';

/** Which instructions for camera permission apply. `touch` tells an iPad, which calls itself a Mac, from a Mac. */
export function browserOf(userAgent: string, touch: boolean): Browser {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touch)) {
    return 'ios';
  }
  if (/Firefox\//.test(userAgent)) {
    return 'firefox';
  }
  if (/Android/.test(userAgent)) {
    return 'android';
  }
  if (/Chrome\/|Chromium\//.test(userAgent)) {
    return 'chromium';
  }
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
}

/** The largest size within 1280×720, in either orientation, with the picture's proportions; never enlarged. */
export function frameSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, 1280 / Math.max(width, height), 720 / Math.min(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** The picture that the video shows now as JPEG, as the camera saw it (not mirrored); null while there is none. */
export async function grabFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob | null> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
    return null;
  }
  const { width, height } = frameSize(video.videoWidth, video.videoHeight);
  return toJpeg(video, width, height, canvas);
}

/** Draws a picture at a size and gives it as JPEG. */
export async function toJpeg(
  source: CanvasImageSource,
  width: number,
  height: number,
  canvas: HTMLCanvasElement,
): Promise<Blob | null> {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) {
    return null;
  }
  context.drawImage(source, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
}

/** Leaves no picture behind in a canvas. */
export function wipe(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}
