// SPDX-License-Identifier: Apache-2.0
// Packages are streams in the main thread, where the keys are: opening a chunk and its CRC take some milliseconds. So all of
// them together pass on one chunk in each turn of the event loop, and requests are answered between.
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';

const turns = pLimit(1);

export async function* inTurns<Chunk>(chunks: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    await turns(() => nextTurn());
    yield chunk;
  }
}
