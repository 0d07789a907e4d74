// The three hash functions of the proof format. SHA-256 and Keccak-256 are synchronous; SM3 is compiled on first use.
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { createSM3, type IHasher } from 'hash-wasm';

/** SHA-256 of one message, 32 bytes. A caller with a native one may hand it to the tree. */
export type Sha256 = (message: Uint8Array) => Uint8Array;

/** SHA-256, ready at once. */
export const sha256: Sha256 = (message) => nobleSha256(message);

/** Keccak-256 as Ethereum uses it (not SHA3-256). */
export const keccak256 = (message: Uint8Array): Uint8Array => keccak_256(message);

let sm3Hasher: Promise<IHasher> | undefined;

/** SM3 (GB/T 32905) of one message, 32 bytes. */
export async function sm3(message: Uint8Array): Promise<Uint8Array> {
  sm3Hasher ??= createSM3();
  // One hasher serves all calls: init, update and digest run without a pause between them.
  return (await sm3Hasher).init().update(message).digest('binary');
}
