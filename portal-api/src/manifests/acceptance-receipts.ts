// SPDX-License-Identifier: Apache-2.0
// The acceptance receipt 受理回执 of an entry: taken from the ledger once the entry has its number, judged when it is final.
// Nothing waits for it, and one that does not promise exactly what we entered is never stored. Every step may run twice.
import { parseReceipt, type ReceiptReport, verifyReceipt } from '@inkseal/verifier/receipts';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { NotYet, type Topics } from '../queue/outbox-worker.ts';
import { ledgerKindOf } from './manifests.store.ts';
import { findPromise, type Promised, settleReceipt, storeReceipt } from './receipts.store.ts';

/** Its rows come when the entry is committed and again when it is final, and name the manifest. */
export const RECEIPT_TOPIC = 'acceptance-receipt';

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export interface ReceiptParts {
  db: Database;
  ledger: Pick<LedgerClient, 'entry' | 'receipt' | 'proof' | 'trust'>;
  logger: Logger;
}

export function receiptTopics(parts: ReceiptParts): Topics {
  return { [RECEIPT_TOPIC]: ({ manifestId }) => follow(parts, String(manifestId)) };
}

async function follow(parts: ReceiptParts, manifestId: string): Promise<void> {
  const manifest = await findPromise(parts.db.prisma, manifestId);
  if (!manifest) return;
  const receipt = manifest.receipt ?? (await obtain(parts, manifest));
  if (receipt && manifest.isFinal && (manifest.receiptState ?? 'PROMISED') === 'PROMISED')
    await judge(parts, manifest, receipt);
}

/** Undefined where the ledger gives no receipts. */
async function obtain(parts: ReceiptParts, manifest: Promised): Promise<Uint8Array | undefined> {
  const { db, ledger } = parts;
  const number = manifest.number ?? (await ledger.entry(manifest.entryId))?.number;
  if (number === undefined) throw new NotYet('the entry has no number', waitOf(manifest));
  const bytes = await ledger.receipt(number);
  if (!bytes) return undefined;
  const { verdict, facts } = await verifyReceipt(bytes, { trust: await ledger.trust() });
  const isSound = verdict === 'pending' || verdict === 'due';
  const isOurs =
    facts?.number === number && facts.sha256 === manifest.sha256 && facts.kind === ledgerKindOf(manifest.purpose);
  if (!facts || !isSound || !isOurs) {
    alarm(
      parts,
      manifest,
      { verdict, number },
      'an acceptance receipt does not promise our entry; it is not handed on',
    );
    throw new DomainError('internal', { reason: 'receipt-not-ours' });
  }
  await storeReceipt(db.prisma, manifest.id, { bytes, anchorBy: new Date(facts.anchorBy) });
  return bytes;
}

async function judge(parts: ReceiptParts, manifest: Promised, receipt: Uint8Array): Promise<void> {
  const { db, ledger } = parts;
  const { number } = parseReceipt(receipt);
  const proof = await ledger.proof(number);
  if (!proof) throw new NotYet('the entry is not final', waitOf(manifest));
  const report = await verifyReceipt(receipt, { trust: await ledger.trust(), proof });
  const state = stateOf(report);
  if (!state) {
    alarm(parts, manifest, { verdict: report.proof?.verdict }, 'a proof does not hold; its receipt stays open');
    throw new DomainError('internal', { reason: 'proof-not-consistent' });
  }
  const isSettled = await settleReceipt(db.prisma, manifest.id, state);
  if (isSettled && state !== 'KEPT')
    alarm(parts, manifest, { state, number }, 'the promise of an acceptance receipt was not kept');
}

/** Undefined when the proof does not hold. Nobody signs the blocks of an embedded chain: its proofs are consistent at best. */
function stateOf({ checks, facts, proof }: ReceiptReport): 'KEPT' | 'LATE' | 'BROKEN' | undefined {
  const anchoredAt = proof?.facts?.interval?.anchoredAt;
  // A number that was revoked was anchored all the same.
  const failed = proof?.checks.filter(({ name, outcome }) => outcome === 'failed' && name !== 'status');
  const isHeld = failed?.length === 0 && proof?.facts?.number === facts?.number;
  if (!facts || anchoredAt === undefined || !isHeld) return undefined;
  const hasFailed = checks.some(({ name, outcome }) => name === 'promise' && outcome === 'failed');
  if (hasFailed || proof?.facts?.digests?.sha256 !== facts.sha256) return 'BROKEN';
  return Date.parse(anchoredAt) > Date.parse(facts.anchorBy) ? 'LATE' : 'KEPT';
}

/** The longer it has waited, the more rarely the ledger is asked: with its chain down, every entry waits. */
const waitOf = ({ stateAt }: Promised): number =>
  Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, Date.now() - stateAt.getTime()));

function alarm({ logger }: ReceiptParts, manifest: Promised, found: Record<string, unknown>, message: string): void {
  logger.error({ alert: 'receipt', manifest: manifest.id, purpose: manifest.purpose, ...found }, message);
}
