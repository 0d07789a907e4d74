// Inflating hostile bytes with the platform's own stream. What comes out is counted by who reads it, and reading ends early.
import { concatBytes } from '../encoding/bytes.ts';
import { ContainerError } from './container-error.ts';

const PIECE_SIZE = 2 ** 16;

type Packing = 'deflate' | 'deflate-raw' | 'gzip';

/** What `packed` inflates to, or the chunks up to the first that goes beyond `limit` bytes; undefined if it is damaged. */
export async function inflate(packed: Uint8Array, format: Packing, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of inflateStream(pieces(packed), format)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) break;
    }
  } catch {
    return undefined;
  }
  return concatBytes(chunks);
}

/** What a stream of chunks inflates to. Throws ContainerError if it is damaged. */
export async function* inflateStream(packed: AsyncIterable<Uint8Array>, format: Packing): AsyncGenerator<Uint8Array> {
  const chunks = packed[Symbol.asyncIterator]();
  let failure: unknown;
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value.slice());
      } catch (error) {
        failure = error;
        controller.error(error);
      }
    },
  });
  const reader = input.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw failure ?? new ContainerError('unreadable', 'packed content is damaged', { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

// In pieces, so that the platform never has more than one of them to inflate ahead of the reader.
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_SIZE) yield bytes.subarray(at, at + PIECE_SIZE);
}
