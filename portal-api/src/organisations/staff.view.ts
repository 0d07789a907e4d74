// SPDX-License-Identifier: Apache-2.0
// Organisations as staff see them: masked in the list and on the page, in clear only where a view was opened.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { cleanNumber } from '../http/text.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import { maskedContact, nameIndex, type OrganisationStore } from './organisations.store.ts';
import { storedReasons } from './organisations.view.ts';
import type { OrganisationListQuery, StaffOrganisation, StaffOrganisationSummary } from './staff.api.ts';

export interface StaffViewParts {
  db: Database;
  vault: Vault;
  store: OrganisationStore;
  needsTwo: boolean;
}

export async function listForStaff(
  { db, vault }: StaffViewParts,
  staffId: string,
  query: OrganisationListQuery,
): Promise<{ items: StaffOrganisationSummary[]; next: string | null }> {
  const { state, taken, search } = query;
  const { after, ...order } = reviewPage(query);
  const rows = await db.prisma.organisation.findMany({
    where: {
      ...(state && { state }),
      ...(taken && { takenBy: taken === 'mine' ? staffId : null }),
      AND: [searched(vault, search), after],
    },
    select: summarySelect(staffId),
    ...order,
  });
  return pageOf(
    rows.map((row) => summaryOf(row, staffId)),
    query,
  );
}

export async function viewForStaff(
  { db, store, needsTwo }: StaffViewParts,
  { id, staffId }: { id: string; staffId: string },
): Promise<StaffOrganisation> {
  const row = await db.prisma.organisation.findUnique({
    where: { id },
    select: { ...summarySelect(staffId), reviews: REVIEWS },
  });
  if (!row) throw new DomainError('organisation-not-found');
  const version = await store.current(id);
  return {
    ...summaryOf(row, staffId),
    ...maskedContact(store.read(version)),
    isCodeIrregular: version.isCodeIrregular,
    savedAt: version.createdAt.toISOString(),
    needsTwo,
    sameCode: await withSameCode(db.prisma, id, version.creditCodeIndex),
    reviews: row.reviews.map(({ version: of, reviewer, decision, reasons, decidedAt }) => ({
      version: of,
      reviewer: `ID${reviewer.userNumber}`,
      decision,
      reasons: storedReasons(reasons),
      decidedAt: decidedAt.toISOString(),
    })),
  };
}

/** What it states, in clear; whoever calls this writes the look into the audit log first. */
export async function statedIn({ store }: Pick<StaffViewParts, 'store'>, id: string) {
  const { name, creditCode, phone, representative, email, address } = store.read(await store.current(id));
  return { name, creditCode, phone, representative, email, address };
}

/** Only the whole name or code finds anything: their keyed digests are all that there is to search. */
function searched(vault: Vault, search: string | undefined): Prisma.OrganisationWhereInput {
  if (!search?.trim()) return {};
  const creditCodeIndex = vault.blindIndex('credit-code', cleanNumber(search).toUpperCase());
  return { OR: [{ nameIndex: nameIndex(vault, search) }, { creditCodeIndex }] };
}

const REVIEWS = {
  select: {
    version: true,
    decision: true,
    reasons: true,
    decidedAt: true,
    reviewer: { select: { userNumber: true } },
  },
  orderBy: { decidedAt: 'desc' },
} satisfies Prisma.Organisation$reviewsArgs;

const summarySelect = (staffId: string) =>
  ({
    id: true,
    state: true,
    stateAt: true,
    version: true,
    takenBy: true,
    taker: { select: { userNumber: true } },
    members: { where: { accountId: staffId }, select: { id: true } },
    versions: {
      where: { supersededAt: null },
      select: { nameMasked: true, creditCodeMasked: true, saver: { select: { userNumber: true } } },
    },
  }) satisfies Prisma.OrganisationSelect;

type SummaryRow = Prisma.OrganisationGetPayload<{ select: ReturnType<typeof summarySelect> }>;

function summaryOf({ id, state, version, members, versions, ...row }: SummaryRow, staffId: string) {
  const [current] = versions;
  return {
    id,
    state,
    version,
    name: current?.nameMasked ?? '',
    creditCode: current?.creditCodeMasked ?? '',
    applicant: current ? `ID${current.saver.userNumber}` : '',
    waitingSince: row.stateAt.toISOString(),
    takenBy: row.taker ? `ID${row.taker.userNumber}` : null,
    isTakenByMe: row.takenBy === staffId,
    isOwn: members.length > 0,
  };
}

function withSameCode({ organisation }: Db, id: string, creditCodeIndex: Uint8Array<ArrayBuffer>) {
  return organisation.findMany({
    where: { creditCodeIndex, id: { not: id } },
    select: { id: true, state: true },
    take: 20,
  });
}
