// SPDX-License-Identifier: Apache-2.0
// A batch that the contract refuses stops anchoring, never intake: skipping it would leave a gap in the numbers. The
// operator is alerted, and anchoring resumes automatically once a simulation succeeds.
import { toHex0x } from '@inkseal/verifier';
import type { Ledger } from '../ledger.ts';
import { anchorData, batchOf, simulate } from '../registry/index.ts';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export async function haltAnchoring({ database, log }: Ledger, reason: string): Promise<void> {
  const { count } = await database.prisma.registry.updateMany({
    where: { anchoringHalted: null },
    data: { anchoringHalted: reason },
  });
  if (count > 0) log.error({ reason, code: 'anchoring-halted' }, 'anchoring halted');
}

export interface HaltGuard {
  /** True while batches may be signed; asks the contract again from time to time while they may not. */
  mayAnchor(): Promise<boolean>;
}

export function createHaltGuard(ledger: Ledger): HaltGuard {
  let retryMs = FIRST_RETRY_MS;
  let retryAt = 0;

  async function mayAnchor(): Promise<boolean> {
    const reason = await haltReason(ledger);
    if (reason === undefined) return true;
    if (Date.now() < retryAt) return false;
    const refusal = await simulateNext(ledger);
    if (refusal === undefined) return resume(ledger);
    retryAt = Date.now() + retryMs;
    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
    await ledger.database.prisma.registry.updateMany({ data: { anchoringHalted: refusal } });
    if (ledger.news.isNew('halt', refusal))
      ledger.log.error({ refusal, code: 'anchoring-halted' }, 'anchoring is still halted');
    return false;
  }

  async function resume({ database, log, news }: Ledger): Promise<true> {
    news.isOver('halt');
    await database.prisma.registry.updateMany({ data: { anchoringHalted: null } });
    retryMs = FIRST_RETRY_MS;
    retryAt = Date.now() + FIRST_RETRY_MS;
    log.info('anchoring goes on');
    return true;
  }

  return { mayAnchor };
}

async function haltReason({ database }: Ledger): Promise<string | undefined> {
  const registry = await database.prisma.registry.findFirst({ select: { anchoringHalted: true } });
  return registry?.anchoringHalted ?? undefined;
}

/** What the contract says to the batch that is next. */
async function simulateNext({ database, chain, registry, signers }: Ledger): Promise<string | undefined> {
  const next = await database.prisma.batch.findFirst({
    where: { state: 'closed' },
    orderBy: { id: 'asc' },
    select: { firstNumber: true, count: true, root: true },
  });
  if (!next) return undefined;
  const root = toHex0x(next.root);
  // Anchored after all: signed again, it will be found so at once.
  if (await batchOf(chain, registry.address, root)) return undefined;
  const data = anchorData(root, next.firstNumber, next.count);
  return simulate(chain, signers.anchorer.address, registry.address, data);
}
