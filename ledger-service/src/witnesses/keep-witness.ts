// SPDX-License-Identifier: Apache-2.0
// What asking an authority and recording on a second chain share: claiming what is due, and keeping what came or why nothing did.
import type { Ledger } from '../ledger.ts';
import type { Breaker, BreakerPace } from './breaker.ts';
import type { Refusal } from './refusal.ts';
import { claimDue, type DueToken, postponeToken, storeToken, wantTokens } from './witnesses.sql.ts';

export interface Pace extends BreakerPace {
  /** Longest wait for one answer. */
  readonly askWithinMs: number;
  /** From a first failure to the next attempt, and the longest such time. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
  /** How often rows are looked for when nothing asks for it. */
  readonly sweepMs: number;
}

export type WitnessedLedger = Pick<Ledger, 'database' | 'observer' | 'log' | 'news' | 'onStage'> & {
  readonly chain: Pick<Ledger['chain'], 'consensus'>;
};

/** What goes on with one authority or second chain, under its name. */
export interface Asking {
  readonly ledger: WitnessedLedger;
  readonly name: string;
  readonly breaker: Breaker;
  readonly pace: Pace;
  readonly onStored: () => void;
  readonly signal: AbortSignal;
}

/** The batches that are due, `most` of them or as many as the breaker lets through. */
export async function claim({ ledger, name, breaker, pace }: Asking, most: number): Promise<DueToken[]> {
  const db = ledger.database.prisma;
  await wantTokens(db, name);
  const limit = breaker.allows(most);
  return limit === 0 ? [] : claimDue(db, { authority: name, limit, leaseMs: 2 * pace.askWithinMs });
}

/** The first one that is stored stays. */
export async function keepWitness(
  { ledger, name, breaker, onStored }: Asking,
  witness: { readonly batchId: string; readonly token: Uint8Array; readonly expiresAt?: Date },
): Promise<void> {
  breaker.succeeded();
  if (!(await storeToken(ledger.database.prisma, { authority: name, ...witness }))) return;
  ledger.observer.witnessStored(name);
  if (ledger.news.isOver(name)) ledger.log.info({ authority: name }, 'authority works again');
  onStored();
}

export async function noteRefusal(
  { ledger, name, breaker, pace }: Asking,
  batchId: string,
  error: Refusal,
): Promise<void> {
  const { code } = error;
  const key = { authority: name, batchId };
  breaker.failed();
  ledger.observer.witnessRefused(name, code);
  // The same comes with every attempt.
  if (ledger.news.isNew(name, code)) ledger.log.warn({ ...key, code, err: error }, 'no token');
  const { retryMs, longestRetryMs: longestMs } = pace;
  await postponeToken(ledger.database.prisma, { ...key, code, retryMs, longestMs });
}
