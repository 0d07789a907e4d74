// SPDX-License-Identifier: Apache-2.0
// Tells the owner of a work how staff decided about it.
import type { Transaction } from '../db/database.ts';
import type { Owner } from '../http/members.ts';
import { notify } from '../notifications/index.ts';
import type { Moderation } from './publications.schema.ts';

interface Decided {
  publicationId: string;
  owner: Owner;
  title: string;
  workId: string;
}

/** After the decision is stored: one submission may be decided about several times, so decisions are counted. */
export async function notifyDecision(
  tx: Transaction,
  { publicationId, owner, title, workId }: Decided,
  { decision, text: reason }: Pick<Moderation, 'decision' | 'text'>,
): Promise<void> {
  const round = await tx.prisma.publicationDecision.count({ where: { publicationId } });
  const about = { to: owner, subject: `publication:${publicationId}`, round };
  const data = { title, workId };
  if (decision === 'APPROVE') return notify(tx, { ...about, kind: 'publication-approved', data });
  if (decision === 'RESTORE') return notify(tx, { ...about, kind: 'publication-restored', data });
  await notify(tx, { ...about, kind: REFUSALS[decision], data: { ...data, reason } });
}

const REFUSALS = {
  REFUSE: 'publication-refused',
  TAKE_DOWN: 'publication-taken-down',
  UPHOLD: 'publication-upheld',
} as const;
