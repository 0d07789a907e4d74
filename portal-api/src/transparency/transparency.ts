// SPDX-License-Identifier: Apache-2.0
// 存证公示: what anybody may know of the registry and the centre, each figure with the proof or file behind it. Figures only:
// no person, order or work is in them. The centre's own part is shown while the ledger does not answer.
import { parseTrustFile, verifyBundle } from '@inkseal/verifier';
import { lastCheck, newestProof } from '../audit/index.ts';
import { beginOfDay, dayInChina, endOfDay } from '../china-time.ts';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient, LedgerRegistry } from '../ledger/ledger-client.ts';
import type { PublicBatch, PublicRegistry, Transparency } from './transparency.api.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

export interface TransparencyParts {
  db: Db;
  registry(): Promise<PublicRegistry>;
}

type Ledger = Pick<LedgerClient, 'registry' | 'proof' | 'trust'>;

export async function readTransparency(
  { db, registry: ask }: TransparencyParts,
  now: Date,
): Promise<Omit<Transparency, 'lastAudit'>> {
  const [certificates, audit, registry] = await Promise.all([
    certificateFigures(db, now),
    auditFigures(db),
    ask().catch(whileAway),
  ]);
  return { at: now.toISOString(), certificates, audit, registry };
}

function whileAway(error: unknown): null {
  if (error instanceof DomainError && error.code === 'ledger-unavailable') return null;
  throw error;
}

async function certificateFigures({ certificate }: Db, now: Date): Promise<Transparency['certificates']> {
  const days = Array.from({ length: DAYS }, (_, index) => new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS));
  const perDay = days.map(async (at) => {
    const day = dayInChina(at);
    const issuedAt = { gte: beginOfDay(day), lt: endOfDay(day) };
    const [attestations, registrations] = await Promise.all([
      certificate.count({ where: { issuedAt, attestationId: { not: null } } }),
      certificate.count({ where: { issuedAt, registrationId: { not: null } } }),
    ]);
    return { day, attestations, registrations };
  });
  const [issued, revoked] = await Promise.all([
    certificate.count({ where: { issuedAt: { not: null } } }),
    certificate.count({ where: { revokedAt: { not: null } } }),
  ]);
  return { issued, revoked, perDay: await Promise.all(perDay) };
}

async function auditFigures(db: Db): Promise<Transparency['audit']> {
  const [check, proven] = await Promise.all([lastCheck(db), newestProof(db)]);
  if (!check) return null;
  return {
    checkedAt: check.checkedAt.toISOString(),
    rows: Number(check.rows),
    isWhole: check.brokenAt === null,
    head: proven ? { day: proven.day, number: proven.number } : null,
  };
}

export async function publicRegistry(ledger: Ledger): Promise<PublicRegistry> {
  const { newest, witnesses, finality, ...figures } = await ledger.registry();
  return {
    ...figures,
    finality: finality ?? null,
    witnesses: witnesses.map((witness) => ({ ...witness, lastTokenAt: witness.lastTokenAt ?? null })),
    proven: await newestProven(ledger, newest),
    newest: newest.map(publicBatch),
  };
}

/** As a verifier reads it from the newest proof, and not as we say it. */
async function newestProven(ledger: Ledger, newest: LedgerRegistry['newest']): Promise<PublicRegistry['proven']> {
  const final = newest.find(({ state }) => state === 'final');
  const proof = final && (await ledger.proof(final.firstNumber));
  if (!proof) return null;
  const { facts } = await verifyBundle(proof, { trust: parseTrustFile(await ledger.trust()) });
  if (!facts?.block) return null;
  const validators = facts.validators.map((validator) => ({
    address: validator.address,
    organisation: validator.organisation ?? null,
    hasSigned: validator.sealed,
  }));
  return { block: facts.block.number, validators };
}

const publicBatch = (batch: LedgerRegistry['newest'][number]): PublicBatch => ({
  id: batch.id,
  firstNumber: batch.firstNumber,
  count: batch.count,
  root: batch.root,
  closedAt: batch.closedAt,
  isFinal: batch.state === 'final',
  finalAt: batch.finalAt ?? null,
  block: batch.block ?? null,
  blockHash: batch.blockHash ?? null,
  transaction: batch.transaction ?? null,
});
