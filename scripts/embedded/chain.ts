// SPDX-License-Identifier: Apache-2.0
// The embedded chain: one anvil on loopback, its blocks mined and its state copied from here.
//
// Blocks are mined on request, not by anvil's own clock, for two reasons: a copy taken between two blocks is
// whole, and a tick without transactions needs no block. Anvil's cost per block grows with its history (15 ms at
// 20,000 blocks), so an idle chain makes a block now and then only, to keep the newest header recent.
// Whoever reaches the port can mint balances and rewrite state: hence loopback only, and no CORS.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Child, type ChildOptions, launch, tail } from '../processes/child.ts';
import { eventually } from '../processes/eventually.ts';
import { requireFreePort } from '../processes/ports.ts';
import { callRpc, findAnvil } from './anvil.ts';
import { announce, type Block, durableFile, restoreCopy, writeCopy } from './chain-copies.ts';

export const EMBEDDED_CHAIN_ID = 77_880;
const READY_WITHIN_MS = 60_000;
/** Copying may take this share of the time: after a copy that took t, the next one waits 9 t. */
const COPY_SHARE = 0.1;
/** States kept for `eth_getProof`; each is a whole copy of the accounts in anvil's memory. */
const KEPT_STATES = 64;
const GENESIS_BALANCE_WEI = 10n ** 24n;

export interface ChainOptions {
  /** Holds `chain/` (copies of the state) and `logs/chain.log`. */
  folder: string;
  port: number;
  chainId?: number;
  /** A tick: transactions wait at most this long for their block. */
  blockMs?: number;
  /** The longest time without a block; 0 makes one at every tick. */
  idleBlockMs?: number;
  /** Backups: each copy also goes below this folder, before its block counts as final. */
  backups?: string | undefined;
  /** Addresses that get a balance when the chain is new. */
  funded?: string[];
  onSpawn?: ChildOptions['onSpawn'];
}

export interface Chain extends Child {
  readonly url: string;
  /** JSON file `{block, hash, at}` of the newest block that survives a kill. */
  readonly durableFile: string;
}

export async function startChain(options: ChainOptions): Promise<Chain> {
  const { port, funded = [] } = options;
  const folder = path.join(options.folder, 'chain');
  const stateFile = path.join(folder, 'state.json');
  await requireFreePort(port, 'CHAIN_PORT', 'the chain');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const genesisTime = await restoreCopy(folder, stateFile);
  const child = await launchAnvil(options, genesisTime === undefined ? undefined : { stateFile, genesisTime });
  rmSync(stateFile, { force: true });

  const url = `http://127.0.0.1:${port}`;
  if (genesisTime === undefined) {
    for (const address of funded) await callRpc(url, 'anvil_setBalance', [address, toHex(GENESIS_BALANCE_WEI)]);
    await mine(url);
    await copyState(url, folder, await archiveOf(options, url));
  } else {
    await callRpc(url, 'evm_setTime', [Math.floor(Date.now() / 1000)]);
    await announce(folder, await newestBlock(url));
  }
  const keeper = keepMining(options, { url, folder, child, archive: await archiveOf(options, url) });
  return {
    ...child,
    url,
    durableFile: durableFile(folder),
    stop: async () => {
      await keeper.stop();
      await child.stop();
    },
    kill: async () => {
      keeper.abort();
      await child.kill();
    },
  };
}

interface Restored {
  stateFile: string;
  genesisTime: number;
}

/** Anvil makes its own genesis before it loads a state: with the old one's time it is the same block again. */
async function launchAnvil(options: ChainOptions, restored: Restored | undefined): Promise<Child> {
  const { folder, port, chainId = EMBEDDED_CHAIN_ID, onSpawn } = options;
  const logFile = path.join(folder, 'logs', 'chain.log');
  const network = ['--host', '127.0.0.1', '--port', String(port), '--no-cors', '--chain-id', String(chainId)];
  const state = ['--prune-history', String(KEPT_STATES), ...(restored ? stateArguments(restored) : [])];
  const args = [...network, ...state, '--accounts', '0', '--no-mining', '--hardfork', 'prague', '--quiet'];
  const child = await launch({ name: 'chain', command: findAnvil(), args, cwd: folder, logFile, onSpawn });
  const isReady = async () => (await callRpc(`http://127.0.0.1:${port}`, 'eth_chainId')) === toHex(chainId);
  try {
    await eventually(isReady, {
      what: 'the chain',
      withinMs: READY_WITHIN_MS,
      everyMs: 20,
      hopeless: () => (child.isRunning() ? undefined : `ended at start:\n${tail(logFile)}`),
    });
    return child;
  } catch (error) {
    await child.kill();
    throw error;
  }
}

