// SPDX-License-Identifier: Apache-2.0
// What a password must be, and its hash: Argon2id, 19 MiB, two passes.
import { hash, verify } from '@node-rs/argon2';
import type { FieldCode } from '../errors.ts';
import { normalizePhone } from './phone.ts';

export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 128;

const HASHING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What is wrong with a new password, if anything; staff need three kinds of characters, others two. */
export function passwordFault(password: string, { phone, isStaff = false }: PasswordContext): FieldCode | undefined {
  if ([...password].length < MIN_PASSWORD) return 'too-short';
  if (password.length > MAX_PASSWORD) return 'too-long';
  const kinds = [/\p{L}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  if (kinds < (isStaff ? 3 : 2)) return 'too-weak';
  // The telephone with a separator or two has enough kinds of characters, and is still the first guess.
  const isPhone = normalizePhone(password).replace(/\D/g, '') === phone && password.length <= phone.length + 4;
  return isPhone ? 'too-weak' : undefined;
}

export interface PasswordContext {
  phone: string;
  isStaff?: boolean;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), HASHING);
}

/** Takes as long for an unknown account, so that the time does not tell which telephones have one. */
export async function verifyPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  stranger ??= hashPassword(crypto.randomUUID());
  const isRight = await verify(passwordHash ?? (await stranger), password.normalize('NFC'));
  return isRight && passwordHash !== undefined;
}

let stranger: Promise<string> | undefined;
