// SPDX-License-Identifier: Apache-2.0
// Orders as certificates see them.
import { toHex } from '@inkseal/verifier';
import type { CertifiedOrders } from '../certificates/index.ts';
import { tryTransition } from '../db/transition.ts';
import { notify } from '../notifications/index.ts';
import { attestationMachine } from './attestation.ts';
import { orderFacts } from './order-facts.ts';
import { requireOwnOrder } from './paid-orders.ts';

export const certifiedOrders: CertifiedOrders = {
  requireOwn: requireOwnOrder,

  async originals(db, attestationId) {
    const files = await db.attestationFile.findMany({
      where: { attestationId, role: 'FILE' },
      select: { upload: { select: { id: true, sha256: true } } },
      orderBy: { position: 'asc' },
    });
    return files.flatMap(({ upload: { id, sha256 } }) => (sha256 ? [{ uploadId: id, sha256: toHex(sha256) }] : []));
  },

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
