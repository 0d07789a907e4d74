// SPDX-License-Identifier: Apache-2.0
// Asks each authority for a token over each batch's root: beside the steps of anchoring and never in their way, each authority
// at its own pace. All it knows is in the rows, so it may be cut short anywhere and run again.
import { pause } from '@inkseal/service-kit';
import { parseHeader } from '@inkseal/verifier';
import type { Ledger } from '../ledger.ts';
import type { Authority } from './authority.ts';
import { type Breaker, type BreakerPace, createBreaker } from './breaker.ts';
import { obtainToken } from './obtain-token.ts';
import { Refusal } from './refusal.ts';
import { claimDue, type DueToken, postponeToken, storeToken, wantTokens } from './witnesses.sql.ts';

/** Requests to one authority at a time. */
const AT_ONCE = 4;

export interface Pace extends BreakerPace {
  /** Longest wait for one answer. */
  readonly askWithinMs: number;
  /** From a first failure to the next attempt, and the longest such time. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
  /** How often rows are looked for when nothing asks for it. */
  readonly sweepMs: number;
}

const PACE: Pace = {
  askWithinMs: 10_000,
  retryMs: 1_000,
  longestRetryMs: 60_000,
  sweepMs: 1_000,
  failures: 5,
  openMs: 15_000,
};

export interface Witnessing {
  /** A batch was closed. */
  nudge(): void;
  /** Ends what is asked at this moment, and settles when nothing runs any more. */
  stop(): Promise<void>;
}

export interface WitnessingOptions {
  readonly ledger: WitnessedLedger;
  readonly authorities: readonly Authority[];
  /** Called for each token that was stored. */
  readonly onStored: () => void;
  readonly pace?: Pace;
}

type WitnessedLedger = Pick<Ledger, 'database' | 'observer' | 'log' | 'news' | 'onStage'> & {
  readonly chain: Pick<Ledger['chain'], 'consensus'>;
};

export function startWitnessing({ ledger, authorities, onStored, pace = PACE }: WitnessingOptions): Witnessing {
  const stopping = new AbortController();
  const { signal } = stopping;
  let news = new AbortController();

  async function serve(authority: Authority): Promise<void> {
    const asking = { ledger, authority, breaker: createBreaker(pace), pace, onStored, signal };
    while (!signal.aborted) {
      const { signal: nudged } = news;
      const asked = await askForDue(asking).catch((error: unknown) => {
        if (!signal.aborted) noteFailure(ledger, authority, error);
        return 0;
      });
      if (asked === 0) await pause(pace.sweepMs, AbortSignal.any([signal, nudged]));
    }
  }

  const served = authorities.map(serve);
  return {
    nudge() {
      news.abort();
      news = new AbortController();
    },
    async stop() {
      stopping.abort();
      await Promise.all(served);
    },
  };
}

interface Asking {
  readonly ledger: WitnessedLedger;
  readonly authority: Authority;
  readonly breaker: Breaker;
  readonly pace: Pace;
  readonly onStored: () => void;
  readonly signal: AbortSignal;
}

/** Answers for how many tokens it asked. */
async function askForDue(asking: Asking): Promise<number> {
  const { ledger, authority, breaker, pace } = asking;
  const db = ledger.database.prisma;
  const { name } = authority;
  await wantTokens(db, name);
  const limit = breaker.allows(AT_ONCE);
  if (limit === 0) return 0;
  const due = await claimDue(db, { authority: name, limit, leaseMs: 2 * pace.askWithinMs });
  const outcomes = await Promise.allSettled(due.map((one) => askFor(asking, one)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  ledger.news.isOver(`witnessing ${name}`);
  return due.length;
}

async function askFor(asking: Asking, due: DueToken): Promise<void> {
  const { ledger, authority, breaker, pace, signal } = asking;
  const { observer, chain } = ledger;
  const key = { authority: authority.name, batchId: due.batch_id };
  observer.witnessAsked(authority.name);
  try {
    const notBeforeMs = Number(parseHeader(due.not_before_header, chain.consensus).timestamp) * 1_000;
    const wanted = { authority, message: due.root, notBeforeMs, withinMs: pace.askWithinMs, signal };
    const { token } = await obtainToken(wanted);
    ledger.onStage('witness');
    breaker.succeeded();
    if (!(await storeToken(ledger.database.prisma, { ...key, token }))) return;
    observer.witnessStored(authority.name);
    if (ledger.news.isOver(authority.name)) ledger.log.info({ authority: authority.name }, 'authority works again');
    asking.onStored();
  } catch (error) {
    if (!(error instanceof Refusal) || signal.aborted) throw error;
    await noteRefusal(asking, key, error);
  }
}

async function noteRefusal(
  { ledger, breaker, pace }: Asking,
  key: { authority: string; batchId: string },
  error: Refusal,
): Promise<void> {
  const { code } = error;
  breaker.failed();
  ledger.observer.witnessRefused(key.authority, code);
  // The same comes with every attempt.
  if (ledger.news.isNew(key.authority, code)) ledger.log.warn({ ...key, code, err: error }, 'no token');
  const { retryMs, longestRetryMs: longestMs } = pace;
  await postponeToken(ledger.database.prisma, { ...key, code, retryMs, longestMs });
}

/** Something of ours failed, such as the database; the next sweep tries again. */
function noteFailure({ observer, news, log }: WitnessedLedger, { name }: Authority, error: unknown): void {
  observer.workFailed('witness');
  if (news.isNew(`witnessing ${name}`, String(error))) log.warn({ err: error, authority: name }, 'witnessing failed');
}
