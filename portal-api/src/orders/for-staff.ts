// SPDX-License-Identifier: Apache-2.0
// What staff see of an order or a registration beside what its owner sees, and what they do not see.
import type { Database, Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { actorOf, type Member, type Owner } from '../http/members.ts';
import { isOwnRecord } from '../works/index.ts';
import { hasFiled } from './counter-filing.ts';
import type { OrderKey } from './order-key.ts';

interface Person {
  identityId?: string | undefined;
  name: string;
  idNumber?: string | undefined;
}

/** In a queue: the applicant by number, and whether whoever looks may not decide on it. */
export function summaryForStaff<Item extends Owner & { userNumber: string; stateAt: string }>(
  { accountId, organisationId, userNumber, ...item }: Item,
  { staffId, organisations }: { staffId: string; organisations: ReadonlySet<string> },
) {
  const isOwn = accountId === staffId || (organisationId !== null && organisations.has(organisationId));
  return { ...item, applicant: userNumber, waitingSince: item.stateAt, isOwn };
}

/** Of the row of the record, beside its view. */
export const APPLICANT = {
  accountId: true,
  organisationId: true,
  account: {
    select: {
      userNumber: true,
      identities: { where: { supersededAt: null }, select: { nameMasked: true, idNumberMasked: true } },
    },
  },
} satisfies Prisma.AttestationSelect & Prisma.RegistrationSelect;

type ApplicantRow = Prisma.AttestationGetPayload<{ select: typeof APPLICANT }>;

interface StaffViewOf {
  order: OrderKey;
  row: ApplicantRow;
  people: readonly Person[];
  staffId: string;
}

/** `people` are those of the submission: the applicant is named as they were then. */
export async function viewForStaff<
  View extends { allowed: unknown[]; certificate: { lookupUrl: string; typedCode: string } | null },
>(db: Db, view: View, { order, row, people, staffId }: StaffViewOf) {
  // Without one they act for right holders alone.
  const applicant = people.find(({ identityId }) => identityId !== undefined);
  const [identity] = row.account.identities;
  return {
    ...view,
    // What the owner may do is not what staff may do.
    allowed: [],
    // The look-up code is the holder's to give away.
    certificate: view.certificate && { ...view.certificate, lookupUrl: '', typedCode: '' },
    applicant: {
      userNumber: `ID${row.account.userNumber}`,
      name: applicant?.name ?? identity?.nameMasked ?? '',
      idNumber: applicant?.idNumber ?? identity?.idNumberMasked ?? '',
    },
    isOwn: (await isOwnRecord(db, row, staffId)) || (await hasFiled(db, order, staffId)),
  };
}

/** Records who looks at what, before it is shown. */
export function noteLook(
  db: Database,
  member: Member,
  { action, subject, uploadId }: { action: string; subject: string; uploadId?: string },
): Promise<void> {
  const detail = { reason: 'review', ...(uploadId ? { uploadId } : {}) };
  return db.transaction(async (tx) => {
    tx.record({ actor: actorOf(member.owner), action, subject, detail });
  });
}
