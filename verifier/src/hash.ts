// The three hash functions of the proof format. SHA-256 and Keccak-256 are synchronous; what is compiled, is on first use.
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { createSHA256, createSM3, type IHasher } from 'hash-wasm';

/** SHA-256 of one message, 32 bytes. A caller with a native one may hand it to the tree. */
export type Sha256 = (message: Uint8Array) => Uint8Array;

/** SHA-256, ready at once. */
export const sha256: Sha256 = (message) => nobleSha256(message);

/** Keccak-256 as Ethereum uses it (not SHA3-256). */
export const keccak256 = (message: Uint8Array): Uint8Array => keccak_256(message);

// Compiling takes longer than hashing a short message does.
const COMPILED_FROM_SIZE = 65_536;
let sha256Hasher: Promise<IHasher> | undefined;
let sm3Hasher: Promise<IHasher> | undefined;

/** SHA-256 of a message that may be long: compiled code is several times faster. */
export async function sha256OfLong(message: Uint8Array): Promise<Uint8Array> {
  if (message.length < COMPILED_FROM_SIZE) return sha256(message);
  sha256Hasher ??= createSHA256();
  return (await sha256Hasher).init().update(message).digest('binary');
}

/** SM3 (GB/T 32905) of one message, 32 bytes. */
export async function sm3(message: Uint8Array): Promise<Uint8Array> {
  sm3Hasher ??= createSM3();
  // One hasher serves all calls: init, update and digest run without a pause between them.
  return (await sm3Hasher).init().update(message).digest('binary');
}
