// SPDX-License-Identifier: Apache-2.0
// Codes by text message: six digits, five minutes, five tries, used once, one live code per telephone and purpose.
// The answer is the same whether or not the telephone has an account, and so is the time it takes: the message is
// sent by the outbox.
import type { NonSharedBuffer } from 'node:buffer';
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import { lockTextUntilCommit } from '../db/advisory-lock.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import type { SendSms } from '../delivery/message.ts';
import { DomainError } from '../errors.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import type { Captchas, SolvedCaptcha } from './captcha.ts';
import { SMS_PURPOSES, type SmsPurpose } from './sms-purposes.ts';

export const CODE_TTL_SECONDS = 5 * 60;
export const RESEND_SECONDS = 60;
export const MAX_TRIES = 5;
const CODE_DIGITS = 6;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
/** The message services themselves allow no more per telephone. */
const PER_PHONE_HOUR = 5;
const PER_PHONE_DAY = 10;
const PER_ADDRESS_HOUR = 20;
/** Codes of one address within an hour after which the next one costs a challenge. */
const CAPTCHA_PER_ADDRESS_HOUR = 10;

export const SMS_TOPIC = 'sms';

export interface CodeRequest {
  phone: string;
  purpose: SmsPurpose;
  /** As `senderKey` counts it. */
  address: string;
  captcha?: SolvedCaptcha | undefined;
}

export interface SmsCodes {
  issue(request: CodeRequest & { isDeliverable: boolean }): Promise<void>;
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
  captchas: Captchas;
  /** Codes to one telephone within a day after which the next one costs a challenge. */
  captchaAfter(db: Db): Promise<number>;
  /** Multiplies the budget per address. */
  addressScale?: number;
}

export function createSmsCodes({ db, vault, captchas, captchaAfter, addressScale = 1 }: SmsCodeOptions): SmsCodes {
  const hmacKey = vault.derive('sms code');
  const hmac = (id: string, digits: string) => createHmac('sha256', hmacKey).update(`${id}\0${digits}`).digest();

  const attempt: SmsCodes['attempt'] = async ({ phone, purpose, code }) => {
    const [found] = await db.prisma.smsCode.updateManyAndReturn({
      where: {
        phoneIndex: vault.blindIndex('phone', phone),
        purpose,
        ...LIVE,
        expiresAt: { gt: new Date() },
        tries: { lt: MAX_TRIES },
      },
      data: { tries: { increment: 1 } },
      select: { id: true, codeHmac: true },
    });
    if (!found || !timingSafeEqual(found.codeHmac, hmac(found.id, code))) throw codeInvalid();
    return found.id;
  };

  return {
    attempt,
    async isRight(request) {
      try {
        const id = await attempt(request);
        await db.prisma.smsCode.updateMany({ where: { id }, data: { tries: { decrement: 1 } } });
        return true;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'sms-code-invalid') return false;
        throw error;
      }
    },

    issue: ({ phone, purpose, address, captcha, isDeliverable }) =>
      db.transaction(async (tx) => {
        const phoneIndex = vault.blindIndex('phone', phone);
        const addressIndex = vault.blindIndex('address', address);
        await lockBudgets(tx, phoneIndex, addressIndex);
        await refuseOverBudget(tx, { phoneIndex, addressIndex, perAddress: PER_ADDRESS_HOUR * addressScale });
        const limits = { perPhone: await captchaAfter(tx.prisma), perAddress: CAPTCHA_PER_ADDRESS_HOUR * addressScale };
        if (await isCaptchaDue(tx, { phoneIndex, addressIndex, ...limits })) await captchas.spend(tx, captcha);
        const sentAt = new Date();
        await tx.prisma.smsCode.updateMany({ where: { phoneIndex, purpose, ...LIVE }, data: { voidedAt: sentAt } });
        const id = newId();
        const digits = randomInt(10 ** CODE_DIGITS)
          .toString()
          .padStart(CODE_DIGITS, '0');
        const expiresAt = new Date(sentAt.getTime() + CODE_TTL_SECONDS * 1_000);
        const data = { id, phoneIndex, purpose, codeHmac: hmac(id, digits), sentAt, expiresAt, addressIndex };
        await tx.prisma.smsCode.createMany({ data });
        if (!isDeliverable) return;
        const message = vault.encrypt(JSON.stringify({ phone, purpose, code: digits }), messageContext(id));
        tx.enqueue(SMS_TOPIC, { id, message: message.toString('base64') });
      }),

    async use(tx, codeId) {
      const where = { id: codeId, ...LIVE };
      const { count } = await tx.prisma.smsCode.updateMany({ where, data: { usedAt: new Date() } });
      if (count !== 1) throw codeInvalid();
    },
  };
}

