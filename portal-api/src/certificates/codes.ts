// SPDX-License-Identifier: Apache-2.0
// The two codes of a certificate. The long one stands in the QR and cannot be guessed: a plain digest of it is stored.
// The short one is printed for typing: its digest is keyed, and tries are counted per number.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';

/** Without 0 1 I L O U: nothing that is taken for another sign on paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const TYPED_LENGTH = 10;
const LONG_BYTES = 16;
const LONG_FORM = /^[A-Za-z0-9_-]{22}$/;

export interface LookupCodes {
  lookup: string;
  typed: string;
}

export function newCodes(): LookupCodes {
  const signs = Array.from({ length: TYPED_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return { lookup: randomBytes(LONG_BYTES).toString('base64url'), typed: signs.join('') };
}

export function lookupDigest(code: string): NonSharedBuffer {
  return createHash('sha256').update(code).digest();
}

export function typedDigest(vault: Vault, code: string): NonSharedBuffer {
  return vault.blindIndex('typed look-up code', code);
}

/** Which code somebody sent, cleaned already: what has the form of the long one is never counted as a try of the short one. */
export function readCode(text: string): { kind: keyof LookupCodes; code: string } {
  if (LONG_FORM.test(text)) return { kind: 'lookup', code: text };
  return { kind: 'typed', code: text.replaceAll('-', '').toUpperCase() };
}
