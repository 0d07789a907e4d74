// SPDX-License-Identifier: Apache-2.0
// What people do with their accounts: ask for a code, register, log in, set a new password.
import type { Database } from '../db/database.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Device } from '../http/device.ts';
import type { Account, AccountStore } from './accounts.store.ts';
import type { KnownLogins } from './known-logins.ts';
import type { LoginFailures } from './login-failures.ts';
import { type LoginLock, loginLocked } from './login-lock.ts';
import { hashPassword, passwordFault, verifyPassword } from './password.ts';
import type { ReferrerTries } from './referrer-tries.ts';
import type { CodeRequest, SmsCodes } from './sms-codes.ts';

export interface Registration {
  phone: string;
  code: string;
  password: string;
  referrerPhone?: string | undefined;
  /** As `senderKey` counts it. */
  address: string;
}

export interface Credentials {
  phone: string;
  password: string;
  /** As `senderKey` counts it. */
  address: string;
  device: Device;
}

export interface PasswordReset {
  phone: string;
  code: string;
  password: string;
}

export interface Accounts {
  requestCode(request: CodeRequest): Promise<void>;
  register(registration: Registration): Promise<{ userNumber: string }>;
  logIn(credentials: Credentials): Promise<Account>;
  resetPassword(reset: PasswordReset): Promise<void>;
  /** Whether the code of a form that is refused anyway is right. */
  isCodeRight: SmsCodes['isRight'];
}

export interface AccountParts {
  db: Database;
  store: AccountStore;
  smsCodes: SmsCodes;
  loginLock: LoginLock;
  loginFailures: LoginFailures;
  referrerTries: ReferrerTries;
  knownLogins: KnownLogins;
}

export function createAccounts(parts: AccountParts): Accounts {
  return {
    requestCode: (request) => requestCode(parts, request),
    register: (registration) => register(parts, registration),
    logIn: (credentials) => logIn(parts, credentials),
    resetPassword: (reset) => resetPassword(parts, reset),
    isCodeRight: (request) => parts.smsCodes.isRight(request),
  };
}

async function requestCode({ store, smsCodes }: AccountParts, request: CodeRequest): Promise<void> {
  const account = await store.findByPhone(request.phone);
  // Someone who registers twice gets a code, and the form says so afterwards: only the owner of the telephone learns it.
  const isDeliverable = request.purpose === 'REGISTER' || account !== undefined;
  await smsCodes.issue({ ...request, isDeliverable });
}

async function register(
  parts: AccountParts,
  { phone, code, password, referrerPhone, address }: Registration,
): Promise<{ userNumber: string }> {
  const { db, store, smsCodes } = parts;
  refusePassword(password, { phone });
  const codeId = await smsCodes.attempt({ phone, purpose: 'REGISTER', code });
  // Only now, with a right code: the form must not answer which telephones have an account.
  if (await store.findByPhone(phone)) throw new DomainError('phone-registered');
  const referrer =
    referrerPhone === undefined ? undefined : await findReferrer(parts, referrerPhone, { phone, address });
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    await smsCodes.use(tx, codeId);
    const { id, userNumber } = await store.insert(tx, { phone, passwordHash, referrerId: referrer?.id });
    tx.record({ actor: `account:${id}`, action: 'account.register', subject: `account:${id}` });
    return { userNumber };
  });
}

async function findReferrer(
  { store, referrerTries }: AccountParts,
  referrerPhone: string,
  by: { phone: string; address: string },
): Promise<Account> {
  await referrerTries.take(by);
  const referrer = await store.findByPhone(referrerPhone);
  if (referrer?.state === 'ACTIVE') return referrer;
  throw new DomainError('invalid-request', {}, { errors: [{ field: 'referrerPhone', code: 'not-found' }] });
}

async function logIn(
  { db, store, loginLock, loginFailures, knownLogins }: AccountParts,
  { phone, password, address, device }: Credentials,
): Promise<Account> {
  const { found: account, isLast } = await loginLock.attempt(phone, () =>
    findByCredentials(store, { phone, password }),
  );
  if (!account) {
    await loginFailures.count({ phone, address, isLocked: isLast });
    throw isLast ? loginLocked() : new DomainError('credentials-invalid');
  }
  await db.transaction(async (tx) => {
    await loginLock.clear(tx, phone);
    await knownLogins.note(tx, { accountId: account.id, device });
    tx.record({ actor: `account:${account.id}`, action: 'account.login', subject: `account:${account.id}` });
  });
  return account;
}

async function findByCredentials(
  store: AccountStore,
  { phone, password }: Pick<Credentials, 'phone' | 'password'>,
): Promise<Account | undefined> {
  const account = await store.findByPhone(phone);
  // Also without an account, so that the time of the answer tells nothing.
  const isRight = await verifyPassword(password, account?.passwordHash);
  if (!account || !isRight) return undefined;
  if (account.state !== 'ACTIVE') throw new DomainError('account-disabled');
  return account;
}

async function resetPassword(
  { db, store, smsCodes, loginLock }: AccountParts,
  { phone, code, password }: PasswordReset,
): Promise<void> {
  refusePassword(password, { phone });
  const codeId = await smsCodes.attempt({ phone, purpose: 'RESET_PASSWORD', code });
  const account = await store.findByPhone(phone);
  if (account?.state !== 'ACTIVE') throw new DomainError('account-disabled');
  refusePassword(password, { phone, isStaff: account.isStaff });
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await smsCodes.use(tx, codeId);
    await store.setPassword(tx, account.id, passwordHash);
    await loginLock.clear(tx, phone);
    const subject = `account:${account.id}`;
    tx.record({ actor: subject, action: 'account.reset-password', subject });
  });
}

function refusePassword(password: string, context: { phone: string; isStaff?: boolean }): void {
  const fault = passwordFault(password, context);
  if (fault) refuseFields([{ field: 'password', code: fault }]);
}
