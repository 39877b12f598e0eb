import type { Language } from '../words/words.tsx';
import type { Badge, Evidence, Pin, PunchEvent, Registration } from './api.ts';
import type { Kept, Loss, Outbox } from './courier.ts';
import { newSigningKey, sign } from './signature.ts';

/** What an administrator set up. */
export interface Settings {
  readonly credential: string;
  readonly language: Language;
  /** As the server last said it, for when it is away. */
  readonly registration: Registration;
  /** What the server's clock was ahead of this device's, in milliseconds. */
  readonly ahead: number;
}

/** Pages of this origin in other windows wait for each other with this lock. */
const LOCK = 'vultus.kiosk';
const KEEP = 'keep';
const EVENTS = 'events';
const SIGNATURE = 'signature';

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}
interface EventRow extends Sealed {
  readonly id: string;
  readonly at: string;
  /** Sealed too: with it and the public key all PINs could be tried. Absent in what was kept before kiosks signed. */
  readonly signature?: Sealed;
}

/**
 * What a kiosk keeps in its browser, encrypted with AES-256-GCM under keys that no script can read: the credential, and punches that
 * wait for the server. The key of the punches is thrown away whenever none waits, so that what the browser's files may still hold of
 * them cannot be read again.
 */
export class Vault implements Outbox {
  private readonly db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.db = db;
  }

  static async open(): Promise<Vault> {
    const wish = indexedDB.open('vultus-kiosk', 1);
    wish.onupgradeneeded = () => {
      wish.result.createObjectStore(KEEP);
      wish.result.createObjectStore(EVENTS, { keyPath: 'id' }).createIndex('at', 'at');
    };
    return new Vault(await done(wish));
  }

  async settings(): Promise<Settings | null> {
    const key = await this.read<CryptoKey>(KEEP, 'settings-key');
    const sealed = await this.read<Sealed>(KEEP, 'settings');
    if (key === undefined || sealed === undefined) {
      return null;
    }
    return JSON.parse(new TextDecoder().decode(await unseal(key, sealed, 'settings'))) as Settings;
  }

  async keepSettings(settings: Settings): Promise<void> {
    const key = await this.key('settings-key');
    const sealed = await seal(key, new TextEncoder().encode(JSON.stringify(settings)), 'settings');
    await this.write(KEEP, (store) => store.put(sealed, 'settings'));
  }

  /** With which this device signs what waits. Made once, also where two windows ask, and kept until the kiosk is forgotten. */
  signingKey(): Promise<CryptoKeyPair> {
    return alone(async () => {
      const known = await this.read<CryptoKeyPair>(KEEP, 'signing-key');
      if (known !== undefined) {
        return known;
      }
      const fresh = await newSigningKey();
      await this.write(KEEP, (store) => store.put(fresh, 'signing-key'));
      return fresh;
    });
  }

  async add(event: PunchEvent): Promise<void> {
    const bytes = await pack(event.evidence);
    const { privateKey } = await this.signingKey();
    const signed = new TextEncoder().encode(await sign(privateKey, event.id, event.at, event.evidence));
    await alone(async () => {
      const key = await this.key('events-key');
      const sealed = await seal(key, bytes, event.id + event.at);
      const signature = await seal(key, signed, SIGNATURE + event.id + event.at);
      const row: EventRow = { id: event.id, at: event.at, signature, ...sealed };
      await this.write(EVENTS, (store) => store.put(row));
    });
    bytes.fill(0);
  }

  /** By a cursor over keys: the pictures themselves stay where they are. */
  waiting(): Promise<readonly Kept[]> {
    return new Promise((resolve, reject) => {
      const kept: Kept[] = [];
      const wish = this.store(EVENTS).index('at').openKeyCursor();
      wish.onerror = () => reject(wish.error ?? new Error('not read'));
      wish.onsuccess = () => {
        const cursor = wish.result;
        if (cursor === null) {
          resolve(kept);
        } else {
          kept.push({ id: String(cursor.primaryKey), at: String(cursor.key) });
          cursor.continue();
        }
      };
    });
  }

  async take(id: string): Promise<PunchEvent | null> {
    const row = await this.read<EventRow>(EVENTS, id);
    const key = await this.read<CryptoKey>(KEEP, 'events-key');
    if (row === undefined || key === undefined) {
      return null;
    }
    const evidence = unpack(await unseal(key, row, id + row.at));
    if (row.signature === undefined) {
      return { id, at: row.at, evidence };
    }
    const signature = new TextDecoder().decode(await unseal(key, row.signature, SIGNATURE + id + row.at));
    return { id, at: row.at, evidence, signature };
  }

  async remove(id: string): Promise<void> {
    await alone(async () => {
      await this.write(EVENTS, (store) => store.delete(id));
      if ((await done(this.store(EVENTS).count())) === 0) {
        await this.write(KEEP, (store) => store.delete('events-key'));
      }
    });
  }

  async losses(): Promise<readonly Loss[]> {
    return (await this.read<readonly Loss[]>(KEEP, 'losses')) ?? [];
  }

  async keepLosses(losses: readonly Loss[]): Promise<void> {
    await this.write(KEEP, (store) => store.put(losses, 'losses'));
  }

  /** Deletes everything, the keys among it. */
  async forget(): Promise<void> {
    await alone(async () => {
      await this.write(KEEP, (store) => store.clear());
      await this.write(EVENTS, (store) => store.clear());
    });
  }

  private async key(name: string): Promise<CryptoKey> {
    const known = await this.read<CryptoKey>(KEEP, name);
    if (known !== undefined) {
      return known;
    }
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await this.write(KEEP, (store) => store.put(fresh, name));
    return fresh;
  }

  private store(name: string): IDBObjectStore {
    return this.db.transaction(name).objectStore(name);
  }

  private read<T>(store: string, key: string): Promise<T | undefined> {
    return done(this.store(store).get(key)) as Promise<T | undefined>;
  }

  /** Resolves when it is on disk, as far as the browser tells. */
  private write(name: string, change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction(name, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('not kept'));
      change(transaction.objectStore(name));
    });
  }
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(LOCK, work) as Promise<T>;
}

