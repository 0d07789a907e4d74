// SPDX-License-Identifier: Apache-2.0
// Orders as refund requests see them.
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { ownedBy } from '../http/members.ts';
import type { RefundableOrders } from '../refund-requests/index.ts';
import { ATTESTATION_LIMITS, attestationMachine } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';

export const refundableOrders: RefundableOrders = {
  async read(db, id, owner) {
    const row = await db.attestation.findUnique({ where: { id, ...ownedBy(owner) }, select: { state: true } });
    if (!row) throw new DomainError('attestation-not-found');
    return { isReturned: row.state === 'RETURNED' };
  },

  async lock(tx, id, owner) {
    const { accountId, organisationId, form, orderNumber, state, stateAt } = await lockAttestation(tx, { id, owner });
    return {
      owner: { accountId, organisationId },
      title: form.title,
      orderNumber: String(orderNumber),
      isReturned: state === 'RETURNED',
      dueAt: new Date(stateAt.getTime() + ATTESTATION_LIMITS.returnedMs),
    };
  },

  async end(tx, id, actor) {
    await transition(tx, attestationMachine, { id, event: 'withdraw', actor });
  },
};
