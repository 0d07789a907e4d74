// SPDX-License-Identifier: Apache-2.0
// The deployment's block, which the trust file names; known for good once it is final.
import { toHex0x } from '@inkseal/verifier';
import type { Chain, Header } from '../chain/index.ts';
import type { Db } from '../db/database.ts';
import { settle } from '../transactions/index.ts';

interface Deployment {
  readonly db: Db;
  readonly chain: Chain;
  readonly final: Header;
}

/** Answers the gas used, the one time that the deployment is found to be final. */
export async function settleDeployment({ db, chain, final }: Deployment): Promise<bigint | undefined> {
  const owed = await db.chainTransaction.findMany({
    where: { purpose: 'deploy', settledAt: null },
    select: { hash: true },
  });
  for (const hash of owed.map((row) => toHex0x(row.hash))) {
    const result = await chain.transactionResult(hash);
    if (!result?.isSuccess || result.block > final.number) continue;
    await db.registry.updateMany({ data: { deployedBlock: result.block } });
    await settle(db, hash);
    return result.gasUsed;
  }
  return undefined;
}
