// SPDX-License-Identifier: Apache-2.0
// The deployment's block, which the trust file names; known for good once it is final.
import { toHex0x } from '@inkseal/verifier';
import type pg from 'pg';
import type { Chain, Header } from '../chain/index.ts';
import { settle } from '../transactions/index.ts';

interface Deployment {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly final: Header;
}

/** Answers the gas used, the one time that the deployment is found to be final. */
export async function settleDeployment({ pool, chain, final }: Deployment): Promise<bigint | undefined> {
  const { rows } = await pool.query<{ hash: Buffer }>(
    `SELECT hash FROM chain_transaction WHERE purpose = 'deploy' AND settled_at IS NULL`,
  );
  for (const hash of rows.map((row) => toHex0x(row.hash))) {
    const receipt = await chain.receipt(hash);
    if (!receipt?.isSuccess || receipt.block > final.number) continue;
    await pool.query('UPDATE registry SET deployed_block = $1', [receipt.block]);
    await settle(pool, hash);
    return receipt.gasUsed;
  }
  return undefined;
}
