// Checking an inclusion proof: the root that a leaf, its place and its path lead to (RFC 9162 §2.1.3.2).
import { VerificationError } from '../errors.ts';
import { pathNodeOffsets } from './layout.ts';
import { nodeHash } from './tree.ts';

/** A leaf's place in a tree, and the nodes that lead from it to the root. */
export interface InclusionProof {
  readonly index: number;
  readonly count: number;
  readonly path: readonly Uint8Array[];
}

/**
 * The root that `hash`, as leaf `index` of `count`, leads to.
 * Throws VerificationError `index-out-of-range`, or `path-length` if the path is not exactly as long as that place takes.
 */
export function rootFromPath(hash: Uint8Array, index: number, count: number, path: readonly Uint8Array[]): Uint8Array {
  if (!(index >= 0 && index < count)) {
    throw new VerificationError('index-out-of-range', `no leaf ${index} among ${count}`, {
      expected: `below ${count}`,
      found: String(index),
    });
  }
  const { length } = pathNodeOffsets(index, count);
  if (path.length !== length) {
    throw new VerificationError('path-length', `leaf ${index} of ${count} takes a path of ${length}`, {
      expected: String(length),
      found: String(path.length),
    });
  }
  const siblings = path.values();
  let node = hash;
  for (let width = count, position = index; width > 1; width = Math.ceil(width / 2), position = position >> 1) {
    if ((position ^ 1) >= width) continue;
    const sibling = siblings.next().value ?? node;
    node = position % 2 === 1 ? nodeHash(sibling, node) : nodeHash(node, sibling);
  }
  return node;
}
