// SPDX-License-Identifier: Apache-2.0
// Good copies of the embedded chain's state. A block counts as final once a copy that holds it is on disk, so a
// copy is written beside, synchronised and renamed, and only then announced in `durable.json`. The newest copies
// are kept: one that turns out unreadable is set aside, and the next older one takes its place.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { writeDurably } from '../processes/files.ts';

const KEPT_COPIES = 3;
const SUFFIX = '.json.gz';
const BLOCK_DIGITS = 12;

export interface Block {
  number: number;
  hash: string;
}

/** Where the newest block that no kill can lose is announced, as `{block, hash, at}`. */
export function durableFile(folder: string): string {
  return path.join(folder, 'durable.json');
}

/** With an archive, a block counts as final only when its copy is there as well. */
export async function writeCopy(folder: string, state: Uint8Array, block: Block, archive?: string): Promise<void> {
  for (const each of [...(archive ? [archive] : []), folder]) await keepCopy(each, state, block);
  await announce(folder, block);
}

async function keepCopy(folder: string, state: Uint8Array, block: Block): Promise<void> {
  await mkdir(path.join(folder, 'copies'), { recursive: true, mode: 0o700 });
  await writeDurably(copyFile(folder, block.number), state);
  for (const old of (await listCopies(folder)).slice(KEPT_COPIES)) await rm(old);
}

/** Puts the newest readable copy at `stateFile` and returns the time of its genesis, s; what was announced is withdrawn. */
export async function restoreCopy(folder: string, stateFile: string): Promise<number | undefined> {
  await rm(durableFile(folder), { force: true });
  for (const file of await listCopies(folder)) {
    try {
      const state = await promisify(gunzip)(await readFile(file));
      const genesisTime = genesisTimeOf(JSON.parse(state.toString('utf8')));
      await writeFile(stateFile, state, { mode: 0o600 });
      return genesisTime;
    } catch {
      await rename(file, `${file}.unreadable`);
      console.warn(`inkseal: a copy of the chain is unreadable and was set aside: ${file}.unreadable`);
    }
  }
  return undefined;
}

/** Says which block no kill can lose. */
export async function announce(folder: string, { number, hash }: Block): Promise<void> {
  const content = JSON.stringify({ block: String(number), hash, at: new Date().toISOString() });
  await writeDurably(durableFile(folder), `${content}\n`);
}

interface State {
  best_block_number?: unknown;
  blocks?: { header: { number: string; timestamp: string } }[];
}

function genesisTimeOf({ best_block_number: number, blocks }: State): number {
  if (typeof number !== 'number' || !Array.isArray(blocks)) throw new Error('not a chain state');
  const genesis = blocks.find(({ header }) => BigInt(header.number) === 0n);
  if (!genesis) throw new Error('a chain state without its genesis');
  return Number(genesis.header.timestamp);
}

/** Newest first. */
export async function listCopies(folder: string): Promise<string[]> {
  const copies = path.join(folder, 'copies');
  const names = existsSync(copies) ? await readdir(copies) : [];
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .reverse()
    .map((name) => path.join(copies, name));
}

function copyFile(folder: string, block: number): string {
  return path.join(folder, 'copies', `${String(block).padStart(BLOCK_DIGITS, '0')}${SUFFIX}`);
}
