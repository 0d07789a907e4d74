// SPDX-License-Identifier: Apache-2.0
// The public look-up: what anybody may learn of a number, and what the holder of its code may. Our own certificates are
// answered from our tables; other numbers of the registry, and every fresh status, from the ledger.
import { parseBundle } from '@inkseal/verifier';
import { type Certificates, publicRecordOf, revocationIn } from '../certificates/index.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import type { PublicObjection } from '../objections/index.ts';
import type { PublicStep } from '../rights-events/index.ts';
import type { ShareLinks } from '../share-links/index.ts';
import { findDocumentNumber, findNumber, findRegistrationNumber, isRightsEvent } from './find-numbers.ts';
import type { FreshProofs } from './fresh-proofs.ts';
import { isDocumentNumber, type LookupAnswer } from './lookup.schema.ts';
import { registrationNumberIn } from './registration-number.ts';

const LARGEST_ISSUED = 2n ** 63n - 1n;

export interface LookupParts {
  db: Database;
  ledger: LedgerClient;
  proofs: FreshProofs;
  certificates: Pick<Certificates, 'publicBundle' | 'unlock' | 'open'>;
  shareLinks: Pick<ShareLinks, 'open'>;
  rightsHistoryOf(db: Db, number: string): Promise<PublicStep[]>;
  objectionsTo(db: Db, number: string): Promise<PublicObjection[]>;
}

export type StatusSource = 'ledger' | 'stored';

/** Throws `number-not-found`, or `number-burned` for one whose entry the ledger has lost. */
export async function lookUp(parts: LookupParts, number: string): Promise<LookupAnswer> {
  const found = await findAny(parts, number);
  if (!found) throw new DomainError((await isBurned(parts, number)) ? 'number-burned' : 'number-not-found');
  const objections = found.number === null ? [] : await parts.objectionsTo(parts.db.prisma, found.number);
  return objections.length === 0 ? found : { ...found, objections };
}

async function isBurned({ ledger }: LookupParts, number: string): Promise<boolean> {
  if (isDocumentNumber(number) || registrationNumberIn(number) || BigInt(number) > LARGEST_ISSUED) return false;
  return ledger.isBurned(number);
}

function findAny(parts: LookupParts, number: string): Promise<LookupAnswer | undefined> {
  const db = parts.db.prisma;
  if (isDocumentNumber(number)) return findDocumentNumber(db, number);
  if (registrationNumberIn(number)) return findRegistrationNumber(db, number);
  return findNumber(db, number).then((found) => found ?? askLedger(parts, number));
}

/** The proof without manifest and sections. While the ledger is unreachable: ours, with the status as of its issue. */
export async function bundleOf(
  { proofs, certificates }: LookupParts,
  number: string,
): Promise<{ bytes: Uint8Array; source: StatusSource }> {
  if (BigInt(number) > LARGEST_ISSUED) throw new DomainError('number-not-found');
  const fresh = await proofs.proof(number).catch(async (error) => {
    const stored = await certificates.publicBundle(number);
    if (!stored) throw error;
    return { stored };
  });
  if (fresh && 'stored' in fresh) return { bytes: fresh.stored, source: 'stored' };
  if (fresh) return { bytes: fresh, source: 'ledger' };
  // The ledger may have lost what our certificate has.
  const stored = await certificates.publicBundle(number);
  if (!stored) throw new DomainError('number-not-found');
  return { bytes: stored, source: 'stored' };
}

/** Throws `lookup-code-invalid` for a wrong code as for a number that has none. */
export async function unlock(parts: LookupParts, { number, code }: { number: string; code: string }) {
  const opened = await parts.certificates.unlock(number, code, freshStatus(parts));
  if (!opened) throw new DomainError('lookup-code-invalid');
  return withContent(parts, number, opened);
}

/** Counts the opening first. Throws a `share-link-…` code for a token that opens nothing. */
export async function openShared(parts: LookupParts, token: string) {
  const order = await parts.shareLinks.open(token);
  const opened = await parts.certificates.open(order, freshStatus(parts));
  if (!opened) throw new DomainError('share-link-unknown');
  const { number, ...content } = opened;
  return withContent(parts, number, content);
}

const freshStatus =
  ({ proofs }: LookupParts) =>
  async (number: string) => {
    const fresh = await proofs.proof(number);
    return fresh && parseBundle(fresh).status;
  };

async function withContent<Content extends object>(parts: LookupParts, number: string, content: Content) {
  const rightsHistory = await parts.rightsHistoryOf(parts.db.prisma, number);
  return { ...(await lookUp(parts, number)), ...content, rightsHistory };
}

/** Throws `state-conflict` when there is no absence to prove. */
export async function absenceOf({ ledger }: LookupParts, number: string): Promise<Uint8Array> {
  const proof = await ledger.absence(number);
  if (!proof) throw new DomainError('state-conflict', { reason: 'number-issued' });
  return proof;
}

async function askLedger({ db, ledger, proofs }: LookupParts, number: string): Promise<LookupAnswer | undefined> {
  if (BigInt(number) > LARGEST_ISSUED) return undefined;
  const entry = await ledger.entry(number);
  if (!entry) return undefined;
  const isFinal = entry.state === 'final' || entry.state === 'revoked';
  const proof = isFinal ? await proofs.proof(number) : undefined;
  const bundle = proof && parseBundle(proof);
  const revocation = bundle ? revocationIn(bundle) : null;
  return {
    typed: 'certificate-number',
    number,
    kind: kindOf(entry.kind),
    registration: null,
    ...(entry.kind === 'submission' && (await isRightsEvent(db.prisma, number)) && { isRightsEvent: true }),
    status: revocation ? 'revoked' : bundle ? 'final' : 'pending',
    state: revocation ? 'revoked' : entry.state,
    receivedAt: entry.receivedAt,
    manifestSha256: entry.sha256,
    registry: null,
    anchor: null,
    ...(bundle && publicRecordOf(bundle)),
    revocation,
    erasedAt: null,
  };
}

function kindOf(kind: string): LookupAnswer['kind'] {
  const known = (['attestation', 'registration', 'submission', 'audit-head'] as const).find((each) => each === kind);
  if (!known) throw new DomainError('internal', { reason: 'unknown-kind' });
  return known;
}
