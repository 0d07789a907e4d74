// SPDX-License-Identifier: Apache-2.0
// The second step of a staff log-in: a code of an authenticator, or a recovery code. A try is counted before the code is
// looked at, so parallel guesses do not get more of them; a code that was used once is worth nothing.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { replaceRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';
import { enrolmentUri, newSecret, stepOfCode } from './totp.ts';

/** As for passwords: five tries, then 15 minutes of waiting. */
const MAX_TRIES = 5;
const LOCK_SECONDS = 15 * 60;
const ONE_TIME_CODE = /^\d{6}$/;

export interface SecondStep {
  /** A secret that counts once `confirm` has seen a code of it. Until then an older one stays good. */
  enrol(accountId: string): Promise<{ secret: string; uri: string }>;
  /** Answers the recovery codes. Throws `second-step-wrong`, `second-step-locked`, `second-step-not-enrolled`. */
  confirm(accountId: string, code: string): Promise<{ recoveryCodes: string[] }>;
  /** Throws the same. */
  pass(accountId: string, code: string): Promise<void>;
}

export function createSecondStep(db: Database, vault: Vault): SecondStep {
  const parts = { db, vault };
  return {
    enrol: (accountId) => enrol(parts, accountId),
    confirm: (accountId, code) => confirm(parts, accountId, code),
    pass: (accountId, code) => pass(parts, accountId, code),
  };
}

/** Nobody passes with what was enrolled before; the next log-in enrols again. */
export async function forgetSecondStep(tx: Transaction, accountId: string): Promise<boolean> {
  await tx.prisma.recoveryCode.deleteMany({ where: { accountId } });
  const { count } = await tx.prisma.accountTotp.deleteMany({ where: { accountId } });
  return count === 1;
}

export const secretContext = (accountId: string) => `account_totp:${accountId}:secret`;

interface Parts {
  db: Database;
  vault: Vault;
}

async function enrol({ db, vault }: Parts, accountId: string) {
  const secret = newSecret();
  const pendingCipher = vault.encrypt(secret, secretContext(accountId));
  const { account } = await db.prisma.accountTotp.upsert({
    where: { accountId },
    create: { accountId, pendingCipher },
    update: { pendingCipher },
    select: { account: { select: { userNumber: true } } },
  });
  return { secret, uri: enrolmentUri(secret, `ID${account.userNumber}`) };
}

async function confirm({ db, vault }: Parts, accountId: string, code: string) {
  const { pendingCipher } = await countTry(db, accountId);
  if (!pendingCipher) throw new DomainError('second-step-not-enrolled');
  const secret = vault.decryptText(pendingCipher, secretContext(accountId));
  const lastStep = stepOfCode(secret, code, new Date());
  if (lastStep === undefined) return refuse(db, accountId, 'enrolment');
  return db.transaction(async (tx) => {
    // Guarded by the secret that the code belongs to: another window may have asked for a newer one.
    const { count } = await tx.prisma.accountTotp.updateMany({
      where: { accountId, pendingCipher },
      data: { secretCipher: pendingCipher, pendingCipher: null, confirmedAt: new Date(), lastStep, tries: 0 },
    });
    if (count !== 1) throw new DomainError('second-step-wrong');
    tx.record({ ...by(accountId), action: 'second-step.enrol' });
    return { recoveryCodes: await replaceRecoveryCodes(tx, vault, accountId) };
  });
}

async function pass(parts: Parts, accountId: string, code: string): Promise<void> {
  const { db, vault } = parts;
  const { secretCipher } = await countTry(db, accountId);
  if (!secretCipher) throw new DomainError('second-step-not-enrolled');
  const isPassed = await db.transaction(async (tx) => {
    const kind = ONE_TIME_CODE.test(code) ? 'code' : 'recovery-code';
    const isRight =
      kind === 'code'
        ? await useStep(tx.prisma, accountId, stepOfCode(secretOf(vault, accountId, secretCipher), code, new Date()))
        : await useRecoveryCode(tx, vault, { accountId, code });
    if (!isRight) return false;
    await tx.prisma.accountTotp.updateMany({ where: { accountId }, data: { tries: 0 } });
    tx.record({ ...by(accountId), action: 'second-step.pass', detail: { kind } });
    return true;
  });
  if (!isPassed) await refuse(db, accountId, 'log-in');
}

const secretOf = (vault: Vault, accountId: string, cipher: Uint8Array) =>
  vault.decryptText(cipher, secretContext(accountId));

/** False for a step that was used before, or one before that: somebody may have looked over a shoulder. */
async function useStep(db: Db, accountId: string, step: number | undefined): Promise<boolean> {
  if (step === undefined) return false;
  const where = { accountId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] };
  const { count } = await db.accountTotp.updateMany({ where, data: { lastStep: step } });
  return count === 1;
}

/** Each try begins the time again. */
async function countTry({ prisma }: Database, accountId: string) {
  const now = new Date();
  await prisma.accountTotp.updateMany({ where: { accountId, triesEndAt: { lte: now } }, data: { tries: 0 } });
  const [row] = await prisma.accountTotp.updateManyAndReturn({
    where: { accountId, tries: { lt: MAX_TRIES } },
    data: { tries: { increment: 1 }, triesEndAt: new Date(now.getTime() + LOCK_SECONDS * 1_000) },
  });
  if (row) return row;
  const isEnrolled = (await prisma.accountTotp.count({ where: { accountId } })) > 0;
  throw isEnrolled ? locked() : new DomainError('second-step-not-enrolled');
}

/** The audit log has each wrong code: there are at most five in 15 minutes, each behind a right password. */
async function refuse(db: Database, accountId: string, during: string): Promise<never> {
  await db.transaction(async (tx) => {
    tx.record({ ...by(accountId), action: 'second-step.fail', detail: { during } });
  });
  const row = await db.prisma.accountTotp.findUnique({ where: { accountId }, select: { tries: true } });
  if (row && row.tries >= MAX_TRIES) throw locked();
  throw new DomainError('second-step-wrong', {}, { errors: [{ field: 'code', code: 'mismatch' }] });
}

const locked = () => new DomainError('second-step-locked', {}, { retryAfter: LOCK_SECONDS });

const by = (accountId: string) => ({ actor: `account:${accountId}`, subject: `account:${accountId}` });
