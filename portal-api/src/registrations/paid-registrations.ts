// SPDX-License-Identifier: Apache-2.0
// Registrations as payments see them.
import { transition } from '../db/transition.ts';
import type { PaidOrders } from '../payments/index.ts';
import { registrationMachine } from './registration.ts';
import { lockRegistration, requireOwnRegistration } from './registrations.store.ts';

export const paidRegistrations: PaidOrders = {
  requireOwn: requireOwnRegistration,

  async lock(tx, id, owner) {
    const { state, form, accountId, organisationId, orderNumber, priceFen } = await lockRegistration(tx, { id, owner });
    return {
      isPayable: state === 'AWAITING_PAYMENT',
      subject: form.title,
      owner: { accountId, organisationId },
      orderNumber: String(orderNumber),
      priceFen,
    };
  },

  // It waits for the money from its submission on.
  awaitPayment: async () => undefined,

  async paid(tx, id, { actor, paidAt }) {
    await transition(tx, registrationMachine, { id, event: 'pay', actor, set: { paidAt, acceptedAt: paidAt } });
  },
};
