// SPDX-License-Identifier: Apache-2.0
// Files are opened in the main thread, where the keys are: the digest of a block, the decryption of a chunk and its CRC take
// milliseconds each. So each of them waits for a turn of the event loop of its own, however many files are read at once, and
// requests are answered between.
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';

const turns = pLimit(1);

export function ownTurn(): Promise<void> {
  return turns(() => nextTurn());
}

export async function* inTurns<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    await ownTurn();
    yield chunk;
  }
}
