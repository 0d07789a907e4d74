// SPDX-License-Identifier: Apache-2.0
// A member moves to another telephone: a code sent to the new one, and a code sent to the old one or the password. Whoever
// found an open page has neither. All other sessions end.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { sms } from '../delivery/sms-text.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { notify } from '../notifications/index.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import type { AccountStore } from './accounts.store.ts';
import type { LoginLock } from './login-lock.ts';
import type { ProvePassword } from './password-proof.ts';
import type { SessionList } from './session-list.ts';
import type { CodeRequest, SmsCodes } from './sms-codes.ts';

export interface PhoneChangeRequest {
  accountId: string;
  /** The id in the cookie. */
  session: string;
  phone: string;
  code: string;
  proof: { currentCode: string } | { password: string };
}

export interface PhoneChange {
  /** To the telephone of now, or to the new one. */
  requestCode(
    request: Pick<CodeRequest, 'address' | 'captcha'> & { accountId: string; phone?: string | undefined },
  ): Promise<void>;
  /** Answers the epoch of the session that stays. */
  change(request: PhoneChangeRequest): Promise<number>;
}

export interface PhoneChangeParts {
  db: Database;
  vault: Vault;
  store: AccountStore;
  smsCodes: SmsCodes;
  loginLock: LoginLock;
  provePassword: ProvePassword;
  sessions: SessionList;
}

export const OLD_PHONE_TOPIC = 'old-phone-notice';

const PURPOSE = { purpose: 'CHANGE_PHONE' } as const;

export function createPhoneChange(parts: PhoneChangeParts): PhoneChange {
  const { store, smsCodes } = parts;
  return {
    async requestCode({ accountId, phone, ...sender }) {
      const current = await currentPhone(store, accountId);
      if (phone === current) refuseFields([{ field: 'phone', code: 'duplicate' }]);
      // A telephone that has an account gets a code too: only its owner may learn that it has one.
      await smsCodes.issue({ ...PURPOSE, ...sender, phone: phone ?? current, isDeliverable: true });
    },
    change: (request) => changePhone(parts, request),
  };
}

async function changePhone(
  { db, vault, store, smsCodes, loginLock, provePassword, sessions }: PhoneChangeParts,
  { accountId, session, phone, code, proof }: PhoneChangeRequest,
): Promise<number> {
  const current = await currentPhone(store, accountId);
  if (phone === current) refuseFields([{ field: 'phone', code: 'duplicate' }]);
  const proven =
    'password' in proof
      ? await provePassword(accountId, proof.password).then(() => undefined)
      : await attempt(smsCodes, { phone: current, code: proof.currentCode }, 'currentCode');
  const codeId = await attempt(smsCodes, { phone, code }, 'code');
  // Only now, with a right code: the form must not answer which telephones have an account.
  if (await store.findByPhone(phone)) throw new DomainError('phone-registered');
  return db.transaction(async (tx) => {
    for (const id of [codeId, ...(proven === undefined ? [] : [proven])]) await smsCodes.use(tx, id);
    await store.setPhone(tx, accountId, phone);
    await loginLock.clear(tx, current);
    const subject = `account:${accountId}`;
    tx.record({ actor: subject, action: 'account.change-phone', subject });
    const noticeId = newId();
    await notify(tx, { to: { accountId }, kind: 'phone-changed', subject: `phone-change:${noticeId}`, data: {} });
    const message = vault.encrypt(current, noticeContext(noticeId));
    tx.enqueue(OLD_PHONE_TOPIC, { id: noticeId, message: message.toString('base64') });
    return sessions.endOthers(tx, accountId, session);
  });
}

async function currentPhone(store: AccountStore, accountId: string): Promise<string> {
  const phone = await store.phoneOf(accountId);
  if (phone === undefined) throw new DomainError('unauthenticated');
  return phone;
}

/** The old telephone hears of it too: its owner may not be the one who changed it. */
export function oldPhoneTopic(vault: Vault, send: Delivery['sms']): TopicHandler {
  return async ({ id, message }) => {
    const phone = vault.decryptText(Buffer.from(String(message), 'base64'), noticeContext(String(id)));
    await send({ phone, kind: OLD_PHONE_TOPIC, language: 'zh', texts: { zh: OLD_PHONE_TEXT } });
  };
}

const noticeContext = (id: string) => `phone_change:${id}:phone`;

/** Nobody knows any more which language its owner reads. */
export const OLD_PHONE_TEXT = sms`您的账号已改绑其他手机号码，本号码不再用于登录。如非本人操作，请立即联系客服。`;

/** The id of the code, for `use`; a wrong one is named at its own field. */
async function attempt(smsCodes: SmsCodes, sent: { phone: string; code: string }, field: string): Promise<string> {
  try {
    return await smsCodes.attempt({ ...PURPOSE, ...sent });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'sms-code-invalid') throw error;
    throw new DomainError('sms-code-invalid', {}, { errors: [{ field, code: 'mismatch' }] });
  }
}
