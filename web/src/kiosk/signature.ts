import type { Evidence } from './api.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const WITH = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A key of this device, whose private half no script can read and which therefore cannot leave it. */
export function newSigningKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
}

/** The public half as the server wants it: SubjectPublicKeyInfo in base64. */
export async function publicKey(pair: CryptoKeyPair): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))));
}

/** Base64url of the signature under a punch, which says that this device took it, and when. */
export async function sign(key: CryptoKey, id: string, at: string, evidence: Evidence): Promise<string> {
  const signature = new Uint8Array(await crypto.subtle.sign(WITH, key, await statement(id, at, evidence)));
  return btoa(String.fromCharCode(...signature)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What is signed, in five lines; the server says the same (KioskKey). */
export async function statement(id: string, at: string, evidence: Evidence): Promise<Uint8Array<ArrayBuffer>> {
  const parts = await Promise.all((await partsOf(evidence)).map((part) => crypto.subtle.digest('SHA-256', part)));
  const all = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  const hex = Array.from(new Uint8Array(all), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new TextEncoder().encode(`vultus punch 1\n${evidence.kind.toUpperCase()}\n${id}\n${at}\n${hex}`);
}

async function partsOf(evidence: Evidence): Promise<BufferSource[]> {
  const text = new TextEncoder();
  switch (evidence.kind) {
    case 'frames':
      return Promise.all(evidence.frames.map((frame) => frame.arrayBuffer()));
    case 'pin':
      return [text.encode(evidence.username), text.encode(evidence.pin)];
    case 'badge':
      return [text.encode(evidence.badge)];
  }
}
