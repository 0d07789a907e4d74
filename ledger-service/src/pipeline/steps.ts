// SPDX-License-Identifier: Apache-2.0
// The steps from received entries to final proofs, as the leader runs them. Each may be cut short anywhere and run again, and
// what fails in one part of a step keeps no other part from its turn.
import { inParts } from '../apart.ts';
import { type ChainClock, createChainClock } from '../chain/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Step } from '../queue/index.ts';
import { type ChainMismatch, compareWithChain } from '../registry/index.ts';
import { type ClosingOptions, createClosing } from './closing.ts';
import { createConfirming } from './confirming.ts';
import { noteFinalBlock } from './health.sql.ts';
import { createSending } from './sending.ts';

/** A block that comes late explains less. */
const CLOCK_AHEAD_MS = 10_000;

/** A standby has a row within milliseconds; a file of the log is archived every few seconds. */
const LOOK_AGAIN_MS = { commit: 1_000, standby: 10, archived: 250 } as const;

const MISMATCHES: Readonly<Record<ChainMismatch, string>> = {
  'clock-ahead-of-chain': 'entries were received later than the chain says it is; they wait until it gets there',
  'ledger-behind-chain': 'the chain has numbers we do not know',
  'chain-behind-ledger': 'the chain has lost numbers that were final',
};

export interface Steps extends Readonly<Record<Step, () => Promise<void>>> {
  /** Whether something is on its way to the chain, so that looking often is worth it. */
  isBusy(): boolean;
  /** How the chain contradicts the rows, when it does: then nothing is closed or anchored, what a clock holds up excepted. */
  mismatch(): ChainMismatch | undefined;
  /** Compares the chain's next number with ours, and writes down the result. */
  compare(): Promise<void>;
}

export function createSteps(options: ClosingOptions): Steps {
  const { ledger, finals, nudge } = options;
  const { database, chain } = ledger;
  const clock = createChainClock();
  const closeWhenDue = createClosing(options, clock);
  const sending = createSending(ledger);
  const confirming = createConfirming(ledger);
  let isBusy = true;
  const agreement = createAgreement(ledger);
  const { isHeldUp, mustStop, note, compare } = agreement;
  let seen: { head: bigint; final: string } | undefined;

  async function closeBatch(): Promise<void> {
    if (mustStop()) return;
    if (clock.now() === undefined) await noteHead(ledger, clock, await chain.head());
    const isAhead = (await closeWhenDue()) > CLOCK_AHEAD_MS;
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
    if (sending.isWaiting()) setTimeout(nudge, LOOK_AGAIN_MS[ledger.finalAfter], 'anchor').unref();
  }

  async function confirm(): Promise<void> {
    const final = await finals.newest();
    const head = chain.lastHead();
    if (seen?.head === head && seen.final === final.hash) return;
    await inParts(async (attempt) => {
      await attempt('note-final-block', () => noteFinalBlock(database.prisma, final));
      if (await confirming.confirm(final.number, attempt))
        await attempt('note-foreign', () => note('ledger-behind-chain'));
      isBusy = await confirming.finish(final, attempt);
      if (seen?.head !== head) await attempt('note-head', () => noteHead(ledger, clock, head));
    });
    seen = { head, final: final.hash };
  }

  async function prove(): Promise<void> {
    const final = await finals.newest();
    await inParts(async (attempt) => {
      isBusy = await confirming.finish(final, attempt);
    });
  }

  return { closeBatch, anchor, confirm, prove, compare, isBusy: () => isBusy, mismatch: agreement.mismatch };
}

/** Whether chain and rows agree, and what is said of it when that changes. */
function createAgreement(ledger: Ledger) {
  const { database, log } = ledger;
  let mismatch: ChainMismatch | undefined;
  const isHeldUp = () => mismatch === 'clock-ahead-of-chain';

  async function compare(): Promise<void> {
    const found = await compareWithChain(ledger);
    if (found || !isHeldUp()) await note(found);
  }

  async function note(found: ChainMismatch | undefined): Promise<void> {
    if (found && found !== mismatch) log.fatal({ code: found }, MISMATCHES[found]);
    if (mismatch && !found) log.info('chain and database agree again');
    mismatch = found;
    await database.prisma.registry.updateMany({ data: { chainMismatch: found ?? null } });
  }

  return { mismatch: () => mismatch, isHeldUp, mustStop: () => mismatch !== undefined && !isHeldUp(), note, compare };
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
