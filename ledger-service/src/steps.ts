// SPDX-License-Identifier: Apache-2.0
// The steps from received entries to final proofs, as the leader runs them. Each may be cut short anywhere and run again, and
// what fails in one part of a step keeps no other part from its turn.

import { confirmBatches, createHaltGuard, repeatBatches, sendBatches, signBatches } from './anchoring/index.ts';
import { type Attempt, type Failure, inParts } from './apart.ts';
import { oldestWaiting, type SealingPolicy, sealBatch } from './batching/index.ts';
import { type ChainClock, createChainClock, type Header } from './chain/index.ts';
import { DomainError } from './errors.ts';
import type { FinalHeaders } from './final-header.ts';
import { noteFinalBlock } from './health.sql.ts';
import type { Ledger } from './ledger.ts';
import { proveBatches } from './proofs/index.ts';
import type { Step } from './queue/index.ts';
import { type ChainMismatch, compareWithChain, settleDeployment } from './registry/index.ts';
import {
  confirmRevocations,
  finishRevocations,
  type Resting,
  sendRevocations,
  signRevocations,
} from './revocations/index.ts';
import { createBroadcaster, returnLostBatches, returnLostRevocations, returnUndone } from './transactions/index.ts';

/** A new batch is sent at once; looking after the older ones can wait. */
const REPEAT_EVERY_MS = 800;

/** No verifier believes an entry that was received more than 5 s after it was anchored; the rest is for their clocks. */
const MAY_BE_AHEAD_MS = 3_000;
/** A block that comes late explains less. */
const CLOCK_AHEAD_MS = 10_000;

const MISMATCHES: Readonly<Record<ChainMismatch, string>> = {
  'clock-ahead-of-chain': 'entries were received later than the chain says it is; they wait until it gets there',
  'ledger-behind-chain': 'the chain has numbers we do not know',
  'chain-behind-ledger': 'the chain has lost numbers that were final',
};

export interface Steps extends Readonly<Record<Step, () => Promise<void>>> {
  /** Whether something is on its way to the chain, so that looking often is worth it. */
  isBusy(): boolean;
  /** How the chain contradicts the rows, when it does: then nothing is sealed or anchored, what a clock holds up excepted. */
  mismatch(): ChainMismatch | undefined;
  /** Compares the chain's next number with ours, and writes down the result. */
  compare(): Promise<void>;
}

export interface StepsOptions {
  readonly ledger: Ledger;
  readonly finals: FinalHeaders;
  readonly policy: SealingPolicy;
  readonly nudge: (step: Step) => void;
}

export function createSteps(options: StepsOptions): Steps {
  const { ledger, finals } = options;
  const { database, chain, log } = ledger;
  const db = database.prisma;
  const clock = createChainClock();
  const sealWhenDue = createSealing(options, clock);
  const sending = createSending(ledger);
  let isBusy = true;
  let mismatch: ChainMismatch | undefined;
  let isDeploymentFinal = false;
  let seen: { head: bigint; final: string } | undefined;

  const isHeldUp = () => mismatch === 'clock-ahead-of-chain';
  const mustStop = () => mismatch !== undefined && !isHeldUp();

  async function seal(): Promise<void> {
    if (mustStop()) return;
    if (clock.now() === undefined) await noteHead(ledger, clock, await chain.head());
    const isAhead = (await sealWhenDue()) > CLOCK_AHEAD_MS;
    if (isAhead !== isHeldUp()) await note(isAhead ? 'clock-ahead-of-chain' : undefined);
  }

  async function anchor(): Promise<void> {
    if (mustStop()) return;
    await inParts(async (attempt) => {
      await attempt('send', async () => {
        if (!(await sending.send())) await compare();
      });
      isBusy = true;
      await attempt('look-after', sending.lookAfter);
    });
  }

  async function confirm(): Promise<void> {
    const final = await finals.newest();
    const head = chain.lastHead();
    if (seen?.head === head && seen.final === final.hash) return;
    await inParts(async (attempt) => {
      await attempt('note-final-block', () => noteFinalBlock(db, final));
      await attempt('return-undone', () => returnUndone(ledger));
      const failures = await lookForReceipts(ledger, final.number, attempt);
      if (failures.some(isForeign)) await attempt('note-foreign', () => note('ledger-behind-chain'));
      await attempt('finish', () => finish(final));
      if (seen?.head !== head) await attempt('note-head', () => noteHead(ledger, clock, head));
    });
    seen = { head, final: final.hash };
  }

  async function prove(): Promise<void> {
    await finish(await finals.newest());
  }

  async function finish(final: Header): Promise<void> {
    await inParts(async (attempt) => {
      await attempt('finish-deployment', async () => {
        if (!isDeploymentFinal) isDeploymentFinal = await finishDeployment(ledger, final);
      });
      await attempt('prove-batches', () => proveBatches(ledger, final));
      await attempt('finish-revocations', () => finishRevocations(ledger, final));
      await attempt('find-unfinished', async () => {
        isBusy = await hasUnfinished(ledger);
      });
    });
  }

  async function compare(): Promise<void> {
    const found = await compareWithChain(ledger);
    if (found || !isHeldUp()) await note(found);
  }

  async function note(found: ChainMismatch | undefined): Promise<void> {
    if (found && found !== mismatch) log.fatal({ code: found }, MISMATCHES[found]);
    if (mismatch && !found) log.info('chain and database agree again');
    mismatch = found;
    await db.registry.updateMany({ data: { chainMismatch: found ?? null } });
  }

  return { seal, anchor, confirm, prove, compare, isBusy: () => isBusy, mismatch: () => mismatch };
}

