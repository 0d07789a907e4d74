// SPDX-License-Identifier: Apache-2.0
// The chain's next number against the rows. A database restored from a backup knows fewer numbers than the chain: going
// on would issue a number twice. A chain that lost what was final has fewer: what is closed now would name lost blocks.
import { toHex0x } from '@inkseal/verifier';
import type { Chain } from '../chain/index.ts';
import type { Database, Db } from '../db/database.ts';
import type { Registry } from './bind.ts';
import { batchOf, nextNumber } from './contract.ts';

interface Bound {
  readonly database: Database;
  readonly chain: Chain;
  readonly registry: Registry;
}

const NEWEST = { orderBy: { id: 'desc' }, select: { root: true, firstNumber: true, count: true } } as const;

/** The last one is of times, not of numbers: it holds entries up, and stops nothing. */
export type ChainMismatch = 'ledger-behind-chain' | 'chain-behind-ledger' | 'clock-ahead-of-chain';

/** Undefined where chain and rows agree. Final rows are read before the chain, and all rows after it: both only grow. */
export async function compareWithChain(bound: Bound): Promise<ChainMismatch | undefined> {
  const { database, chain, registry } = bound;
  const final = await nextAfterFinal(database.prisma);
  const onChain = await nextNumber(chain, registry.address, await blockToAsk(chain));
  if (onChain < final) return 'chain-behind-ledger';
  return (await isAhead(bound, onChain)) ? 'ledger-behind-chain' : undefined;
}

/** A node that lags lost nothing, so it is not asked; an embedded chain that starts from an older copy did. */
async function blockToAsk(chain: Chain): Promise<bigint | undefined> {
  return chain.finality.kind === 'durable-copy' ? undefined : chain.head();
}

/** What is burned is on the chain for good, too. */
async function nextAfterFinal({ batch, burnedBatch }: Db): Promise<bigint> {
  const [last, burned] = await Promise.all([
    batch.findFirst({ where: { state: 'final' }, ...NEWEST }),
    burnedBatch.findFirst(NEWEST),
  ]);
  return [last, burned].reduce((next, row) => (row && nextAfter(row) > next ? nextAfter(row) : next), 0n);
}

/** The chain has a number past our last batch, or a batch in our place that is not ours. */
async function isAhead({ database, chain, registry }: Bound, onChain: bigint): Promise<boolean> {
  if (onChain <= registry.firstNumber) return false;
  const last = await lastBefore(database.prisma, onChain);
  if (!last || nextAfter(last) !== onChain) return true;
  return (await batchOf(chain, registry.address, toHex0x(last.root))) === undefined;
}

async function lastBefore({ batch, burnedBatch }: Db, number: bigint): Promise<Place | undefined> {
  const before = { where: { firstNumber: { lt: number } }, ...NEWEST };
  const [last, burned] = await Promise.all([batch.findFirst(before), burnedBatch.findFirst(before)]);
  if (!last || (burned && burned.firstNumber > last.firstNumber)) return burned ?? undefined;
  return last;
}

interface Place {
  readonly root: Uint8Array;
  readonly firstNumber: bigint;
  readonly count: number;
}

const nextAfter = ({ firstNumber, count }: Place): bigint => firstNumber + BigInt(count);
