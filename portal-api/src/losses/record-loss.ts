// SPDX-License-Identifier: Apache-2.0
// The portal's side of a known loss: certificates that were lost had document numbers and registration numbers of ours. No more of
// them were given than numbers of the ledger, so a trigger moves both on by as many.
import type { Database } from '../db/database.ts';

/** `total` is what the ledger has burned so far. Answers by how many our numbers moved on; 0 when that was done before. */
export async function recordLoss(db: Database, total: bigint): Promise<number> {
  return db.transaction(async ({ prisma, record }) => {
    const { _max } = await prisma.knownLoss.aggregate({ _max: { total: true } });
    const numbers = Number(total - (_max.total ?? 0n));
    if (numbers <= 0) return 0;
    // Its key is the total: of two at once, one adds it.
    const { count } = await prisma.knownLoss.createMany({ data: [{ total, numbers }], skipDuplicates: true });
    if (count === 0) return 0;
    record({
      actor: 'operator',
      action: 'known-loss.accept',
      subject: `known-loss:${total}`,
      detail: { numbers, total: String(total) },
    });
    return numbers;
  });
}
