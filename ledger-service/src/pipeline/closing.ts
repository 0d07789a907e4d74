// SPDX-License-Identifier: Apache-2.0
// From received entries to a closed batch, as soon as one is due.
import { type ClosedBatch, type ClosingPolicy, closeBatch, oldestWaiting } from '../batching/index.ts';
import type { ChainClock } from '../chain/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Step } from '../queue/index.ts';
import type { FinalHeaders } from './final-header.ts';

/** No verifier believes an entry that was received more than 5 s after it was anchored; the rest is for their clocks. */
const MAY_BE_AHEAD_MS = 3_000;

export interface ClosingOptions {
  readonly ledger: Ledger;
  readonly finals: FinalHeaders;
  readonly policy: ClosingPolicy;
  readonly nudge: (step: Step) => void;
}

/**
 * Closes what is due, or comes back when it will be; nothing that the chain's time has not reached. Answers by how many
 * milliseconds the oldest entry that waits is ahead of that.
 */
export function createClosing(
  { ledger, finals, policy, nudge }: ClosingOptions,
  clock: ChainClock,
): () => Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  return async () => {
    const oldest = await oldestWaiting(ledger.database.prisma, policy);
    const chainTime = clock.now() ?? 0;
    clearTimeout(timer);
    if (!oldest) return 0;
    if (oldest.dueInMs > 0) timer = setTimeout(nudge, oldest.dueInMs, 'closeBatch').unref();
    else await closeDue(new Date(chainTime + MAY_BE_AHEAD_MS));
    return oldest.receivedAt - chainTime;
  };

  async function closeDue(receivedUntil: Date): Promise<void> {
    const notBefore = await finals.newestKnown();
    const batch = await ledger.tracer.run({ name: 'close batch', kind: 'internal' }, async () => {
      const closed = await closeBatch(ledger, { maxSize: policy.maxSize, notBefore, receivedUntil });
      if (closed) logClosed(ledger, closed);
      return closed;
    });
    if (!batch) return;
    nudge('anchor');
    nudge('closeBatch');
  }
}

function logClosed({ log }: Ledger, { id, firstNumber, count }: ClosedBatch): void {
  log.info({ batch: String(id), firstNumber: String(firstNumber), count }, 'batch closed');
}