/** What nothing is found of, and can never be mined, is signed again. Answers what failed while looking. */
async function lookForReceipts(ledger: Ledger, finalBlock: bigint, attempt: Attempt): Promise<Failure[]> {
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

/**
 * Seals what is due, or comes back when it will be; nothing that the chain's time has not reached. Answers by how many
 * milliseconds the oldest entry that waits is ahead of that.
 */
function createSealing({ ledger, finals, policy, nudge }: StepsOptions, clock: ChainClock): () => Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  return async () => {
    const oldest = await oldestWaiting(ledger.database.prisma, policy);
    const chainTime = clock.now() ?? 0;
    clearTimeout(timer);
    if (!oldest) return 0;
    if (oldest.dueInMs > 0) timer = setTimeout(nudge, oldest.dueInMs, 'seal').unref();
    else await sealDue(new Date(chainTime + MAY_BE_AHEAD_MS));
    return oldest.receivedAt - chainTime;
  };

  async function sealDue(receivedUntil: Date): Promise<void> {
    const notBefore = await finals.newestKnown();
    const batch = await sealBatch(ledger, { maxSize: policy.maxSize, notBefore, receivedUntil });
    if (!batch) return;
    const { id, firstNumber, count } = batch;
    ledger.log.info({ batch: String(id), firstNumber: String(firstNumber), count }, 'batch sealed');
    nudge('anchor');
    nudge('seal');
  }
}

interface Sending {
  /** Signs and sends new batches; false while the contract refuses them. */
  send(): Promise<boolean>;
  /** Repeats what has no receipt, and takes revocations along. A new batch does not wait for it. */
  lookAfter(): Promise<void>;
}

function createSending(ledger: Ledger): Sending {
  const anchors = createBroadcaster(ledger.chain);
  const revocations = createBroadcaster(ledger.chain);
  const guard = createHaltGuard(ledger);
  const resting: Resting = new Map();
  let repeatAt = 0;

  async function send(): Promise<boolean> {
    let mayAnchor = false;
    await inParts(async (attempt) => {
      await attempt('sign-batches', async () => {
        mayAnchor = await guard.mayAnchor();
        if (mayAnchor) await signBatches(ledger);
      });
      await attempt('send-batches', () => sendBatches(ledger, anchors));
    });
    return mayAnchor;
  }

  async function lookAfter(): Promise<void> {
    if (Date.now() < repeatAt) return;
    repeatAt = Date.now() + REPEAT_EVERY_MS;
    await inParts(async (attempt) => {
      await attempt('repeat-batches', () => repeatBatches(ledger, anchors));
      await attempt('sign-revocations', () => signRevocations(ledger, resting));
      await attempt('send-revocations', () => sendRevocations(ledger, revocations));
    });
  }

  return { send, lookAfter };
}

/** What the next process has to know of the chain, and what time it is there. */
async function noteHead({ database, chain, observer }: Ledger, clock: ChainClock, head: bigint): Promise<void> {
  const highestBlock = chain.highestBlock();
  await database.prisma.registry.updateMany({ where: { highestBlock: { lt: highestBlock } }, data: { highestBlock } });
  const header = await chain.header(head);
  if (!header) return;
  clock.saw(header);
  observer.clockOffset(Number(header.timestamp) - Date.now() / 1000);
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
