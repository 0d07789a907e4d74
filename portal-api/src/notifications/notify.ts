// SPDX-License-Identifier: Apache-2.0
// How a domain tells members about an event: `notify(tx, …)` in the transaction of the event. The message is in the inbox
// once the event has happened, and text message and mail follow through the outbox.
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import type { Owner } from '../http/members.ts';
import { CHANNELS, type Channel } from './kind.ts';
import { type DataOf, KINDS, type KindName } from './kinds.ts';
import { preferenceOf } from './preferences.ts';

/**
 * An account, or an organisation: its present managers. Of an organisation's row, `accountId` is who made it: they get the
 * message as well, while they are a member.
 */
export type Recipient = { accountId: string } | { organisationId: string } | Owner;

export interface Notice<Name extends KindName> {
  to: Recipient;
  /** Named beside the sentences; by default the recipient. */
  organisationId?: string;
  kind: Name;
  /** What it is about, such as `attestation:<id>`. */
  subject: string;
  /** Tells repetitions of the event apart, such as two returns of one order. By default 1. */
  round?: number;
  data: DataOf<Name>;
}

/** Outbox topics; the payload is `{ messageId }`. */
export const TOPIC_OF: Readonly<Record<Channel, string>> = { sms: 'message-sms', mail: 'message-mail' };

/** A step that runs twice makes one message for each reader: account, kind, subject and round are its key. */
export async function notify<Name extends KindName>(tx: Transaction, notice: Notice<Name>): Promise<void> {
  const { to, kind, subject, round = 1 } = notice;
  const data = jsonOf(KINDS[kind].data.parse(notice.data) as object);
  const organisationId = notice.organisationId ?? organisationOf(to);
  const readers = await readersOf(tx, to);
  const rows = readers.map((accountId) => ({ id: newId(), accountId, organisationId, kind, subject, round, data }));
  const made = await tx.prisma.message.createManyAndReturn({
    data: rows,
    skipDuplicates: true,
    select: { id: true, accountId: true },
  });
  for (const { id, accountId } of made)
    for (const channel of await channelsOf(tx, accountId, kind)) tx.enqueue(TOPIC_OF[channel], { messageId: id });
}

function organisationOf(to: Recipient): string | null {
  return 'organisationId' in to ? to.organisationId : null;
}

/** In one order, so that two events at once do not wait for each other. */
async function readersOf(tx: Transaction, to: Recipient): Promise<string[]> {
  const organisationId = organisationOf(to);
  const author = 'accountId' in to ? to.accountId : undefined;
  if (organisationId === null) return author === undefined ? [] : [author];
  const members = await tx.prisma.organisationMember.findMany({
    where: { organisationId, removedAt: null, OR: [{ role: 'MANAGER' }, ...(author ? [{ accountId: author }] : [])] },
    select: { accountId: true },
    orderBy: { accountId: 'asc' },
  });
  return [...new Set(members.map(({ accountId }) => accountId))];
}

async function channelsOf(tx: Transaction, accountId: string, name: KindName): Promise<Channel[]> {
  const { group, channels } = KINDS[name];
  if (channels.length === 0) return [];
  const { off } = await preferenceOf(tx.prisma, accountId);
  return CHANNELS.filter((channel) => channels.includes(channel) && !off[channel].includes(group));
}
