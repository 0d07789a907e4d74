// SPDX-License-Identifier: Apache-2.0
// From transactions that were sent to what the chain made of them, and to final proofs.
import { confirmBatches } from '../anchoring/index.ts';
import type { Attempt, Failure } from '../apart.ts';
import type { Header } from '../chain/index.ts';
import { DomainError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { proveBatches, releaseBatches } from '../proofs/index.ts';
import { settleDeployment } from '../registry/index.ts';
import { confirmRevocations, finishRevocations } from '../revocations/index.ts';
import { returnLostBatches, returnLostRevocations, returnUndone } from '../transactions/index.ts';

export interface Confirming {
  /** Looks for results. Answers whether the chain holds another's batch in the place of ours. */
  confirm(finalBlock: bigint, attempt: Attempt): Promise<boolean>;
  /** Proves what is final by now. Answers whether something is still on its way to the chain. */
  finish(final: Header, attempt: Attempt): Promise<boolean>;
}

export function createConfirming(ledger: Ledger): Confirming {
  let isDeploymentFinal = false;

  async function confirm(finalBlock: bigint, attempt: Attempt): Promise<boolean> {
    await attempt('return-undone', () => returnUndone(ledger));
    const failures = await lookForResults(ledger, finalBlock, attempt);
    return failures.some(isForeign);
  }

  async function finish(final: Header, attempt: Attempt): Promise<boolean> {
    let isBusy = true;
    await attempt('finish-deployment', async () => {
      if (!isDeploymentFinal) isDeploymentFinal = await finishDeployment(ledger, final);
    });
    await attempt('prove-batches', () => proveBatches(ledger, final));
    await attempt('release-batches', () => releaseBatches(ledger));
    await attempt('finish-revocations', () => finishRevocations(ledger, final));
    await attempt('find-unfinished', async () => {
      isBusy = await hasUnfinished(ledger);
    });
    return isBusy;
  }

  return { confirm, finish };
}

/** What nothing is found of, and can never be mined, is signed again. Answers what failed while looking. */
async function lookForResults(ledger: Ledger, finalBlock: bigint, attempt: Attempt): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const [what, confirm, returnLost] of [
    ['batches', confirmBatches, returnLostBatches],
    ['revocations', confirmRevocations, returnLostRevocations],
  ] as const) {
    const found = await attempt(`confirm-${what}`, () => confirm(ledger));
    const unseen = idsOf(found);
    if (unseen) await attempt(`return-lost-${what}`, () => returnLost(ledger, { finalBlock, unseen }));
    failures.push(...found);
  }
  return failures;
}

/** Our batch stands on the chain in another's place. */
const isForeign = ({ error }: Failure): boolean => error instanceof DomainError && error.code === 'ledger-behind-chain';

/** The rows that could not be looked at; undefined where it is not known which. */
function idsOf(failures: readonly Failure[]): bigint[] | undefined {
  const ids = failures.flatMap(({ id }) => (id === undefined ? [] : [BigInt(id)]));
  return ids.length === failures.length ? ids : undefined;
}

async function finishDeployment({ database, chain, observer }: Ledger, final: Header): Promise<boolean> {
  const gas = await settleDeployment({ db: database.prisma, chain, final });
  if (gas !== undefined) observer.gasUsed('deploy', gas);
  return (await database.prisma.registry.count({ where: { deployedBlock: { not: null } } })) === 1;
}

async function hasUnfinished({ database }: Ledger): Promise<boolean> {
  const { batch, revocation, registry } = database.prisma;
  const found = await Promise.all([
    batch.findFirst({ where: { state: { in: ['signed', 'sent', 'mined'] } }, select: { id: true } }),
    revocation.findFirst({ where: { state: { in: ['signed', 'sent', 'mined'] } }, select: { number: true } }),
    registry.findFirst({ where: { deployedBlock: null }, select: { id: true } }),
  ]);
  return found.some((row) => row !== null);
}
