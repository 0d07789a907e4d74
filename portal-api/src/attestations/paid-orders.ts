// SPDX-License-Identifier: Apache-2.0
// Orders as payments see them.

import type { Db } from '../db/database.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { type Owner, ownedBy } from '../http/members.ts';
import type { PaidOrders } from '../payments/index.ts';
import { attestationMachine, PAYABLE, SUBMISSION_ENTRY_TOPIC } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';

export const paidOrders: PaidOrders = {
  requireOwn: requireOwnOrder,

  async lock(tx, id, owner) {
    const order = await lockAttestation(tx, { id, owner });
    const { state, form, accountId, organisationId, orderNumber, priceFen } = order;
    return {
      isPayable: PAYABLE.includes(state),
      subject: form.title,
      owner: { accountId, organisationId },
      orderNumber: String(orderNumber),
      priceFen,
    };
  },

  async awaitPayment(tx, id, actor) {
    await transition(tx, attestationMachine, { id, event: 'await-payment', actor });
  },

  async paid(tx, id, { actor, paidAt }) {
    const outbox = [{ topic: SUBMISSION_ENTRY_TOPIC, payload: { attestationId: id, round: 1 } }];
    await transition(tx, attestationMachine, { id, event: 'pay', actor, set: { paidAt }, outbox });
  },
};

/** Throws `attestation-not-found`, also for another's. */
export async function requireOwnOrder(db: Db, id: string, owner: Owner): Promise<void> {
  if ((await db.attestation.count({ where: { id, ...ownedBy(owner) } })) === 0)
    throw new DomainError('attestation-not-found');
}
