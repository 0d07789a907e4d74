// SPDX-License-Identifier: Apache-2.0
// The way of a domain to tell a member something: `notify(tx, …)` in the transaction of the event. The message is in the
// inbox when the event has happened, and text message and mail follow through the outbox.
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { CHANNELS, type Channel } from './kind.ts';
import { type DataOf, KINDS, type KindName } from './kinds.ts';
import { preferenceOf } from './preferences.ts';

export interface Notice<Name extends KindName> {
  accountId: string;
  kind: Name;
  /** What it is about, such as `attestation:<id>`. */
  subject: string;
  /** Tells repetitions of the event apart, such as two returns of one order. By default 1. */
  round?: number;
  data: DataOf<Name>;
}

/** Outbox topics; the payload is `{ messageId }`. */
export const TOPIC_OF: Readonly<Record<Channel, string>> = { sms: 'message-sms', mail: 'message-mail' };

/** A step that runs twice makes one message: account, kind, subject and round are its key. */
export async function notify<Name extends KindName>(tx: Transaction, notice: Notice<Name>): Promise<void> {
  const { accountId, kind, subject, round = 1, data } = notice;
  const row = { id: newId(), accountId, kind, subject, round, data: jsonOf(KINDS[kind].data.parse(data) as object) };
  const { count } = await tx.prisma.message.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) return;
  for (const channel of await channelsOf(tx, accountId, kind)) tx.enqueue(TOPIC_OF[channel], { messageId: row.id });
}

async function channelsOf(tx: Transaction, accountId: string, name: KindName): Promise<Channel[]> {
  const { group, channels } = KINDS[name];
  if (channels.length === 0) return [];
  const { off } = await preferenceOf(tx.prisma, accountId);
  return CHANNELS.filter((channel) => channels.includes(channel) && !off[channel].includes(group));
}
