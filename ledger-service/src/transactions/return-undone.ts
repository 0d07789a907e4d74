// SPDX-License-Identifier: Apache-2.0
// mined → back: what stood in a block that the chain no longer has is sent again, same bytes, same numbers.
import { toHex0x } from '@inkseal/verifier';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Chain } from '../chain/index.ts';
import { DomainError } from '../errors.ts';

interface Mined {
  readonly table: 'batch' | 'revocation';
  /** What the rows become again. */
  readonly undone: string;
}

const BATCHES: Mined = {
  table: 'batch',
  undone: `state = 'sent', anchored_at = NULL, unproven_since = NULL, proof_due_at = NULL`,
};
/** Not `sent`: their numbers have to be anchored again first. */
const REVOCATIONS: Mined = { table: 'revocation', undone: `state = 'signed', revoked_at = NULL` };

export interface ReturnOptions {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly log: Logger;
}

/** Takes batches and revocations back from blocks that are undone. Final ones stay. */
export async function returnUndone(options: ReturnOptions): Promise<void> {
  for (const mined of [BATCHES, REVOCATIONS]) await returnFrom(mined, options);
}

async function returnFrom({ table, undone }: Mined, { pool, chain, log }: ReturnOptions): Promise<void> {
  const { rows } = await pool.query<{ mined_block: string; mined_block_hash: Buffer }>(
    `SELECT DISTINCT mined_block, mined_block_hash FROM ${table} WHERE state = 'mined' ORDER BY mined_block`,
  );
  for (const { mined_block: block, mined_block_hash: hash } of rows) {
    const header = await chain.header(BigInt(block));
    if (header?.hash === toHex0x(hash)) continue;
    // A chain that is past this block has it: a node that shows none has only lost its answer.
    if (!header && BigInt(block) <= chain.lastHead()) throw new DomainError('chain-unavailable', { block });
    const { rowCount } = await pool.query(
      `UPDATE ${table} SET ${undone}, mined_block = NULL, mined_block_hash = NULL
       WHERE state = 'mined' AND mined_block >= $1`,
      [block],
    );
    log.warn({ block, table, rows: rowCount }, 'undone by the chain, sending again');
    return;
  }
}
