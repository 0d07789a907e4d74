// SPDX-License-Identifier: Apache-2.0
// When a block can no longer be lost, as the chain's profile defines it.
import { readFile } from 'node:fs/promises';
import type { Finality } from '../config.ts';
import { isRecord } from './node.ts';

/** The newest final block at a given head. A known `hash` has to be found there, else another chain is running. */
export interface FinalBlock {
  readonly number: bigint;
  readonly hash?: string;
}

/** Genesis is always final: a ledger is bound to it for life. */
export const GENESIS: FinalBlock = { number: 0n };

export async function finalBlockAt(head: bigint, finality: Finality): Promise<FinalBlock> {
  switch (finality.kind) {
    case 'instant':
      return { number: head };
    case 'depth':
      return head > finality.blocks ? { number: head - BigInt(finality.blocks) } : GENESIS;
    // The file names a block that stands in a good copy of the chain's state on disk.
    case 'durable-copy':
      return readDurableBlock(finality.file);
  }
}

/** The file is replaced by renaming, so it is whole or absent. */
async function readDurableBlock(file: string): Promise<FinalBlock> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const copy: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!isRecord(copy) || typeof copy.hash !== 'string' || typeof copy.block !== 'string') return GENESIS;
  return { number: BigInt(copy.block), hash: copy.hash };
}
