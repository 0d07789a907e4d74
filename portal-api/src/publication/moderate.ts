// SPDX-License-Identifier: Apache-2.0
// What staff does: decide on submissions, take down, decide on appeals, look at reports.
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition, tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { isOwnRecord } from '../works/index.ts';
import { notifyDecision } from './decision-notice.ts';
import { DECISION_EVENTS, publicationMachine, reportMachine } from './publication.ts';
import type { Moderation } from './publications.schema.ts';
import { termsOf } from './search-terms.ts';

interface Decided {
  staffId: string;
  id: string;
}

/** Throws `forbidden` for a work of one's own and for an appeal against one's own decision, `review-conflict` when it was
 *  decided or submitted again meanwhile. */
export async function decidePublication(db: Database, { staffId, id }: Decided, moderation: Moderation): Promise<void> {
  const { round, decision, ground, text } = moderation;
  await db.transaction(async (tx) => {
    const row = await lockPublication(tx, id);
    if (await isOwnPublication(tx, row, staffId)) throw new DomainError('forbidden');
    if (row.state === 'APPEALED' && (await removerOf(tx, id)) === staffId) throw new DomainError('forbidden');
    if (row.round !== round) throw new DomainError('review-conflict', { state: row.state, round: row.round });
    const isShown = decision === 'APPROVE' || decision === 'RESTORE';
    const moved = await tryTransition(tx, publicationMachine, {
      id,
      event: DECISION_EVENTS[decision],
      actor: `account:${staffId}`,
      set: isShown
        ? {
            publishedAt: new Date(),
            terms: termsOf({ texts: [row.title, row.intro, ...row.tags], author: row.author }),
          }
        : { terms: [], ...(decision === 'TAKE_DOWN' && { appeal: null, appealedAt: null }) },
      detail: { round, ground },
    });
    if (!moved) throw new DomainError('review-conflict', { state: row.state, round: row.round });
    await tx.prisma.publicationDecision.create({
      data: { id: newId(), publicationId: id, round, staffId, decision, ground, text },
    });
    const owner = { accountId: row.accountId, organisationId: row.work.organisationId };
    await notifyDecision(tx, { publicationId: id, owner, title: row.title, workId: row.workId }, moderation);
    if (decision === 'TAKE_DOWN') await confirmReports(tx, { staffId, id });
    if (decision === 'UPHOLD') await tx.prisma.publicationImage.deleteMany({ where: { publicationId: id } });
  });
}

/** The report was looked at, and the work stays. */
export async function dismissReport(db: Database, { staffId, id }: Decided, reportId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const row = await lockPublication(tx, id);
    if (await isOwnPublication(tx, row, staffId)) throw new DomainError('forbidden');
    const where = { id: reportId, publicationId: id };
    if ((await tx.prisma.publicationReport.count({ where })) === 0) throw new DomainError('publication-not-found');
    const actor = `account:${staffId}`;
    await transition(tx, reportMachine, { id: reportId, event: 'dismiss', actor, set: { decidedBy: staffId } });
  });
}

/** Who took it down; nobody while it was never taken down. */
export async function removerOf({ prisma }: Pick<Transaction, 'prisma'>, publicationId: string) {
  const found = await prisma.publicationDecision.findFirst({
    where: { publicationId, decision: 'TAKE_DOWN' },
    select: { staffId: true },
    orderBy: { decidedAt: 'desc' },
  });
  return found?.staffId;
}

async function confirmReports(tx: Transaction, { staffId, id }: Decided): Promise<void> {
  const open = await tx.prisma.publicationReport.findMany({
    where: { publicationId: id, state: 'OPEN' },
    select: { id: true },
  });
  const actor = `account:${staffId}`;
  for (const report of open)
    await tryTransition(tx, reportMachine, { id: report.id, event: 'confirm', actor, set: { decidedBy: staffId } });
}

/** Also of an organisation of theirs. */
function isOwnPublication(tx: Transaction, { accountId, work }: Owned, staffId: string): Promise<boolean> {
  return isOwnRecord(tx.prisma, { accountId, organisationId: work.organisationId }, staffId);
}

interface Owned {
  accountId: string;
  work: { organisationId: string | null };
}

const IN_USE = { state: { not: 'CLOSED' as const } };

/** Decisions, submissions and reports of one work come one after the other. */
async function lockPublication(tx: Transaction, id: string) {
  await lockRow(tx, 'publication', id);
  const row = await tx.prisma.publication.findFirst({
    where: { id, work: { state: { not: 'DELETED' }, OR: [{ organisationId: { not: null } }, { account: IN_USE }] } },
    select: {
      accountId: true,
      workId: true,
      work: { select: { organisationId: true } },
      state: true,
      round: true,
      title: true,
      intro: true,
      tags: true,
      author: true,
    },
  });
  if (!row) throw new DomainError('publication-not-found');
  return row;
}