function done<T>(wish: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    wish.onsuccess = () => resolve(wish.result);
    wish.onerror = () => reject(wish.error ?? new Error('not read'));
  });
}

/** @param about what the bytes belong to; they open only with the same */
export async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, about: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt(gcm(iv, about), key, bytes) };
}

export function unseal(key: CryptoKey, sealed: Sealed, about: string): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(gcm(sealed.iv, about), key, sealed.data);
}

function gcm(iv: Uint8Array<ArrayBuffer>, about: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(about) };
}

type Head = Pin | Badge | { readonly kind: 'frames'; readonly lengths: readonly number[] };

/** The length of a head of JSON in four bytes, the head, and the frames one after another. */
export async function pack(evidence: Evidence): Promise<Uint8Array<ArrayBuffer>> {
  const frames = evidence.kind === 'frames' ? await Promise.all(evidence.frames.map((frame) => frame.arrayBuffer())) : [];
  const head: Head = evidence.kind === 'frames' ? { kind: 'frames', lengths: frames.map((frame) => frame.byteLength) } : evidence;
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(4 + json.length + frames.reduce((sum, frame) => sum + frame.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, json.length);
  bytes.set(json, 4);
  let at = 4 + json.length;
  for (const frame of frames) {
    bytes.set(new Uint8Array(frame), at);
    at += frame.byteLength;
  }
  return bytes;
}

export function unpack(bytes: ArrayBuffer): Evidence {
  let at = 4 + new DataView(bytes).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, at - 4))) as Head;
  if (head.kind !== 'frames') {
    return head;
  }
  const frames = head.lengths.map((length) => {
    const frame = new Blob([bytes.slice(at, at + length)], { type: 'image/jpeg' });
    at += length;
    return frame;
  });
  return { kind: 'frames', frames };
}
