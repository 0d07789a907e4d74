// SPDX-License-Identifier: Apache-2.0
// Real names under review as staff see them: masked in the list and on the page, in clear only where a view was opened.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { contextOf, detailsOf, storedReasons } from '../identity/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import type { IdentityListQuery, StaffIdentity, StaffIdentitySummary } from './identity-reviews.api.ts';

/** Cards whose number says it all are never reviewed. */
export const REVIEWED = { documentCipher: { not: null } } satisfies Prisma.IdentityWhereInput;

export async function listForStaff(
  { prisma }: Database,
  staffId: string,
  query: IdentityListQuery,
): Promise<{ items: StaffIdentitySummary[]; next: string | null }> {
  const { state, taken } = query;
  const { after, ...order } = reviewPage(query);
  const rows = await prisma.identity.findMany({
    where: {
      ...REVIEWED,
      supersededAt: null,
      ...(state && { state }),
      ...(taken && { takenBy: taken === 'mine' ? staffId : null }),
      ...after,
    },
    select: SUMMARY,
    ...order,
  });
  return pageOf(
    rows.map((row) => summaryOf(row, staffId)),
    query,
  );
}

export async function readForStaff(
  { prisma }: Database,
  { id, staffId, needsTwo }: { id: string; staffId: string; needsTwo: boolean },
): Promise<StaffIdentity> {
  const row = await prisma.identity.findFirst({ where: { id, ...REVIEWED }, select: { ...SUMMARY, ...WHOLE } });
  if (!row) throw new DomainError('identity-not-found');
  const { accountId, idNumberIndex } = row;
  const others = { idNumberIndex, supersededAt: null, accountId: { not: accountId } };
  return {
    ...summaryOf(row, staffId),
    isReplaced: row.supersededAt !== null,
    needsTwo,
    sides: [...(row.frontImageId ? (['front'] as const) : []), ...(row.backImageId ? (['back'] as const) : [])],
    isNumberUsed: (await prisma.identity.count({ where: others })) > 0,
    reviews: await reviewsOf(prisma, accountId),
  };
}

/** What the document states, in clear; whoever calls this writes the look into the audit log first. */
export async function statedIn({ prisma }: Database, vault: Vault, id: string) {
  const row = await prisma.identity.findFirst({ where: { id, ...REVIEWED } });
  const details = row && detailsOf(vault, row);
  if (!row || !details) throw new DomainError('identity-not-found');
  const open = (field: string, cipher: Uint8Array) => vault.decryptText(cipher, contextOf(id, field));
  return {
    name: open('name', row.nameCipher),
    idNumber: open('id-number', row.idNumberCipher),
    ...details,
    address: open('address', row.addressCipher),
  };
}

/** Of every version of the account: a reviewer sees what was returned before. */
async function reviewsOf({ identityReview }: Database['prisma'], accountId: string): Promise<StaffIdentity['reviews']> {
  const rows = await identityReview.findMany({
    where: { identity: { accountId } },
    select: {
      decision: true,
      reasons: true,
      decidedAt: true,
      reviewer: { select: { userNumber: true } },
      identity: { select: { version: true } },
    },
    orderBy: { decidedAt: 'desc' },
  });
  return rows.map(({ decision, reasons, decidedAt, reviewer, identity }) => ({
    version: identity.version,
    reviewer: `ID${reviewer.userNumber}`,
    decision,
    reasons: storedReasons(reasons),
    decidedAt: decidedAt.toISOString(),
  }));
}

const SUMMARY = {
  id: true,
  accountId: true,
  documentType: true,
  nameMasked: true,
  idNumberMasked: true,
  state: true,
  stateAt: true,
  version: true,
  takenBy: true,
  taker: { select: { userNumber: true } },
  account: { select: { userNumber: true } },
} satisfies Prisma.IdentitySelect;

const WHOLE = { idNumberIndex: true, supersededAt: true, frontImageId: true, backImageId: true } as const;

type SummaryRow = Prisma.IdentityGetPayload<{ select: typeof SUMMARY }>;

function summaryOf({ id, documentType, state, version, ...row }: SummaryRow, staffId: string): StaffIdentitySummary {
  return {
    id,
    documentType,
    state,
    version,
    name: row.nameMasked,
    idNumber: row.idNumberMasked,
    applicant: `ID${row.account.userNumber}`,
    waitingSince: row.stateAt.toISOString(),
    takenBy: row.taker ? `ID${row.taker.userNumber}` : null,
    isTakenByMe: row.takenBy === staffId,
    isOwn: row.accountId === staffId,
  };
}
