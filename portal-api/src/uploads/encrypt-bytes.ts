// SPDX-License-Identifier: Apache-2.0
// Bytes that are all there at once, in the container that uploads arrive in.
import type { Vault, WrappedKey } from '../crypto/vault.ts';
import { CHUNK_BYTES, ChunkEncryptor, chunkCount, encodeHeader, keyContext, placeOf } from './container.ts';

export interface EncryptedBytes extends WrappedKey {
  container(): AsyncIterable<Uint8Array>;
}

export function encryptBytes(vault: Vault, id: string, bytes: Uint8Array): EncryptedBytes {
  const shape = { uploadId: id, size: bytes.length, chunkSize: CHUNK_BYTES };
  const { key, keyId, wrappedKey } = vault.makeKey(keyContext(shape));
  return {
    keyId,
    wrappedKey,
    async *container() {
      yield encodeHeader({ ...shape, keyId, wrappedKey });
      const encryptor = new ChunkEncryptor(key, id);
      for (let index = 0; index < chunkCount(shape); index += 1) {
        const chunk = bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
        yield* encryptor.encrypt(index, placeOf(shape, index), chunk);
      }
    },
  };
}
