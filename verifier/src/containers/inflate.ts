// Inflating hostile bytes: the platform's own stream, stopped as soon as it gives more than a proof may hold.
import { concatBytes } from '../encoding/bytes.ts';

/** What `packed` inflates to, or the first chunk that goes beyond `limit` bytes; undefined if it is damaged. */
export async function inflate(
  packed: Uint8Array,
  format: 'deflate' | 'deflate-raw',
  limit: number,
): Promise<Uint8Array | undefined> {
  const reader = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size <= limit) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
    if (size > limit) await reader.cancel();
  } catch {
    return undefined;
  }
  return concatBytes(chunks);
}