/** Handler of the topic `sms`. A message that comes too late is dropped: its code is worth nothing any more. */
export function smsTopic(db: Database, vault: Vault, send: SendSms): TopicHandler {
  return async ({ id, message }) => {
    const where = { id: String(id), ...LIVE, expiresAt: { gt: new Date() } };
    if ((await db.prisma.smsCode.count({ where })) === 0) return;
    const text = vault.decryptText(Buffer.from(String(message), 'base64'), messageContext(String(id)));
    await send(messageSchema.parse(JSON.parse(text)));
  };
}

const messageSchema = z.object({ phone: z.string(), purpose: z.enum(SMS_PURPOSES), code: z.string() });

const LIVE = { usedAt: null, voidedAt: null };

const messageContext = (id: string) => `sms_code:${id}:message`;

function codeInvalid(): DomainError {
  return new DomainError('sms-code-invalid', {}, { errors: [{ field: 'code', code: 'mismatch' }] });
}

/** Requests of one telephone or one address wait for each other, so that none slips past the counts. */
async function lockBudgets({ prisma }: Transaction, phoneIndex: Buffer, addressIndex: Buffer): Promise<void> {
  await lockTextUntilCommit(prisma, 'smsAddress', addressIndex.toString('hex'));
  await lockTextUntilCommit(prisma, 'smsPhone', phoneIndex.toString('hex'));
}

async function refuseOverBudget(
  { prisma }: Transaction,
  {
    phoneIndex,
    addressIndex,
    perAddress,
  }: { phoneIndex: NonSharedBuffer; addressIndex: NonSharedBuffer; perAddress: number },
): Promise<void> {
  /** Until another one is within so many in so many seconds. */
  const wait = async (
    whose: { phoneIndex: NonSharedBuffer } | { addressIndex: NonSharedBuffer },
    most: number,
    within: number,
  ) => {
    const newestFirst = { where: whose, orderBy: { sentAt: 'desc' }, skip: most - 1 } as const;
    const counted = await prisma.smsCode.findFirst({ ...newestFirst, select: { sentAt: true } });
    return counted ? within - (Date.now() - counted.sentAt.getTime()) / 1_000 : 0;
  };
  const tooSoon = await wait({ phoneIndex }, 1, RESEND_SECONDS);
  if (tooSoon > 0) throw new DomainError('sms-too-soon', {}, { retryAfter: tooSoon });
  const retryAfter = Math.max(
    await wait({ phoneIndex }, PER_PHONE_HOUR, HOUR_SECONDS),
    await wait({ phoneIndex }, PER_PHONE_DAY, DAY_SECONDS),
    await wait({ addressIndex }, perAddress, HOUR_SECONDS),
  );
  if (retryAfter > 0) throw new DomainError('sms-limit-reached', {}, { retryAfter });
}

interface Counted {
  phoneIndex: NonSharedBuffer;
  addressIndex: NonSharedBuffer;
  perPhone: number;
  perAddress: number;
}

/** Whoever asks again and again may be a program that runs up the bill, or that fills a stranger's telephone. */
async function isCaptchaDue(
  { prisma }: Transaction,
  { phoneIndex, addressIndex, ...limits }: Counted,
): Promise<boolean> {
  const since = (seconds: number) => ({ gt: new Date(Date.now() - seconds * 1_000) });
  const toPhone = await prisma.smsCode.count({ where: { phoneIndex, sentAt: since(DAY_SECONDS) } });
  if (toPhone >= limits.perPhone) return true;
  const fromAddress = await prisma.smsCode.count({ where: { addressIndex, sentAt: since(HOUR_SECONDS) } });
  return fromAddress >= limits.perAddress;
}
