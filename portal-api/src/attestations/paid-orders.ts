// SPDX-License-Identifier: Apache-2.0
// Orders as payments see them.
import { transition } from '../db/transition.ts';
import type { PaidOrders } from '../payments/index.ts';
import { attestationMachine, PAYABLE, SUBMISSION_ENTRY_TOPIC } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';

export const paidOrders: PaidOrders = {
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
