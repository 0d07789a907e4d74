// SPDX-License-Identifier: Apache-2.0
// closed → signed: each batch gets its transaction, in the order of batches, so the nonces keep the order on the chain.
// Later batches do not wait for earlier ones to be mined.
import { toHex0x } from '@inkseal/verifier';
import type { Fees } from '../chain/index.ts';
import type { Batch } from '../generated/prisma/client.ts';
import type { Ledger } from '../ledger.ts';
import { anchorData, CALL_GAS_LIMIT } from '../registry/index.ts';
import { MAX_IN_FLIGHT, signNext } from '../transactions/index.ts';

/** Signs what is closed up to this id, as far as the pool of a node surely takes it. */
export async function signBatches(ledger: Ledger, through?: bigint): Promise<void> {
  const unanchored = await ledger.database.prisma.batch.findMany({
    where: { state: { in: ['closed', 'signed', 'sent'] } },
    orderBy: { id: 'asc' },
    take: MAX_IN_FLIGHT,
    select: { id: true, firstNumber: true, count: true, root: true, state: true },
  });
  const closed = unanchored.filter(({ id, state }) => state === 'closed' && (through === undefined || id <= through));
  if (closed.length === 0) return;
  await ledger.tracer.run({ name: 'sign batches', kind: 'internal' }, async () => {
    const fees = await ledger.chain.fees();
    for (const batch of closed) if (await signBatch(ledger, batch, fees)) ledger.onStage('sign');
  });
}

type ClosedBatch = Pick<Batch, 'id' | 'firstNumber' | 'count' | 'root'>;

/** False when somebody else has signed it. */
function signBatch(ledger: Ledger, { id, firstNumber, count, root }: ClosedBatch, fees: Fees): Promise<boolean> {
  const { chainId, address } = ledger.registry;
  return ledger.database.transaction(async (tx) => {
    const signed = await tx.batch.updateMany({ where: { id, state: 'closed' }, data: { state: 'signed' } });
    if (signed.count !== 1) return false;
    const data = anchorData(toHex0x(root), firstNumber, count);
    const request = { purpose: 'anchor', subject: id, to: address, data } as const;
    await signNext(tx, ledger.signers.anchorer, { ...request, gasLimit: CALL_GAS_LIMIT, chainId, fees });
    return true;
  });
}
