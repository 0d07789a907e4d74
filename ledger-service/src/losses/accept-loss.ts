// SPDX-License-Identifier: Apache-2.0
// Going on without what a restore lost: the numbers are burned, in one transaction. Run again, nothing is lost any more.
import { lockUntilCommit } from '../db/advisory-locks.ts';
import type { Database, Db } from '../db/database.ts';
import { StartError } from '../errors.ts';
import type { Loss } from './find-loss.ts';
import { lockBatches } from './losses.sql.ts';

/** Rows of one statement. */
const AT_ONCE = 1_000;

/** Throws StartError `loss-undecided`, and changes nothing, when the rows are not those that the loss was found with. */
export async function acceptLoss(database: Database, { batches, revocations }: Loss): Promise<void> {
  await database.transaction(async (tx) => {
    await lockBatches(tx);
    await lockUntilCommit(tx, 'finality');
    await requireNext(tx, batches[0]);
    const sequence = await lastSequence(tx);
    const acceptedAt = new Date();
    const placed = (place: number) => ({ finalSequence: sequence + BigInt(place) + 1n, acceptedAt });
    const rows = batches.map((batch, place) => ({ ...batch, ...placed(place) }));
    for (let start = 0; start < rows.length; start += AT_ONCE)
      await tx.burnedBatch.createMany({ data: rows.slice(start, start + AT_ONCE) });
    // The chain has them: the ledger finds that out when it wants to send them.
    const known = revocations.map(({ number, reason, clientId }) => ({ number, reason, requestedBy: clientId }));
    await tx.revocation.createMany({ data: known, skipDuplicates: true });
  });
}

async function requireNext({ batch, burnedBatch }: Db, first: Loss['batches'][number] | undefined): Promise<void> {
  const newest = { orderBy: { id: 'desc' }, select: { id: true } } as const;
  const [last, burned] = await Promise.all([batch.findFirst(newest), burnedBatch.findFirst(newest)]);
  const lastId = [last, burned].reduce((highest, row) => (row && row.id > highest ? row.id : highest), 0n);
  if (first && first.id !== lastId + 1n)
    throw new StartError('loss-undecided', `meanwhile batch ${lastId} was added; look again`);
}

async function lastSequence({ batch, burnedBatch }: Db): Promise<bigint> {
  const [last, burned] = await Promise.all([
    batch.aggregate({ _max: { finalSequence: true } }),
    burnedBatch.aggregate({ _max: { finalSequence: true } }),
  ]);
  const sequences = [last._max.finalSequence ?? 0n, burned._max.finalSequence ?? 0n];
  return sequences.reduce((highest, each) => (each > highest ? each : highest), 0n);
}
