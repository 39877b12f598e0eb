// Runs the two small networks beside the page. Pictures come in, readings go out; nothing is kept and nothing sent anywhere.
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm-core';
import { modelsIn, type DeviceModels } from './models.ts';
import { detect, locate, type Run } from './networks.ts';
import { largest, type Asked, type Reading, type Told } from './reading.ts';

/** Enough for the networks; a phone reads fewer pixels back. */
const LONGEST_SIDE = 640;

let ready: { readonly models: DeviceModels; readonly detector: Run; readonly landmarks: Run } | null = null;
const canvas = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1);
const context = canvas?.getContext('2d', { willReadFrequently: true }) ?? null;

self.addEventListener('message', (event: MessageEvent<Asked>) => {
  const asked = event.data;
  const answer = asked.type === 'start' ? start(asked.runtime, asked.models) : look(asked.id, asked.picture);
  answer.then(tell, (error: unknown) => tell({ type: 'failed', why: String(error) }));
});

function tell(told: Told): void {
  self.postMessage(told);
}

async function start(runtime: string, described: unknown): Promise<Told> {
  const models = modelsIn(described);
  if (models === null || context === null) {
    return { type: 'failed', why: models === null ? 'no models' : 'no canvas' };
  }
  serveUnpacked(runtime);
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = { 'ort-wasm-simd.wasm': runtime };
  const detector = await open(models.detector.file);
  const landmarks = await open(models.landmarks.file);
  ready = { models, detector, landmarks };
  return { type: 'ready' };
}

/** The runtime lies on the server gzipped, and takes what it is given by `fetch`. */
function serveUnpacked(runtime: string): void {
  const plain = self.fetch.bind(self);
  self.fetch = async (input, init) => {
    const answer = await plain(input, init);
    if (String(input) !== runtime || answer.body === null) {
      return answer;
    }
    return new Response(answer.body.pipeThrough(new DecompressionStream('gzip')), { headers: { 'Content-Type': 'application/wasm' } });
  };
}

async function open(file: string): Promise<Run> {
  const answer = await fetch(file);
  if (!answer.ok) {
    throw new Error(`${file}: ${answer.status}`);
  }
  const session = await InferenceSession.create(new Uint8Array(await answer.arrayBuffer()), { executionProviders: ['wasm'] });
  const name = session.inputNames[0] ?? '';
  return async (values, shape) => {
    const outputs = Object.values(await session.run({ [name]: new Tensor('float32', values, [...shape]) }));
    return new Map(
      outputs.map(({ dims, data }) => {
        const numbers = data as Float32Array;
        // The points come as 136 values in whatever shape; boxes and scores are told apart by their last dimension.
        return [numbers.length === 136 ? 136 : (dims[dims.length - 1] ?? 0), numbers];
      }),
    );
  };
}

async function look(id: number, picture: ImageBitmap): Promise<Told> {
  if (ready === null || context === null || canvas === null) {
    picture.close();
    throw new Error('not ready');
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  canvas.width = width;
  canvas.height = height;
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const pixels = context.getImageData(0, 0, width, height);
  // Leaves no picture behind.
  canvas.width = 0;
  try {
    const { models, detector, landmarks } = ready;
    const faces = await detect(pixels, models, detector);
    const face = largest(faces);
    const found = face === null ? { points: [], light: 0 } : await locate(pixels, face.box, models, landmarks);
    const reading: Reading = { width, height, light: brightness(pixels.data), faces, points: found.points, faceLight: found.light };
    return { type: 'seen', id, reading };
  } finally {
    pixels.data.fill(0);
  }
}

/** Of some thousands of pixels, as the server samples it. */
function brightness(rgba: Uint8ClampedArray): number {
  const step = 4 * Math.max(1, Math.floor(rgba.length / 4 / 4096));
  let sum = 0;
  let count = 0;
  for (let i = 0; i < rgba.length; i += step, count += 3) {
    sum += (rgba[i] as number) + (rgba[i + 1] as number) + (rgba[i + 2] as number);
  }
  return sum / count;
}
