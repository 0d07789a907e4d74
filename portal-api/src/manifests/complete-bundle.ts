// SPDX-License-Identifier: Apache-2.0
// The whole proof of a finished order or event: the ledger's bundle with our manifest and sections in it, verified as a
// stranger would. What does not hold is never handed on.
import { type Bundle, encodeBundle, parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import type { Logger } from 'pino';
import { DomainError } from '../errors.ts';
import { type RecordKey, recordKindOf } from '../orders/index.ts';
import { NotYet } from '../queue/outbox-worker.ts';
import type { EntryParts } from './entries.ts';
import { findManifest, sectionsOfManifest } from './manifests.store.ts';

export interface CompletedBundle {
  number: string;
  bundle: Bundle;
}

interface EntryKey {
  order: RecordKey;
  round: number;
}

/** Throws `NotYet` while the entry is not final. */
export async function numberOfEntry({ db }: Pick<EntryParts, 'db'>, { order, round }: EntryKey): Promise<string> {
  const stored = await findManifest(db.prisma, { order, round, purpose: recordKindOf(order) });
  if (!stored?.number) throw new NotYet('the entry is not final');
  return stored.number;
}

/** Throws `NotYet` while the entry is not final, and raises an alert when the proof does not hold. */
export async function completedBundle(
  { db, vault, ledger, logger }: Pick<EntryParts, 'db' | 'vault' | 'ledger'> & { logger: Logger },
  { order, round }: EntryKey,
): Promise<CompletedBundle> {
  const stored = await findManifest(db.prisma, { order, round, purpose: recordKindOf(order) });
  const proof = stored?.number ? await ledger.proof(stored.number) : undefined;
  if (!stored?.number || !proof) throw new NotYet('the entry is not final');
  const sections = await sectionsOfManifest(db.prisma, vault, stored.id);
  const bundle: Bundle = { ...parseBundle(proof), manifest: stored.manifest, sections };
  const trust = parseTrustFile(await ledger.trust());
  const report = await verifyBundle(encodeBundle(bundle), { trust });
  // Offline, an embedded chain is consistent at best: nobody seals its blocks.
  const isOurs = bundle.statement.number === stored.number && bundle.statement.sha256 === stored.sha256;
  if (report.verdict !== 'not-verified' && isOurs) return { number: stored.number, bundle };
  const failed = report.checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  logger.error({ alert: 'proof', ...order, round, failed }, 'a proof does not hold; it is not handed on');
  throw new DomainError('internal', { reason: 'proof-not-consistent' });
}
