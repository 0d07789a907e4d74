// SPDX-License-Identifier: Apache-2.0
// Orders as certificates see them.
import type { CertifiedOrders } from '../certificates/index.ts';
import { tryTransition } from '../db/transition.ts';
import { notify } from '../notifications/index.ts';
import { attestationMachine } from './attestation.ts';
import { orderFacts } from './order-facts.ts';
import { requireOwnOrder } from './paid-orders.ts';
import { provenanceOf } from './provenance.ts';

export const certifiedOrders: CertifiedOrders = {
  requireOwn: requireOwnOrder,

  provenanceOf,

  async certified(tx, id, { number, issuedAt: certifiedAt }) {
    await tryTransition(tx, attestationMachine, {
      id,
      event: 'certify',
      actor: 'system',
      set: { certificateNumber: BigInt(number), certifiedAt },
      detail: { number },
    });
    const { owner, title } = await orderFacts(tx.prisma, id);
    await notify(tx, { to: owner, kind: 'certificate-ready', subject: `attestation:${id}`, data: { title, number } });
  },
};
