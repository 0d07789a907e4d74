// SPDX-License-Identifier: Apache-2.0
// Review by staff. Nobody decides on their own order, and a decision applies to the round that was reviewed.
import type { RevocationReason } from '@inkseal/verifier';
import { ATTESTATION_ENTRY_TOPIC, attestationMachine, lockAttestation, orderFacts } from '../attestations/index.ts';
import { noteRevoked } from '../certificates/index.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { transition, tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { notify } from '../notifications/index.ts';
import { type Decision, hasFiled } from '../orders/index.ts';
import { giveBack } from '../payments/index.ts';
import type { Topics } from '../queue/outbox-worker.ts';
import { isOwnRecord } from '../works/index.ts';
import { notifyDecision } from './decision-notice.ts';

const REVOCATION_TOPIC = 'revocation';
const LARGEST_ISSUED = 2n ** 63n - 1n;

export interface Reviews {
  /** Throws `forbidden` for an order of one's own, `review-conflict` when it was decided or submitted again. */
  decide(reviewerId: string, attestationId: string, decision: Decision): Promise<void>;
  /** Asks the ledger to revoke the certificate; throws `number-not-found`. */
  revoke(reviewerId: string, number: string, reason: RevocationReason): Promise<void>;
  topics: Topics;
}

export interface ReviewParts {
  db: Database;
  ledger: LedgerClient;
  /** Passed after an approval: tests end the process there. */
  onApproved?: () => void;
}

const EVENTS = { APPROVE: 'approve', RETURN: 'return', REJECT: 'reject' } as const;

export function createReviews({ db, ledger, onApproved }: ReviewParts): Reviews {
  return {
    async decide(reviewerId, id, decided) {
      const { round, decision, reasons } = decided;
      await db.transaction(async (tx) => {
        const order = await lockAttestation(tx, { id });
        const isOwn = await isOwnRecord(tx.prisma, order, reviewerId);
        if (isOwn || (await hasFiled(tx.prisma, { attestationId: id }, reviewerId))) throw new DomainError('forbidden');
        if (order.state !== 'UNDER_REVIEW' || order.round !== round) {
          throw new DomainError('review-conflict', { state: order.state, round: order.round });
        }
        const review = { id: newId(), attestationId: id, round, reviewerId, decision, reasons };
        await tx.prisma.review.create({ data: review });
        const isApproval = decision === 'APPROVE';
        const actor = `account:${reviewerId}`;
        await transition(tx, attestationMachine, {
          id,
          event: EVENTS[decision],
          actor,
          set: isApproval ? { approvedAt: new Date() } : { remindedDays: null },
          detail: { round, reasons: reasons.length },
          outbox: isApproval ? [{ topic: ATTESTATION_ENTRY_TOPIC, payload: { attestationId: id, round } }] : [],
        });
        if (decision === 'REJECT') await giveBack(tx, { order: { attestationId: id }, actor });
        await notifyDecision(tx, id, decided);
      });
      if (decision === 'APPROVE') onApproved?.();
    },

    async revoke(reviewerId, number, reason) {
      const certificateNumber = BigInt(number);
      if (certificateNumber > LARGEST_ISSUED) throw new DomainError('number-not-found');
      const row = await db.prisma.attestation.findUnique({
        where: { certificateNumber },
        select: { id: true, accountId: true, organisationId: true },
      });
      if (!row) throw new DomainError('number-not-found');
      if (await isOwnRecord(db.prisma, row, reviewerId)) throw new DomainError('forbidden');
      await db.transaction(async (tx) => {
        tx.record({
          actor: `account:${reviewerId}`,
          action: 'certificate.ask-revocation',
          subject: `attestation:${row.id}`,
          detail: { number, reason },
        });
        tx.enqueue(REVOCATION_TOPIC, { attestationId: row.id, number, reason });
      });
    },

    topics: {
      async [REVOCATION_TOPIC]({ attestationId, number, reason }) {
        // The schema of the request has looked at the reason.
        await ledger.revoke(String(number), String(reason) as RevocationReason);
        const id = String(attestationId);
        const detail = { reason };
        await db.transaction(async (tx) => {
          const moved = await tryTransition(tx, attestationMachine, { id, event: 'revoke', actor: 'ledger', detail });
          await noteRevoked(tx.prisma, { order: { attestationId: id }, reason: String(reason) });
          if (moved) await notifyRevoked(tx, id, String(number));
        });
      },
    },
  };
}

async function notifyRevoked(tx: Transaction, attestationId: string, number: string): Promise<void> {
  const { owner, title } = await orderFacts(tx.prisma, attestationId);
  const subject = `attestation:${attestationId}`;
  await notify(tx, { to: owner, kind: 'certificate-revoked', subject, data: { title, number } });
}
