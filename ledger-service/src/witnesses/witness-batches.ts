// SPDX-License-Identifier: Apache-2.0
// Asks each authority for a token over each batch's root, and has each second chain record it: beside the steps of anchoring and
// never in their way, each at its own pace. All it knows is in the rows, so it may be cut short anywhere and run again.
import { pause } from '@inkseal/service-kit';
import { parseHeader } from '@inkseal/verifier';
import type { Authority } from './authority.ts';
import { createBreaker } from './breaker.ts';
import { type Asking, claim, keepWitness, noteRefusal, type Pace, type WitnessedLedger } from './keep-witness.ts';
import { obtainToken } from './obtain-token.ts';
import { recordDue } from './record-due.ts';
import { Refusal } from './refusal.ts';
import type { SecondChain } from './second-chains.ts';
import type { DueToken } from './witnesses.sql.ts';

/** Requests to one authority at a time. */
const AT_ONCE = 4;

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
  readonly secondChains?: readonly SecondChain[];
  /** Called for each token that was stored. */
  readonly onStored: () => void;
  readonly pace?: Pace;
}

export function startWitnessing(options: WitnessingOptions): Witnessing {
  const { ledger, authorities, secondChains = [], onStored, pace = PACE } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let news = new AbortController();

  async function serve(name: string, ask: (asking: Asking) => Promise<number>): Promise<void> {
    const asking = { ledger, name, breaker: createBreaker(pace), pace, onStored, signal };
    while (!signal.aborted) {
      const { signal: nudged } = news;
      const asked = await ask(asking).catch((error: unknown) => {
        if (!signal.aborted) noteFailure(ledger, name, error);
        return 0;
      });
      if (asked > 0) ledger.news.isOver(`witnessing ${name}`);
      if (asked === 0) await pause(pace.sweepMs, AbortSignal.any([signal, nudged]));
    }
  }

  const served = [
    ...authorities.map((authority) => serve(authority.name, (asking) => askForDue(asking, authority))),
    ...secondChains.map((second) => serve(second.name, (asking) => recordDue(asking, second))),
  ];
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

/** Answers for how many tokens it asked. */
async function askForDue(asking: Asking, authority: Authority): Promise<number> {
  const due = await claim(asking, AT_ONCE);
  const outcomes = await Promise.allSettled(due.map((one) => askFor(asking, authority, one)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return due.length;
}

async function askFor(asking: Asking, authority: Authority, due: DueToken): Promise<void> {
  const { ledger, pace, signal } = asking;
  const { observer, chain } = ledger;
  observer.witnessAsked(authority.name);
  try {
    const notBeforeMs = Number(parseHeader(due.not_before_header, chain.consensus).timestamp) * 1_000;
    const wanted = { authority, message: due.root, notBeforeMs, withinMs: pace.askWithinMs, signal };
    const { token } = await obtainToken(wanted);
    ledger.onStage('witness');
    await keepWitness(asking, { batchId: due.batch_id, token });
  } catch (error) {
    if (!(error instanceof Refusal) || signal.aborted) throw error;
    await noteRefusal(asking, due.batch_id, error);
  }
}

/** Something of ours failed, such as the database; the next sweep tries again. */
function noteFailure({ observer, news, log }: WitnessedLedger, name: string, error: unknown): void {
  observer.workFailed('witness');
  if (news.isNew(`witnessing ${name}`, String(error))) log.warn({ err: error, authority: name }, 'witnessing failed');
}
