// SPDX-License-Identifier: Apache-2.0
// The content store's blocks. A block's name is its digest, so a backup copies only what the target lacks, and a copy is
// right or it is not: no size and no time is asked.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { copyDurably, digestOf, eachAtOnce, listTree, syncTree } from './copy.ts';

const BLOCK = /\/B([A-Z2-7]+)\.data$/;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** A multihash of SHA-256: its code, its length, the digest. */
const SHA256_PREFIX = '1220';

export interface CopiedContents {
  /** `path → SHA-256` of what the target has. */
  listed: Map<string, string>;
  copied: number;
  /** Blocks of the source that are not what their names say. */
  damaged: string[];
}

/** `isQuick`: believes copies that the target has already. */
export async function copyContents(from: string, to: string, { isQuick = false } = {}): Promise<CopiedContents> {
  const result: CopiedContents = { listed: new Map(), copied: 0, damaged: [] };
  const isBelieved = new Set(isQuick ? await blocksIn(to) : []);
  await eachAtOnce(await blocksIn(from), async (block) => {
    const expected = digestInName(block);
    if (expected === undefined) return;
    const target = path.join(to, block);
    const isThere = isQuick ? isBelieved.has(block) : (await digestOf(target))?.sha256 === expected;
    if (!isThere && !(await copyBlock(path.join(from, block), target, { block, expected, result }))) return;
    result.listed.set(block, expected);
  });
  if (result.copied > 0) await syncTree(to);
  return result;
}

/** False where there is nothing good to copy. */
async function copyBlock(
  from: string,
  to: string,
  { block, expected, result }: { block: string; expected: string; result: CopiedContents },
): Promise<boolean> {
  const copy = await copyDurably(from, to);
  // Removed meanwhile: nobody needs it.
  if (!copy) return false;
  if (copy.sha256 !== expected) {
    await rm(to);
    result.damaged.push(block);
    return false;
  }
  result.copied += 1;
  return true;
}

/** Which of the listed blocks are missing or changed. */
export async function damagedContents(folder: string, list: string): Promise<string[]> {
  const damaged = await eachAtOnce(list.split('\n').filter(Boolean), async (line) => {
    const [expected, block = ''] = line.split('  ');
    const found = await digestOf(path.join(folder, block));
    return found?.sha256 === expected ? [] : [`${block}: ${found ? 'changed' : 'missing'}`];
  });
  return damaged.flat();
}

/** As `sha256sum -c` reads it. */
export const listOf = ({ listed }: CopiedContents): string =>
  [...listed]
    .sort()
    .map(([block, digest]) => `${digest}  content/${block}\n`)
    .join('');

const blocksIn = async (folder: string): Promise<string[]> =>
  (await listTree(folder)).filter((name) => BLOCK.test(name));

function digestInName(block: string): string | undefined {
  const name = BLOCK.exec(block)?.[1]?.toLowerCase() ?? '';
  const bits = [...name].map((each) => ALPHABET.indexOf(each).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((each) => Number.parseInt(each, 2)) ?? [];
  const hex = Buffer.from(bytes).toString('hex');
  return hex.startsWith(SHA256_PREFIX) && hex.length === 68 ? hex.slice(SHA256_PREFIX.length) : undefined;
}
