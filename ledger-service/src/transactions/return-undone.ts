// SPDX-License-Identifier: Apache-2.0
// mined → back: what stood in a block that the chain no longer has is sent again, same bytes, same numbers.
import { toHex0x } from '@inkseal/verifier';
import type { Logger } from 'pino';
import { ENOUGH, eachApart, inParts } from '../apart.ts';
import type { Chain } from '../chain/index.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';

interface Mined {
  readonly table: string;
  /** The blocks that hold mined rows, from the lowest on. */
  readonly blocks: (db: Db) => Promise<{ minedBlock: bigint | null; minedBlockHash: Uint8Array | null }[]>;
  /** Takes back what was mined in this block or later. */
  readonly undo: (db: Db, fromBlock: bigint) => Promise<{ count: number }>;
}

const IN_BLOCKS = {
  where: { state: 'mined' },
  distinct: ['minedBlock', 'minedBlockHash'],
  orderBy: { minedBlock: 'asc' },
  select: { minedBlock: true, minedBlockHash: true },
} as const;
const NOT_MINED = { minedBlock: null, minedBlockHash: null };

const BATCHES: Mined = {
  table: 'batch',
  blocks: (db) => db.batch.findMany({ ...IN_BLOCKS, distinct: [...IN_BLOCKS.distinct] }),
  undo: (db, fromBlock) =>
    db.batch.updateMany({
      where: { state: 'mined', minedBlock: { gte: fromBlock } },
      data: { ...NOT_MINED, state: 'sent', anchoredAt: null, unprovenSince: null, proofDueAt: null },
    }),
};
const REVOCATIONS: Mined = {
  table: 'revocation',
  blocks: (db) => db.revocation.findMany({ ...IN_BLOCKS, distinct: [...IN_BLOCKS.distinct] }),
  undo: (db, fromBlock) =>
    db.revocation.updateMany({
      where: { state: 'mined', minedBlock: { gte: fromBlock } },
      // Not `sent`: their numbers have to be anchored again first.
      data: { ...NOT_MINED, state: 'signed', revokedAt: null },
    }),
};

export interface ReturnOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly log: Logger;
}

/** Takes batches and revocations back from blocks that are undone. Final ones stay. */
export async function returnUndone(options: ReturnOptions): Promise<void> {
  await inParts(async (attempt) => {
    for (const mined of [BATCHES, REVOCATIONS]) await attempt('return-undone', () => returnFrom(mined, options));
  });
}

async function returnFrom({ table, blocks, undo }: Mined, { database, chain, log }: ReturnOptions): Promise<void> {
  await eachApart(
    { database, chain },
    {
      work: `return-undone-${table}`,
      items: await blocks(database.prisma),
      idOf: ({ minedBlock }) => `block ${minedBlock}`,
      run: async ({ minedBlock, minedBlockHash }) => {
        // A check of the table: what is mined has its block.
        if (minedBlock === null || minedBlockHash === null) return undefined;
        if (await isStillThere(chain, minedBlock, minedBlockHash)) return undefined;
        const { count: rows } = await undo(database.prisma, minedBlock);
        log.warn({ block: String(minedBlock), table, rows }, 'undone by the chain, sending again');
        return ENOUGH;
      },
    },
  );
}

async function isStillThere(chain: Chain, block: bigint, hash: Uint8Array): Promise<boolean> {
  const header = await chain.header(block);
  if (header) return header.hash === toHex0x(hash);
  // A chain that is past this block has it: a node that shows none has only lost its answer.
  if (block <= chain.lastHead()) throw new DomainError('chain-unavailable', { block: String(block) });
  return false;
}
