// SPDX-License-Identifier: Apache-2.0
// One round of a second chain: claims what is due, has it recorded there, and stores what was proven.
import { parseHeader } from '@inkseal/verifier';
import { type Asking, claim, keepWitness, noteRefusal } from './keep-witness.ts';
import { recordRoots } from './record-roots.ts';
import { Refusal } from './refusal.ts';
import type { SecondChain } from './second-chains.ts';
import { type DueToken, NEVER } from './witnesses.sql.ts';

/** Roots recorded together: a node's pool holds that many of one sender. */
const AT_ONCE = 16;

/** Answers for how many batches it asked. */
export async function recordDue(asking: Asking, second: SecondChain): Promise<number> {
  const due = await claim(asking, AT_ONCE);
  if (due.length === 0) return 0;
  asking.ledger.observer.witnessAsked(second.name);
  const recorded = await recordAll(asking, second, due);
  asking.ledger.onStage('witness');
  for (const { batch_id: batchId } of due) {
    const outcome = recorded(batchId);
    if (outcome instanceof Refusal) await noteRefusal(asking, batchId, outcome);
    else await keepWitness(asking, { batchId, token: outcome, expiresAt: NEVER });
  }
  return due.length;
}

/** Where the chain as a whole is at fault, every batch has the same reason. */
async function recordAll({ ledger, pace, signal }: Asking, second: SecondChain, due: readonly DueToken[]) {
  const roots = due.map(({ batch_id: batchId, root, count, not_before_header: header }) => {
    const notBeforeMs = Number(parseHeader(header, ledger.chain.consensus).timestamp) * 1_000;
    return { batchId, root, count, notBeforeMs };
  });
  try {
    const outcomes = await recordRoots(second, roots, { withinMs: pace.askWithinMs, signal });
    return (batchId: string) => outcomes.get(batchId) ?? new Refusal('timeout', 'no answer in time');
  } catch (error) {
    if (!(error instanceof Refusal) || signal.aborted) throw error;
    return () => error;
  }
}