function stateArguments({ stateFile, genesisTime }: Restored): string[] {
  return ['--load-state', stateFile, '--timestamp', String(genesisTime)];
}

/** Mines and copies at every tick until the chain ends or is stopped; the last block is always copied. */
function keepMining(
  options: ChainOptions,
  chain: { url: string; folder: string; child: Child; archive: string | undefined },
) {
  const { blockMs = 1_000, idleBlockMs = 10_000 } = options;
  const { url, folder, child, archive } = chain;
  const stopped = new AbortController();
  // A chain that was stopped makes a block at once: its last one tells a time long past.
  let minedAt = 0;
  let copyFrom = 0;
  let isCopyDue = false;

  async function tick(): Promise<void> {
    if (Date.now() - minedAt >= idleBlockMs || (await hasTransactions(url))) {
      minedAt = Date.now();
      await mine(url);
      isCopyDue = true;
    }
    if (isCopyDue && Date.now() >= copyFrom) {
      const tookMs = await copyState(url, folder, archive);
      copyFrom = Date.now() + tookMs * (1 / COPY_SHARE - 1);
      isCopyDue = false;
    }
  }

  async function run(): Promise<void> {
    let nextAt = Date.now() + blockMs;
    while (child.isRunning() && !stopped.signal.aborted) {
      await pause(Math.max(0, nextAt - Date.now()), undefined, { signal: stopped.signal }).catch(() => {});
      // A tick that was missed is not made up for.
      nextAt = Math.max(nextAt + blockMs, Date.now());
      if (child.isRunning()) await tick().catch((error: Error) => reportUnlessGone(child, stopped.signal, error));
    }
    if (isCopyDue && child.isRunning())
      await copyState(url, folder, archive).catch((error: Error) => reportUnlessGone(child, stopped.signal, error));
  }

  const ended = run();
  const abort = () => stopped.abort();
  return {
    abort,
    stop: () => {
      abort();
      return ended;
    },
  };
}

function reportUnlessGone(child: Child, stopped: AbortSignal, error: Error): void {
  if (child.isRunning() && !stopped.aborted) console.warn(`inkseal: the chain made no block or copy: ${error.message}`);
}

const poolSchema = z.object({ pending: z.string() });
const blockSchema = z.object({ number: z.string(), hash: z.string() });

async function hasTransactions(url: string): Promise<boolean> {
  const { pending } = poolSchema.parse(await callRpc(url, 'txpool_status'));
  return BigInt(pending) > 0n;
}

async function mine(url: string): Promise<void> {
  await callRpc(url, 'evm_mine');
}

/** Returns how long it took, in ms. */
async function copyState(url: string, folder: string, archive: string | undefined): Promise<number> {
  const startedAt = Date.now();
  const block = await newestBlock(url);
  // The answer is a gzip archive in hex. Only this process mines, so it is the state after that very block.
  const state = z.string().parse(await callRpc(url, 'anvil_dumpState', [false]));
  await writeCopy(folder, Buffer.from(state.slice(2), 'hex'), block, archive);
  return Date.now() - startedAt;
}

/** Of this very chain, whatever else was ever backed up there. */
async function archiveOf({ backups }: ChainOptions, url: string): Promise<string | undefined> {
  return backups === undefined ? undefined : chainArchive(backups, await genesisHash(url));
}

export const chainArchive = (backups: string, genesis: string): string => path.join(backups, 'chain', genesis);

export async function genesisHash(url: string): Promise<string> {
  return blockSchema.parse(await callRpc(url, 'eth_getBlockByNumber', ['0x0', false])).hash;
}

async function newestBlock(url: string): Promise<Block> {
  const block = blockSchema.parse(await callRpc(url, 'eth_getBlockByNumber', ['latest', false]));
  return { number: Number(block.number), hash: block.hash };
}

function toHex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
