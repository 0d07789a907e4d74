// SPDX-License-Identifier: Apache-2.0
// Registrations as certificates see them.
import type { CertifiedOrders } from '../certificates/index.ts';
import { tryTransition } from '../db/transition.ts';
import { notify } from '../notifications/index.ts';
import { provenanceOf } from './provenance.ts';
import { registrationMachine } from './registration.ts';
import { numberedFacts } from './registration-facts.ts';
import { requireOwnRegistration } from './registrations.store.ts';

export const certifiedRegistrations: CertifiedOrders = {
  requireOwn: requireOwnRegistration,

  provenanceOf,

  async certified(tx, id, { number, issuedAt: registeredAt }) {
    await tryTransition(tx, registrationMachine, {
      id,
      event: 'register',
      actor: 'system',
      set: { certificateNumber: BigInt(number), registeredAt },
      detail: { number },
    });
    const { owner, ...data } = await numberedFacts(tx.prisma, id);
    await notify(tx, { to: owner, kind: 'registration-ready', subject: `registration:${id}`, data });
  },
};
