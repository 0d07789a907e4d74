// SPDX-License-Identifier: Apache-2.0
// Encrypts personal data. Each value is encrypted (AES-256-GCM) under its own key, and that key under the
// master key that the ciphertext names. The context, such as `account:<id>:phone`, is authenticated: a ciphertext
// moved to another row or column does not open. What does not open was damaged here: the operator's loss.
//
//   ciphertext = 0x01 ‖ length of key id (1) ‖ key id ‖ wrapped key (12 + 32 + 16) ‖ nonce (12) ‖ tag (16) ‖ body
import type { NonSharedBuffer } from 'node:buffer';
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { DomainError } from '../errors.ts';
import type { MasterKeys } from './key-file.ts';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = NONCE_BYTES + TAG_BYTES + KEY_BYTES;
/** With the longest id of a key. */
export const LONGEST_HEAD_BYTES = 2 + 32 + WRAPPED_BYTES;

export interface WrappedKey {
  keyId: string;
  wrappedKey: Uint8Array;
}

export interface Vault {
  encrypt(plaintext: string | Uint8Array, context: string): NonSharedBuffer;
  /** Throws `stored-object-damaged`, as decryptText and unwrapKey do. */
  decrypt(ciphertext: Uint8Array, context: string): Buffer;
  decryptText(ciphertext: Uint8Array, context: string): string;
  /** A new key for one upload or one value, and the same key wrapped for storage. */
  makeKey(context: string): { keyId: string; wrappedKey: NonSharedBuffer; key: Buffer };
  unwrapKey(wrapped: WrappedKey, context: string): Buffer;
  /** The head of a ciphertext, and the one that takes its place: the same key, wrapped by the active master key. */
  rewrap(start: Uint8Array, context: string): { head: Buffer; newHead: NonSharedBuffer };
  rewrapKey(wrapped: WrappedKey, context: string): { keyId: string; wrappedKey: NonSharedBuffer };
  /** Keyed digest by which a value is found again, 32 bytes; `kind` keeps equal texts of two kinds apart. */
  blindIndex(kind: string, value: string): NonSharedBuffer;
  /** A secret for another use, 32 bytes, the same at each start as long as the index key is the same. */
  derive(purpose: string): Buffer;
  activeKeyId(): string;
}

/** With a function, the keys may change while the vault is used; the index key never does. */
export function createVault(source: MasterKeys | (() => MasterKeys)): Vault {
  const master = typeof source === 'function' ? source : () => source;
  const { index } = master();
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', index, Buffer.alloc(0), `inkseal portal ${purpose}`, KEY_BYTES));
  const indexKey = createSecretKey(derive('blind index'));

  /** Derived once from each key: every value that is read needs one. */
  const wrappingKeys = new WeakMap<Buffer, KeyObject>();
  const masterKey = (keyId: string): KeyObject => {
    const found = master().keys[keyId];
    if (!found) throw unreadable('unknown-master-key');
    const known = wrappingKeys.get(found);
    if (known) return known;
    const bytes = hkdfSync('sha256', found, Buffer.alloc(0), 'inkseal portal key wrapping', KEY_BYTES);
    const key = createSecretKey(Buffer.from(bytes));
    wrappingKeys.set(found, key);
    return key;
  };
  const wrapKey = (key: Buffer, context: string) => {
    const { active } = master();
    return { keyId: active, wrappedKey: encryptWith(masterKey(active), key, `key:${context}`) };
  };
  const makeKey = (context: string) => {
    const key = randomBytes(KEY_BYTES);
    return { ...wrapKey(key, context), key };
  };
  const unwrapKey = ({ keyId, wrappedKey }: WrappedKey, context: string) =>
    decryptWith(masterKey(keyId), wrappedKey, `key:${context}`);

  const encrypt = (plaintext: string | Uint8Array, context: string): NonSharedBuffer => {
    const { key, ...wrapped } = makeKey(context);
    return Buffer.concat([headOf(wrapped), encryptWith(createSecretKey(key), Buffer.from(plaintext), context)]);
  };
  const decrypt = (ciphertext: Uint8Array, context: string): Buffer => {
    const { wrapped, body } = partsOf(ciphertext);
    return decryptWith(createSecretKey(unwrapKey(wrapped, context)), body, context);
  };
  const rewrapKey = (wrapped: WrappedKey, context: string) => wrapKey(unwrapKey(wrapped, context), context);
  const rewrap = (start: Uint8Array, context: string) => {
    const { wrapped, head } = readHead(start);
    return { head, newHead: headOf(rewrapKey(wrapped, context)) };
  };

  return {
    encrypt,
    decrypt,
    decryptText: (ciphertext, context) => decrypt(ciphertext, context).toString('utf8'),
    makeKey,
    unwrapKey,
    rewrap,
    rewrapKey,
    blindIndex: (kind, value) => createHmac('sha256', indexKey).update(`${kind}\0${value}`).digest(),
    derive,
    activeKeyId: () => master().active,
  };
}

/** How every ciphertext of the key begins. */
export function ciphertextPrefix(keyId: string): NonSharedBuffer {
  return Buffer.concat([Buffer.from([VERSION, keyId.length]), Buffer.from(keyId, 'ascii')]);
}

const headOf = ({ keyId, wrappedKey }: WrappedKey) => Buffer.concat([ciphertextPrefix(keyId), wrappedKey]);

function partsOf(ciphertext: Uint8Array): { wrapped: WrappedKey; body: Uint8Array } {
  const { wrapped, head } = readHead(ciphertext);
  const body = ciphertext.subarray(head.length);
  if (body.length < NONCE_BYTES + TAG_BYTES) throw unreadable('ciphertext-unreadable');
  return { wrapped, body };
}

function readHead(ciphertext: Uint8Array): { wrapped: WrappedKey; head: Buffer } {
  const bytes = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.byteLength);
  const end = 2 + (bytes[1] ?? 0) + WRAPPED_BYTES;
  if (bytes[0] !== VERSION || bytes.length < end) throw unreadable('ciphertext-unreadable');
  const keyId = bytes.toString('ascii', 2, end - WRAPPED_BYTES);
  return { wrapped: { keyId, wrappedKey: bytes.subarray(end - WRAPPED_BYTES, end) }, head: bytes.subarray(0, end) };
}

/** Node takes four times as long when it is given the key as bytes: lists open hundreds of values. */
function encryptWith(key: KeyObject, plaintext: Uint8Array, context: string): NonSharedBuffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function decryptWith(key: KeyObject, encrypted: Uint8Array, context: string): Buffer {
  const nonce = encrypted.subarray(0, NONCE_BYTES);
  const tag = encrypted.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(encrypted.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw unreadable('ciphertext-unreadable', cause);
  }
}

function unreadable(reason: string, cause?: unknown): DomainError {
  return new DomainError('stored-object-damaged', { reason }, { cause });
}
