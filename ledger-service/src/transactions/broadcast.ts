// SPDX-License-Identifier: Apache-2.0
// Broadcasting, and broadcasting again: a node may lose its pool, and a chain its last blocks, so what is not final is
// repeated from the lowest nonce on. The same bytes twice do no harm.
import type { Wallet } from 'ethers';
import type { Logger } from 'pino';
import { ENOUGH, eachApart, inParts } from '../apart.ts';
import { type Chain, priceOf, type TransactionResult } from '../chain/index.ts';
import type { Database } from '../db/database.ts';
import { noteRefusal } from './refusal.ts';
import { signReplacement } from './sign.ts';
import type { StoredTransaction } from './store.ts';

/** A transaction is repeated this often while it has no result. */
const REPEAT_MS = 3_000;
/** After this long without a result something may be in the way: too low a fee, or another transaction. */
export const STUCK_MS = 30_000;

export interface Broadcaster {
  /** Sends now; true if some node has it. */
  send(transaction: { hash: string; raw: string }): Promise<boolean>;
  /** Sends those that were not sent for a while, in their order. */
  repeat(transactions: readonly StoredTransaction[]): Promise<void>;
  /** Whether some node had it when it was last sent. */
  hasSent(hash: string): boolean;
  /** Why every node that answered refused it when it was last sent; undefined if some node has it, or none answered. */
  refusalOf(hash: string): string | undefined;
}

export function createBroadcaster(chain: Chain): Broadcaster {
  const lastSent = new Map<string, number>();
  const known = new Set<string>();
  const refusals = new Map<string, string>();

  async function send({ hash, raw }: { hash: string; raw: string }): Promise<boolean> {
    const answer = await chain.broadcast(raw);
    lastSent.set(hash, Date.now());
    if (answer.kind === 'refused') refusals.set(hash, answer.reason);
    else refusals.delete(hash);
    if (answer.kind === 'known') known.add(hash);
    return answer.kind === 'known';
  }

  async function repeat(transactions: readonly StoredTransaction[]): Promise<void> {
    forgetAllBut([lastSent, known, refusals], transactions);
    const before = Date.now() - REPEAT_MS;
    for (const transaction of transactions) {
      if ((lastSent.get(transaction.hash) ?? 0) <= before) await send(transaction);
    }
  }

  return { send, repeat, hasSent: (hash) => known.has(hash), refusalOf: (hash) => refusals.get(hash) };
}

export interface RepeatOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly wallet: Wallet;
  readonly log: Logger;
  readonly broadcaster: Broadcaster;
}

/** Repeats what is owed from the first that the chain does not have, and offers more for that one when it is stuck. */
export async function repeatOwed(options: RepeatOptions, owed: readonly StoredTransaction[]): Promise<void> {
  const { broadcaster, wallet, log } = options;
  await inParts(async (attempt) => {
    let missing: readonly StoredTransaction[] = [];
    const unseen = await attempt('find-results', () =>
      findFirstMissing(options, owed, (index) => {
        missing = owed.slice(index);
      }),
    );
    // An outage, which is about no transaction: those after it were not asked about, and nothing is known of them.
    if (unseen.some(({ id }) => id === undefined)) return;
    // The chain may not have those either, and then it takes nothing that comes after them.
    const unknown = owed.filter(({ hash }) => unseen.some(({ id }) => id === hash));
    const candidates = [...unknown, ...missing];
    await attempt('repeat', () => broadcaster.repeat(candidates));
    const oldest = candidates.filter(({ nonce }) => nonce === candidates[0]?.nonce);
    await attempt('note-refusal', () => noteRefusal(options, wallet.address, refusalOfAll(broadcaster, oldest)));
    // One that may have been mined needs no replacement.
    if (unknown.length > 0) return;
    await attempt('replace-stuck', async () => {
      if (await replaceIfStuck(options, oldest))
        log.warn({ nonce: String(oldest[0]?.nonce) }, 'stuck transaction replaced at a higher fee');
    });
  });
}

/** A nonce is stuck when nodes take neither its transaction nor a replacement. */
function refusalOfAll(broadcaster: Broadcaster, siblings: readonly StoredTransaction[]): string | undefined {
  const refusals = siblings.map(({ hash }) => broadcaster.refusalOf(hash));
  return refusals.includes(undefined) ? undefined : refusals.at(-1);
}

export interface Found {
  readonly hash: string;
  readonly result: TransactionResult;
}

/** The result of the one of these that was mined: replacements share a nonce. */
export async function firstResult(chain: Chain, hashes: readonly string[]): Promise<Found | undefined> {
  const answers = await Promise.allSettled(hashes.map((hash) => chain.transactionResult(hash)));
  for (const [index, answer] of answers.entries()) {
    const hash = hashes[index];
    if (hash !== undefined && answer.status === 'fulfilled' && answer.value) return { hash, result: answer.value };
  }
  const refused = answers.find((answer) => answer.status === 'rejected');
  if (refused) throw refused.reason;
  return undefined;
}

/** Tells the index of the first transaction that the chain does not have: those before it need no repeating. */
async function findFirstMissing(
  outside: Pick<RepeatOptions, 'chain' | 'database'>,
  owed: readonly StoredTransaction[],
  onMissing: (index: number) => void,
): Promise<void> {
  await eachApart(outside, {
    work: 'find-result',
    items: owed.entries(),
    idOf: ([, { hash }]) => hash,
    run: async ([index, transaction]) => {
      const siblings = owed.filter(({ nonce }) => nonce === transaction.nonce);
      const results = await Promise.all(siblings.map(({ hash }) => outside.chain.transactionResult(hash)));
      if (results.some((result) => result !== undefined)) return undefined;
      onMissing(index);
      return ENOUGH;
    },
  });
}

/** At gas price 0 there is nothing to offer: waiting is all. */
async function replaceIfStuck(
  { database, chain, wallet }: RepeatOptions,
  oldest: readonly StoredTransaction[],
): Promise<boolean> {
  const dearest = oldest.at(-1);
  if (!dearest || dearest.signedAt.getTime() > Date.now() - STUCK_MS) return false;
  const fees = await chain.fees();
  if (priceOf(fees) === 0n) return false;
  await signReplacement(database.prisma, wallet, dearest, fees);
  return true;
}

function forgetAllBut(
  memories: readonly (Map<string, unknown> | Set<string>)[],
  transactions: readonly StoredTransaction[],
): void {
  const kept = new Set(transactions.map(({ hash }) => hash));
  for (const memory of memories) for (const hash of memory.keys()) if (!kept.has(hash)) memory.delete(hash);
}
