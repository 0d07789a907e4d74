// SPDX-License-Identifier: Apache-2.0
// Sends messages of the inbox by text message and mail, from the outbox: a service that is down delays nothing else.
import type { Database, Db } from '../db/database.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { SmsNotice } from '../delivery/message.ts';
import type { TopicHandler, Topics } from '../queue/outbox-worker.ts';
import { type MessageRecord, readMessage } from './inbox.store.ts';
import type { Language, MessageText } from './kind.ts';
import { KINDS, type KindName } from './kinds.ts';
import { TOPIC_OF } from './notify.ts';
import { preferenceOf } from './preferences.ts';

export interface Contacts {
  /** Undefined for an account that is not in use any more. */
  phoneOf(accountId: string): Promise<string | undefined>;
  /** Undefined where none was given. */
  emailOf(accountId: string): Promise<string | undefined>;
  organisationNameOf(organisationId: string): Promise<string>;
}

export interface DeliverParts {
  db: Database;
  delivery: Delivery;
  contacts: Contacts;
  publicUrl(): string;
}

interface Sending {
  message: MessageRecord;
  language: Language;
  text: MessageText;
  phone: string;
}

export function deliveryTopics(parts: DeliverParts): Topics {
  return {
    [TOPIC_OF.sms]: sending(parts, ({ message: { kind, data }, language, phone }) =>
      parts.delivery.sms({ phone, kind, language, texts: smsTextsOf(kind, data) }),
    ),
    [TOPIC_OF.mail]: sending(parts, async ({ message, language, text }) => {
      const to = await parts.contacts.emailOf(message.accountId);
      if (to === undefined) return;
      const link = parts.publicUrl() + linkOf(message);
      const party = await partyIn(parts.contacts, message, language);
      const lines = [...party, text.body, '', link, '', ENDING[language]];
      await parts.delivery.mail({ id: message.id, to, language, subject: text.title, text: lines.join('\n') });
    }),
  };
}

function smsTextsOf(kind: KindName, data: unknown): SmsNotice['texts'] {
  const textIn = (language: Language) => {
    const { sms } = KINDS[kind].textOf(language, data);
    if (!sms) throw new RangeError(`${kind} has no words for a text message`);
    return sms;
  };
  return { zh: textIn('zh'), en: textIn('en') };
}

/** Names the party that the page belongs to: a session that acts for another one is told so there. */
function linkOf({ kind, subjectId, data, organisationId }: MessageRecord): string {
  const { isOfParty, pathOf } = KINDS[kind];
  const link = pathOf(subjectId, data);
  return isOfParty ? `${link}?party=${organisationId ?? 'self'}` : link;
}

const ENDING: Readonly<Record<Language, string>> = {
  zh: '这封邮件由系统发出，请勿回复。您可以在会员中心的“消息”中选择接收哪些邮件。',
  en: 'This mail was sent automatically; please do not reply. Choose which mails you get under Messages in the member centre.',
};

/** For whom the member has to act when they open the link. */
async function partyIn(
  { organisationNameOf }: Contacts,
  { organisationId }: MessageRecord,
  language: Language,
): Promise<string[]> {
  if (organisationId === null) return [];
  const name = await organisationNameOf(organisationId);
  return language === 'zh' ? [`单位：${name}`, ''] : [`Organisation: ${name}`, ''];
}

/** News of so long ago misleads; the inbox keeps it. */
const GIVE_UP_MS = 5 * 86_400_000;

/** Sends nothing when the message or its account is gone, or the account has left the organisation since. */
function sending({ db, contacts }: DeliverParts, send: (sending: Sending) => Promise<void>): TopicHandler {
  return async ({ messageId }) => {
    const message = await readMessage(db.prisma, String(messageId));
    if (!message || Date.now() - message.createdAt.getTime() > GIVE_UP_MS) return;
    if (!(await isStillReader(db.prisma, message))) return;
    const phone = await contacts.phoneOf(message.accountId);
    if (!phone) return;
    const { language } = await preferenceOf(db.prisma, message.accountId);
    await send({ message, language, text: KINDS[message.kind].textOf(language, message.data), phone });
  };
}

async function isStillReader(db: Db, { accountId, organisationId }: MessageRecord): Promise<boolean> {
  if (organisationId === null) return true;
  const where = { accountId, organisationId, removedAt: null };
  return (await db.organisationMember.count({ where })) > 0;
}
