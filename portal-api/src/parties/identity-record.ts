// SPDX-License-Identifier: Apache-2.0
// How and when the real name of an order's owner was verified: names and numbers masked, for the evidence package.
import type { Db } from '../db/database.ts';
import type { Owner } from '../http/members.ts';

export interface IdentityRecord {
  subject: 'person' | 'organisation';
  name: string;
  document: string;
  number: string;
  /** When it was sent, with the separate consent to the handling of sensitive data. */
  sentAt: Date;
  consentAt: Date;
  verifiedAt: Date;
  /** What an outside service said of it, and when. */
  check: { outcome: string; at: Date } | null;
  /** When staff passed it; the form alone was checked where nobody did. */
  reviewedAt: Date[];
}

/** As it was verified at that time; undefined where it was erased since. */
export function identityRecordOf(db: Db, owner: Owner, at: Date): Promise<IdentityRecord | undefined> {
  return owner.organisationId === null
    ? recordOfPerson(db, owner.accountId, at)
    : recordOfOrganisation(db, owner.organisationId, at);
}

async function recordOfPerson(db: Db, accountId: string, at: Date): Promise<IdentityRecord | undefined> {
  const found = await db.identity.findFirst({
    where: { accountId, verifiedAt: { lte: at } },
    orderBy: { verifiedAt: 'desc' },
    include: { reviews: { where: { decision: 'APPROVE' }, orderBy: { decidedAt: 'asc' } } },
  });
  if (!found?.verifiedAt) return undefined;
  const { nameMasked, documentType, idNumberMasked, createdAt, consentAt, verifiedAt, checkOutcome, checkedAt } = found;
  return {
    subject: 'person',
    name: nameMasked,
    document: documentType,
    number: idNumberMasked,
    sentAt: createdAt,
    consentAt,
    verifiedAt,
    check: checkOutcome && checkedAt && { outcome: checkOutcome, at: checkedAt },
    reviewedAt: found.reviews.map(({ decidedAt }) => decidedAt),
  };
}

async function recordOfOrganisation(db: Db, organisationId: string, at: Date): Promise<IdentityRecord | undefined> {
  const found = await db.organisationVersion.findFirst({
    where: { organisationId, verifiedAt: { lte: at } },
    orderBy: { verifiedAt: 'desc' },
  });
  if (!found?.verifiedAt) return undefined;
  const passed = { organisationId, version: found.version, decision: 'APPROVE' } as const;
  const reviews = await db.organisationReview.findMany({ where: passed, orderBy: { decidedAt: 'asc' } });
  return {
    subject: 'organisation',
    name: found.nameMasked,
    document: 'CREDIT_CODE',
    number: found.creditCodeMasked,
    sentAt: found.createdAt,
    consentAt: found.consentAt,
    verifiedAt: found.verifiedAt,
    check: null,
    reviewedAt: reviews.map(({ decidedAt }) => decidedAt),
  };
}
