// SPDX-License-Identifier: Apache-2.0
// Tree heads and inclusion paths written down from the recursive definitions of RFC 9162 §2.1.1 and §2.1.3.1:
// slow, and with none of the arithmetic of the code under test.
import { createHash } from 'node:crypto';

export function leafHash(statement: Uint8Array): Buffer {
  return sha256(Buffer.of(0x00), statement);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(Buffer.of(0x01), left, right);
}

/** MTH(D[n]), from leaf hashes. */
export function treeHead(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (only && leaves.length === 1) return only;
  const k = splitOf(leaves.length);
  return nodeHash(treeHead(leaves.slice(0, k)), treeHead(leaves.slice(k)));
}

/** PATH(m, D[n]), the sibling beside the leaf first. */
export function inclusionPath(m: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return m < k
    ? [...inclusionPath(m, leaves.slice(0, k)), treeHead(leaves.slice(k))]
    : [...inclusionPath(m - k, leaves.slice(k)), treeHead(leaves.slice(0, k))];
}

/** Every inner node, the root among them. */
export function innerNodes(leaves: Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return [treeHead(leaves), ...innerNodes(leaves.slice(0, k)), ...innerNodes(leaves.slice(k))];
}

/** The way from the root down to leaf m of n: which side at each step. */
export function sides(m: number, n: number): string {
  if (n === 1) return '';
  const k = splitOf(n);
  return m < k ? `L${sides(m, k)}` : `R${sides(m - k, n - k)}`;
}

/** The largest power of two below n. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
