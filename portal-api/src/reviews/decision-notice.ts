// SPDX-License-Identifier: Apache-2.0
// Tells the order's owner how the reviewer decided.
import { ATTESTATION_LIMITS, orderFacts } from '../attestations/index.ts';
import type { Transaction } from '../db/database.ts';
import { notify } from '../notifications/index.ts';
import type { Decision } from '../orders/index.ts';

export async function notifyDecision(
  tx: Transaction,
  attestationId: string,
  { decision, reasons, round }: Decision,
): Promise<void> {
  const { owner, ...order } = await orderFacts(tx.prisma, attestationId);
  const about = { to: owner, subject: `attestation:${attestationId}`, round };
  const texts = reasons.map(({ text }) => text);
  if (decision === 'APPROVE') return notify(tx, { ...about, kind: 'order-approved', data: order });
  if (decision === 'REJECT')
    return notify(tx, { ...about, kind: 'order-rejected', data: { ...order, reasons: texts } });
  const deadline = new Date(Date.now() + ATTESTATION_LIMITS.returnedMs).toISOString();
  return notify(tx, { ...about, kind: 'order-returned', data: { ...order, deadline, reasons: texts } });
}
