import { isRecord } from '../http/problem.ts';

/** What a network takes: (pixel − mean) / std, planes after each other. */
export interface NetworkInput {
  readonly width: number;
  readonly height: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface Network {
  /** Where its file lies; the name changes with the content. */
  readonly file: string;
  readonly input: NetworkInput;
}

/** The two small networks that the server gives to browsers. */
export interface DeviceModels {
  readonly detector: Network & { readonly scoreThreshold: number; readonly nmsThreshold: number };
  readonly landmarks: Network;
}

/** The server's answer, or null where it gives none, or one that this page does not understand. */
export function modelsIn(body: unknown): DeviceModels | null {
  if (!isRecord(body) || !isRecord(body['detector']) || !isRecord(body['landmarks'])) {
    return null;
  }
  const detector = networkIn(body['detector'], 3);
  const landmarks = networkIn(body['landmarks'], 1);
  const { score_threshold: scoreThreshold, nms_threshold: nmsThreshold, decoder } = body['detector'];
  if (detector === null || landmarks === null || decoder !== 'ssd' || !isNumber(scoreThreshold) || !isNumber(nmsThreshold)) {
    return null;
  }
  return { detector: { ...detector, scoreThreshold, nmsThreshold }, landmarks };
}

function networkIn(json: Record<string, unknown>, channels: number): Network | null {
  const { file, width, height, mean, std } = json;
  const means = perChannel(mean, channels);
  const stds = perChannel(std, channels);
  return typeof file === 'string' && /^\/models\/[0-9a-f]{64}\.onnx$/.test(file) && isNumber(width) && isNumber(height) && means && stds
    ? { file, input: { width, height, mean: means, std: stds } }
    : null;
}

function perChannel(values: unknown, channels: number): number[] | null {
  if (!Array.isArray(values) || !values.every(isNumber) || (values.length !== 1 && values.length !== channels)) {
    return null;
  }
  return Array.from({ length: channels }, (_, channel) => values[values.length === 1 ? 0 : channel] as number);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
