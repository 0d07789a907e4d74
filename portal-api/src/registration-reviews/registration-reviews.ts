// SPDX-License-Identifier: Apache-2.0
// The two reviews of a registration, 初审 and 复审, by different people. Nobody decides on their own registration, and a decision
// applies to the round that was reviewed. The approval gives the number.
import type { RevocationReason } from '@inkseal/verifier';
import { issuedNumbers, noteRevoked } from '../certificates/index.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { transition, tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { notify } from '../notifications/index.ts';
import { type Decision, hasFiled } from '../orders/index.ts';
import { giveBack } from '../payments/index.ts';
import type { Topics } from '../queue/outbox-worker.ts';
import {
  type Level,
  lockRegistration,
  nextRegistrationNumber,
  numberedFacts,
  REGISTRATION_ENTRY_TOPIC,
  REGISTRATION_LIMITS,
  REGISTRATION_REVOCATION_TOPIC,
  registrationFacts,
  registrationMachine,
} from '../registrations/index.ts';
import { isOwnRecord } from '../works/index.ts';

export interface RegistrationReviews {
  /**
   * Throws `forbidden` for a registration of one's own, `reviewed-before` for whoever took part in its first review, and
   * `review-conflict` when it was decided or submitted again.
   */
  decide(reviewerId: string, id: string, level: Level, decision: Decision): Promise<void>;
  /** Asks the ledger to revoke the certificate; answers the registration's number. */
  revoke(reviewerId: string, id: string, reason: RevocationReason): Promise<string>;
  topics: Topics;
}

export interface RegistrationReviewParts {
  db: Database;
  ledger: LedgerClient;
  /** Of registration numbers, such as 测作登字. */
  prefix: string;
  /** Passed after an approval: tests end the process there. */
  onApproved?: () => void;
}

const REVIEWED_IN = { INITIAL: 'INITIAL_REVIEW', FINAL: 'FINAL_REVIEW' } as const;

export function createRegistrationReviews(parts: RegistrationReviewParts): RegistrationReviews {
  const { db, ledger, onApproved } = parts;
  return {
    async decide(reviewerId, id, level, decided) {
      await db.transaction((tx) => decide(tx, parts, { reviewerId, id, level, decided }));
      if (level === 'FINAL' && decided.decision === 'APPROVE') onApproved?.();
    },

    async revoke(reviewerId, id, reason) {
      return db.transaction(async (tx) => {
        const registration = await lockRegistration(tx, { id });
        const { state, registrationNumber, certificateNumber } = registration;
        if (await isOwnRecord(tx.prisma, registration, reviewerId)) throw new DomainError('forbidden');
        if (state !== 'REGISTERED' || registrationNumber === null || certificateNumber === null)
          throw new DomainError('state-conflict', { record: 'registration', event: 'revoke' });
        const number = String(certificateNumber);
        const by = { actor: `account:${reviewerId}`, subject: `registration:${id}` };
        tx.record({ ...by, action: 'registration.ask-revocation', detail: { number, reason } });
        tx.enqueue(REGISTRATION_REVOCATION_TOPIC, { registrationId: id, number, reason });
        return registrationNumber;
      });
    },

    topics: {
      async [REGISTRATION_REVOCATION_TOPIC]({ registrationId, number, reason }) {
        const id = String(registrationId);
        // The request schema has already validated the reason.
        for (const each of new Set([String(number), ...(await issuedNumbers(db.prisma, { registrationId: id }))]))
          await ledger.revoke(each, String(reason) as RevocationReason);
        const detail = { reason };
        await db.transaction(async (tx) => {
          await lockRegistration(tx, { id });
          const moved = await tryTransition(tx, registrationMachine, { id, event: 'revoke', actor: 'ledger', detail });
          await noteRevoked(tx.prisma, { order: { registrationId: id }, reason: String(reason) });
          if (!moved) return;
          const { owner, ...data } = await numberedFacts(tx.prisma, id);
          await notify(tx, { to: owner, kind: 'registration-revoked', subject: `registration:${id}`, data });
        });
      },
    },
  };
}

async function decide(
  tx: Transaction,
  { prefix }: RegistrationReviewParts,
  { reviewerId, id, level, decided }: { reviewerId: string; id: string; level: Level; decided: Decision },
): Promise<void> {
  const { round, decision, reasons } = decided;
  const registration = await lockRegistration(tx, { id });
  const { state, form } = registration;
  const isOwn = await isOwnRecord(tx.prisma, registration, reviewerId);
  if (isOwn || (await hasFiled(tx.prisma, { registrationId: id }, reviewerId))) throw new DomainError('forbidden');
  if (state !== REVIEWED_IN[level] || registration.round !== round)
    throw new DomainError('review-conflict', { state, round: registration.round });
  if (level === 'FINAL' && (await hasPassedInitial(tx.prisma, id, reviewerId)))
    throw new DomainError('reviewed-before');
  const review = { id: newId(), registrationId: id, round, level, reviewerId, decision, reasons };
  await tx.prisma.registrationReview.create({ data: review });
  const by = { id, actor: `account:${reviewerId}`, detail: { round, level, reasons: reasons.length } };
  if (decision === 'REJECT') {
    await transition(tx, registrationMachine, { ...by, event: 'refuse' });
    await giveBack(tx, { order: { registrationId: id }, actor: by.actor });
  } else if (decision === 'RETURN')
    await transition(tx, registrationMachine, { ...by, event: 'return', set: { remindedDays: null } });
  else if (level === 'INITIAL') await transition(tx, registrationMachine, { ...by, event: 'pass' });
  else {
    const approvedAt = new Date();
    const registrationNumber = await nextRegistrationNumber(tx, { prefix, workType: form.workType, at: approvedAt });
    await transition(tx, registrationMachine, {
      ...by,
      event: 'approve',
      set: { approvedAt, registrationNumber },
      detail: { ...by.detail, registrationNumber },
      outbox: [{ topic: REGISTRATION_ENTRY_TOPIC, payload: { registrationId: id, round } }],
    });
  }
  await notifyDecision(tx, id, { level, decided });
}

/** Whether they decided in the first review of any round. */
export async function hasPassedInitial(
  db: Transaction['prisma'],
  registrationId: string,
  reviewerId: string,
): Promise<boolean> {
  return (await db.registrationReview.count({ where: { registrationId, reviewerId, level: 'INITIAL' } })) > 0;
}

/** Tells the applicant how it was decided. */
async function notifyDecision(
  tx: Transaction,
  id: string,
  { level, decided: { round, decision, reasons } }: { level: Level; decided: Decision },
): Promise<void> {
  const { owner, ...facts } = await registrationFacts(tx.prisma, id);
  const about = { to: owner, subject: `registration:${id}`, round };
  const texts = reasons.map(({ text }) => text);
  if (decision === 'REJECT')
    return notify(tx, { ...about, kind: 'registration-refused', data: { ...facts, reasons: texts } });
  if (decision === 'RETURN') {
    const deadline = new Date(Date.now() + REGISTRATION_LIMITS.returnedMs).toISOString();
    return notify(tx, { ...about, kind: 'registration-returned', data: { ...facts, level, deadline, reasons: texts } });
  }
  if (level === 'INITIAL') return notify(tx, { ...about, kind: 'registration-passed', data: facts });
  const { title, registrationNumber } = await numberedFacts(tx.prisma, id);
  return notify(tx, { ...about, kind: 'registration-approved', data: { title, registrationNumber } });
}
