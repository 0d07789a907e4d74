// Where the nodes of an RFC 9162 tree stand in one flat array: level by level, leaves first, the root last, 32 bytes each.
// A level that has an odd node out carries it up unchanged, so level l holds ⌈count / 2^l⌉ nodes, and a path
// is cut from a stored array by offset alone. 2^20 leaves take 64 MiB less 32 bytes.

/** Bytes of a node hash. */
export const HASH_SIZE = 32;

/** The most leaves a tree may have; the contract has the same limit. */
export const MAX_LEAVES = 2 ** 20;

/** One level of the flat array; `offset` in bytes. */
export interface TreeLevel {
  readonly offset: number;
  readonly count: number;
}

export interface TreeLayout {
  readonly levels: readonly TreeLevel[];
  readonly byteLength: number;
}

/** The levels of a tree over `count` leaves, leaves first. Throws RangeError unless 1 ≤ count ≤ 2^20. */
export function treeLayout(count: number): TreeLayout {
  requireCount(count);
  const levels: TreeLevel[] = [];
  let byteLength = 0;
  for (let width = count; ; width = Math.ceil(width / 2)) {
    levels.push({ offset: byteLength, count: width });
    byteLength += width * HASH_SIZE;
    if (width === 1) return { levels, byteLength };
  }
}

/**
 * Byte offsets, in the flat array, of the inclusion path of leaf `index`, from the leaf's sibling upwards.
 * Throws RangeError unless 0 ≤ index < count ≤ 2^20.
 */
export function pathNodeOffsets(index: number, count: number): number[] {
  requireCount(count);
  if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError(`no leaf ${index} among ${count}`);
  const offsets: number[] = [];
  let nodesBelow = 0;
  for (let width = count, position = index; width > 1; width = (width + 1) >> 1, position >>= 1) {
    const sibling = position ^ 1;
    if (sibling < width) offsets.push((nodesBelow + sibling) * HASH_SIZE);
    nodesBelow += width;
  }
  return offsets;
}

function requireCount(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > MAX_LEAVES) {
    throw new RangeError(`a tree has 1 to ${MAX_LEAVES} leaves, not ${count}`);
  }
}
