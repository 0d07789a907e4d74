// SPDX-License-Identifier: Apache-2.0
// Opens a certificate's content to anyone with one of its codes. A number without certificate costs the same work and gets
// the same answer as a wrong code; tries of the short code are counted before they are looked at, so that parallel
// guesses gain nothing. When they are used up, the right short code fails like a wrong one, and the long one still opens.
import { timingSafeEqual } from 'node:crypto';
import { type Bundle, encodeBundle, parseBundle } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { PERSON_PREFIX } from '../parties/index.ts';
import { takeTry } from './certificates.sql.ts';
import { bundleOfCertificate, type CertificateRow, findByNumber, isIssued } from './certificates.store.ts';
import { lookupDigest, readCode, typedDigest } from './codes.ts';

/** Wrong short codes per number and day: one in 10^13 that a stranger is lucky. */
export const TYPED_TRIES = 20;
const NO_DIGEST = Buffer.alloc(32);
const LARGEST = 2n ** 63n - 1n;

export interface Unlocked {
  /** Exact text, with sections, but for those with full names. */
  bundle: string;
  statusSource: 'ledger' | 'stored';
  certificate: { documentNumber: string; issuedAt: string };
}

export type FreshStatus = (number: string) => Promise<Bundle['status']>;

interface UnlockParts {
  db: Db;
  vault: Vault;
}

export async function unlock(
  { db, vault }: UnlockParts,
  { number, text, freshStatus }: { number: string; text: string; freshStatus: FreshStatus },
): Promise<Unlocked | undefined> {
  const { kind, code } = readCode(text);
  const given = kind === 'lookup' ? lookupDigest(code) : typedDigest(vault, code);
  const key = BigInt(number) > LARGEST ? '0' : number;
  const expected = kind === 'lookup' ? await lookupDigestOf(db, key) : await takeTry(db, key, TYPED_TRIES);
  if (!timingSafeEqual(given, expected ?? NO_DIGEST) || !expected) return undefined;
  if (kind === 'typed') await giveTriesBack(db, key);
  return openCertificate({ db, vault }, await findByNumber(db, key), freshStatus);
}

/** What its code shows, for whoever was allowed to see that. Undefined for one that is not issued. */
export async function openCertificate(
  { db, vault }: UnlockParts,
  row: CertificateRow | undefined,
  freshStatus: FreshStatus,
): Promise<Unlocked | undefined> {
  if (!row?.issuedAt) return undefined;
  const bundle = withoutFullNames(parseBundle(await bundleOfCertificate(db, vault, row.id)));
  const status = await freshStatus(row.number).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'ledger-unavailable') return undefined;
    throw error;
  });
  const { documentNumber, issuedAt } = row;
  return {
    bundle: Buffer.from(encodeBundle(status ? { ...bundle, status } : bundle)).toString('utf8'),
    statusSource: status ? 'ledger' : 'stored',
    certificate: { documentNumber, issuedAt: issuedAt.toISOString() },
  };
}

/** Whoever has a code sees masked names; the certificate itself prints them in full. */
function withoutFullNames({ sections, ...bundle }: Bundle): Bundle {
  if (!sections) return bundle;
  return { ...bundle, sections: sections.filter(({ name }) => !name.startsWith(PERSON_PREFIX)) };
}

async function lookupDigestOf(db: Db, number: string): Promise<Uint8Array | undefined> {
  const row = await db.certificate.findFirst({ where: isIssued(number), select: { lookupCodeDigest: true } });
  return row?.lookupCodeDigest;
}

async function giveTriesBack(db: Db, number: string): Promise<void> {
  await db.certificate.updateMany({ where: isIssued(number), data: { typedTries: 0 } });
}
