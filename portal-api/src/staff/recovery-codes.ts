// SPDX-License-Identifier: Apache-2.0
// For whoever has lost their authenticator: ten codes of 50 random bits, each good once. The database keeps keyed digests.
import { randomInt } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';

const COUNT = 10;
const LENGTH = 10;
/** Crockford's: nobody takes one for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Old codes end. Answers the new ones, which cannot be shown again. */
export async function replaceRecoveryCodes(tx: Transaction, vault: Vault, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await tx.prisma.recoveryCode.deleteMany({ where: { accountId } });
  await tx.prisma.recoveryCode.createMany({
    data: codes.map((code) => ({ accountId, digest: digestOf(vault, accountId, code) })),
  });
  return codes;
}

/** True once for each code. */
export async function useRecoveryCode(
  tx: Transaction,
  vault: Vault,
  { accountId, code }: { accountId: string; code: string },
): Promise<boolean> {
  const where = { accountId, digest: digestOf(vault, accountId, code), usedAt: null };
  const { count } = await tx.prisma.recoveryCode.updateMany({ where, data: { usedAt: new Date() } });
  return count === 1;
}

function newCode(): string {
  const signs = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
}

function digestOf(vault: Vault, accountId: string, code: string) {
  return vault.blindIndex('recovery-code', `${accountId}\0${code.toLowerCase().replaceAll('-', '')}`);
}
