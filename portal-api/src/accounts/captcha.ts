// SPDX-License-Identifier: Apache-2.0
// A proof of work instead of a picture puzzle: it needs no foreign service and no good eyes. The browser of somebody who asks
// for many codes computes for about a second; a program that asks for thousands pays for each. Altcha's challenges are signed
// by us, so none is kept until it is used.
import { createHash } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { Vault } from '../crypto/vault.ts';
import type { Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';

const ALGORITHM = 'PBKDF2/SHA-256';
/** Rounds of one try. One key in 256 is a solution: half a million rounds, about a second of a telephone. */
const COST = 2_000;
const TTL_SECONDS = 10 * 60;

export const CAPTCHA_CODES = ['captcha-required', 'captcha-invalid'] as const;

const hex = z
  .string()
  .regex(/^[0-9a-f]{2,128}$/)
  .meta({ example: '0a1b' });

/** As Altcha has it, whose solver takes it as it is. */
export const captchaSchema = z
  .strictObject({
    parameters: z.strictObject({
      algorithm: z.literal(ALGORITHM),
      nonce: hex,
      salt: hex,
      cost: z.int().min(1).max(1_000_000),
      keyLength: z.int().min(16).max(64),
      keyPrefix: hex,
      expiresAt: z.int().min(0),
    }),
    signature: hex,
  })
  .meta({ id: 'Captcha' });

export const solvedCaptchaSchema = z
  .strictObject({
    challenge: captchaSchema,
    solution: z.strictObject({ counter: z.int().min(0).max(4_294_967_295), derivedKey: hex }),
  })
  .meta({ id: 'SolvedCaptcha' });

export type Captcha = z.output<typeof captchaSchema>;
export type SolvedCaptcha = z.output<typeof solvedCaptchaSchema>;

export interface Captchas {
  make(): Promise<Captcha>;
  /** Uses it up in the transaction that it pays for. Throws `captcha-required` and `captcha-invalid`. */
  spend(tx: Transaction, solved: SolvedCaptcha | undefined): Promise<void>;
}

export function createCaptchas(vault: Pick<Vault, 'derive'>): Captchas {
  const hmacSignatureSecret = vault.derive('captcha').toString('hex');
  return {
    async make() {
      const expiresAt = Math.floor(Date.now() / 1_000) + TTL_SECONDS;
      const options = { algorithm: ALGORITHM, cost: COST, deriveKey, hmacSignatureSecret, expiresAt };
      return captchaSchema.parse(await createChallenge(options));
    },

    async spend(tx, solved) {
      if (!solved) throw new DomainError('captcha-required');
      const { verified } = await verifySolution({ ...solved, deriveKey, hmacSignatureSecret });
      if (!verified) throw new DomainError('captcha-invalid');
      const { nonce, expiresAt } = solved.challenge.parameters;
      // By its signed nonce: one challenge has many solutions.
      const data = { digest: createHash('sha256').update(nonce).digest(), expiresAt: new Date(expiresAt * 1_000) };
      const { count } = await tx.prisma.captchaUse.createMany({ data, skipDuplicates: true });
      if (count === 0) throw new DomainError('captcha-invalid');
    },
  };
}
