// SPDX-License-Identifier: Apache-2.0
// What members of an organisation, and those whom it invites, are told.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { sms } from '../delivery/sms-text.ts';
import { notify } from '../notifications/index.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import { type InvitationNotice, invitedPhone } from './invitations.store.ts';
import type { OrganisationDecision } from './organisation-reviews.ts';

/** The payload is `{ invitationId }`. */
export const INVITATION_TOPIC = 'organisation-invitation';

/** Its managers learn how the review ended. */
export async function tellDecision(
  tx: Transaction,
  organisationId: string,
  { decision, version, reasons }: OrganisationDecision,
): Promise<void> {
  const about = { to: { organisationId }, subject: `organisation:${organisationId}`, round: version };
  if (decision === 'APPROVE') return notify(tx, { ...about, kind: 'organisation-verified', data: {} });
  const texts = reasons.map(({ text }) => text);
  return notify(tx, { ...about, kind: 'organisation-rejected', data: { reasons: texts } });
}

/** In the inbox of whoever has an account with the telephone, and by text message to the telephone itself. */
export async function tellInvitation(
  tx: Transaction,
  { id, organisationId, accountId, expiresAt }: InvitationNotice,
): Promise<void> {
  tx.enqueue(INVITATION_TOPIC, { invitationId: id });
  if (accountId === undefined) return;
  const data = { expiresAt: expiresAt.toISOString() };
  await notify(tx, {
    to: { accountId },
    organisationId,
    kind: 'organisation-invitation',
    subject: `invitation:${id}`,
    data,
  });
}

/** Handler of the topic. An invitation that was answered or taken back meanwhile is not sent. */
export function invitationTopic(
  { prisma }: Pick<Database, 'prisma'>,
  vault: Vault,
  send: Delivery['sms'],
): TopicHandler {
  return async ({ invitationId }) => {
    const id = String(invitationId);
    const where = { id, state: 'OPEN' as const, expiresAt: { gt: new Date() } };
    const row = await prisma.organisationInvitation.findFirst({ where, select: { phoneCipher: true } });
    if (!row) return;
    const phone = vault.decryptText(row.phoneCipher, invitedPhone(id));
    await send({ phone, kind: INVITATION_TOPIC, language: 'zh', texts: { zh: INVITATION_TEXT } });
  };
}

export const INVITATION_TEXT = sms`有单位邀请您成为其成员。请用本手机号登录（没有账号的先注册），在资料档案中接受或拒绝，7天内有效。`;
