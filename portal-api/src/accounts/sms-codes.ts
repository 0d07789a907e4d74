// SPDX-License-Identifier: Apache-2.0
// Codes by text message: six digits, five minutes, five tries, used once, one live code per telephone and purpose.
// The answer is the same whether or not the telephone has an account, and so is the time it takes: the message is
// sent by the outbox.
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import { type SendSms, SMS_PURPOSES, type SmsPurpose } from './sms-driver.ts';

export const CODE_TTL_SECONDS = 5 * 60;
export const RESEND_SECONDS = 60;
export const MAX_TRIES = 5;
const CODE_DIGITS = 6;
const HOUR_SECONDS = 3_600;
/** The message services themselves allow no more per telephone. */
const PER_PHONE_HOUR = 5;
const PER_PHONE_DAY = 10;
const PER_ADDRESS_HOUR = 20;

export const SMS_TOPIC = 'sms';

export interface SmsCodes {
  /** `address`: as `senderKey` counts it. */
  issue(request: { phone: string; purpose: SmsPurpose; address: string; isDeliverable: boolean }): Promise<void>;
  /** Counts the try at once, whatever comes of the request, and answers the id of the code for `use`. */
  attempt(request: { phone: string; purpose: SmsPurpose; code: string }): Promise<string>;
  /** For a form that is refused anyway: a wrong code counts as a try, a right one stays as good as it was. */
  isRight(request: { phone: string; purpose: SmsPurpose; code: string }): Promise<boolean>;
  /** Uses the code up in the transaction that it pays for. */
  use(tx: Transaction, codeId: string): Promise<void>;
}

export interface SmsCodeOptions {
  db: Database;
  vault: Vault;
  /** Multiplies the budget per address. */
  addressScale?: number;
}

export function createSmsCodes({ db, vault, addressScale = 1 }: SmsCodeOptions): SmsCodes {
  const hmacKey = vault.derive('sms code');
  const hmac = (id: string, digits: string) => createHmac('sha256', hmacKey).update(`${id}\0${digits}`).digest();

  const attempt: SmsCodes['attempt'] = async ({ phone, purpose, code }) => {
    const [found] = await db.query<{ id: string; code_hmac: Buffer }>(
      `UPDATE sms_code SET tries = tries + 1
        WHERE phone_index = $1 AND purpose = $2 AND ${LIVE} AND expires_at > now() AND tries < $3
        RETURNING id, code_hmac`,
      [vault.blindIndex('phone', phone), purpose, MAX_TRIES],
    );
    if (!found || !timingSafeEqual(found.code_hmac, hmac(found.id, code))) throw codeInvalid();
    return found.id;
  };

  return {
    attempt,
    async isRight(request) {
      try {
        await db.query('UPDATE sms_code SET tries = tries - 1 WHERE id = $1', [await attempt(request)]);
        return true;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'sms-code-invalid') return false;
        throw error;
      }
    },

    issue: ({ phone, purpose, address, isDeliverable }) =>
      db.transaction(async (tx) => {
        const phoneIndex = vault.blindIndex('phone', phone);
        const addressIndex = vault.blindIndex('address', address);
        await lockBudgets(tx, phoneIndex, addressIndex);
        await refuseOverBudget(tx, { phoneIndex, addressIndex, perAddress: PER_ADDRESS_HOUR * addressScale });
        await tx.query(`UPDATE sms_code SET voided_at = now() WHERE phone_index = $1 AND purpose = $2 AND ${LIVE}`, [
          phoneIndex,
          purpose,
        ]);
        const id = newId();
        const digits = randomInt(10 ** CODE_DIGITS)
          .toString()
          .padStart(CODE_DIGITS, '0');
        await tx.query(
          `INSERT INTO sms_code (id, phone_index, purpose, code_hmac, expires_at, address_index)
           VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5), $6)`,
          [id, phoneIndex, purpose, hmac(id, digits), CODE_TTL_SECONDS, addressIndex],
        );
        if (!isDeliverable) return;
        const message = vault.seal(JSON.stringify({ phone, purpose, code: digits }), messageContext(id));
        tx.enqueue(SMS_TOPIC, { id, message: message.toString('base64') });
      }),

    async use(tx, codeId) {
      const used = await tx.query(`UPDATE sms_code SET used_at = now() WHERE id = $1 AND ${LIVE} RETURNING id`, [
        codeId,
      ]);
      if (used.length !== 1) throw codeInvalid();
    },
  };
}

/** Handler of the topic `sms`. A message that comes too late is dropped: its code is worth nothing any more. */
export function smsTopic(db: Database, vault: Vault, send: SendSms): TopicHandler {
  return async ({ id, message }) => {
    const [code] = await db.query(`SELECT id FROM sms_code WHERE id = $1 AND ${LIVE} AND expires_at > now()`, [id]);
    if (!code) return;
    const text = vault.openText(Buffer.from(String(message), 'base64'), messageContext(String(id)));
    await send(messageSchema.parse(JSON.parse(text)));
  };
}

const messageSchema = z.object({ phone: z.string(), purpose: z.enum(SMS_PURPOSES), code: z.string() });

const LIVE = 'used_at IS NULL AND voided_at IS NULL';

const messageContext = (id: string) => `sms_code:${id}:message`;

function codeInvalid(): DomainError {
  return new DomainError('sms-code-invalid', {}, { errors: [{ field: 'code', code: 'mismatch' }] });
}

/** Requests of one telephone or one address wait for each other, so that none slips past the counts. */
async function lockBudgets(tx: Transaction, phoneIndex: Buffer, addressIndex: Buffer): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [addressIndex.toString('hex')]);
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [phoneIndex.toString('hex')]);
}

async function refuseOverBudget(
  tx: Transaction,
  { phoneIndex, addressIndex, perAddress }: { phoneIndex: Buffer; addressIndex: Buffer; perAddress: number },
): Promise<void> {
  const [sent] = await tx.query<{ age: number | null; hour: number; day: number; address: number }>(
    `SELECT extract(epoch FROM now() - max(sent_at))::float8 AS age,
            (count(*) FILTER (WHERE sent_at > now() - interval '1 hour'))::int AS hour,
            count(*)::int AS day,
            (SELECT count(*)::int FROM sms_code WHERE address_index = $2 AND sent_at > now() - interval '1 hour') AS address
       FROM sms_code WHERE phone_index = $1 AND sent_at > now() - interval '1 day'`,
    [phoneIndex, addressIndex],
  );
  if (!sent) return;
  if (sent.age !== null && sent.age < RESEND_SECONDS) {
    throw new DomainError('sms-too-soon', {}, { retryAfter: RESEND_SECONDS - sent.age });
  }
  const isOver = sent.hour >= PER_PHONE_HOUR || sent.day >= PER_PHONE_DAY || sent.address >= perAddress;
  if (isOver) throw new DomainError('sms-limit-reached', {}, { retryAfter: HOUR_SECONDS });
}
