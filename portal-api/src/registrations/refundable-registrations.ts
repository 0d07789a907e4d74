// SPDX-License-Identifier: Apache-2.0
// Registrations as refund requests see them.
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { ownedBy } from '../http/members.ts';
import type { RefundableOrders } from '../refund-requests/index.ts';
import { REGISTRATION_LIMITS, RETURNED, registrationMachine } from './registration.ts';
import { lockRegistration } from './registrations.store.ts';

export const refundableRegistrations: RefundableOrders = {
  async read(db, id, owner) {
    const row = await db.registration.findUnique({ where: { id, ...ownedBy(owner) }, select: { state: true } });
    if (!row) throw new DomainError('registration-not-found');
    return { isReturned: RETURNED.some((state) => state === row.state) };
  },

  async lock(tx, id, owner) {
    const { accountId, organisationId, form, orderNumber, state, stateAt } = await lockRegistration(tx, { id, owner });
    return {
      owner: { accountId, organisationId },
      title: form.title,
      orderNumber: String(orderNumber),
      isReturned: RETURNED.includes(state),
      dueAt: new Date(stateAt.getTime() + REGISTRATION_LIMITS.returnedMs),
    };
  },

  async end(tx, id, actor) {
    await transition(tx, registrationMachine, { id, event: 'withdraw', actor });
  },
};
