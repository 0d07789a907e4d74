// The batches of a registry as its log lists them: sixty bytes a batch, so that a million fit.
import { utf8 } from '../encoding/bytes.ts';
import { sha256 } from '../hash.ts';

export interface ListedBatch {
  readonly id: bigint;
  /** 32 bytes. */
  readonly root: Uint8Array;
  readonly firstNumber: bigint;
  readonly count: number;
  /** The block of the event. */
  readonly block: bigint;
}

export interface BatchTable {
  readonly length: number;
  add(batch: ListedBatch): void;
  /** Throws RangeError for no such place. */
  at(place: number): ListedBatch;
  /** The batch that has a number; undefined where none of those listed does. */
  of(number: bigint): ListedBatch | undefined;
  /** Stands for the first `count` batches: another list has another digest. */
  digest(count: number): Uint8Array;
  /** As data, for another thread. */
  rows(): BatchRows;
}

export interface BatchRows {
  readonly length: number;
  readonly columns: Columns;
}

const ROOT_SIZE = 32;
const FIRST_CAPACITY = 1_024;
const DIGEST_START = 'inkseal audit, batches';

/** Goes on from the rows of another table. */
export function createBatchTable(rows: BatchRows = { length: 0, columns: columnsOf(FIRST_CAPACITY) }): BatchTable {
  let { columns, length } = rows;

  function at(place: number): ListedBatch {
    if (!(place >= 0 && place < length)) throw new RangeError(`no batch at ${place}`);
    return {
      id: columns.ids[place] ?? 0n,
      root: columns.roots.slice(place * ROOT_SIZE, (place + 1) * ROOT_SIZE),
      firstNumber: columns.firstNumbers[place] ?? 0n,
      count: columns.counts[place] ?? 0,
      block: columns.blocks[place] ?? 0n,
    };
  }

  return {
    get length() {
      return length;
    },
    add({ id, root, firstNumber, count, block }) {
      if (length === columns.ids.length) columns = grown(columns);
      columns.ids[length] = id;
      columns.roots.set(root, length * ROOT_SIZE);
      columns.firstNumbers[length] = firstNumber;
      columns.counts[length] = count;
      columns.blocks[length] = block;
      length += 1;
    },
    at,
    of(number) {
      let [low, high] = [0, length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((columns.firstNumbers[middle] ?? 0n) <= number) low = middle + 1;
        else high = middle;
      }
      const batch = low === 0 ? undefined : at(low - 1);
      return batch && number < batch.firstNumber + BigInt(batch.count) ? batch : undefined;
    },
    digest(count) {
      let digest = sha256(utf8(DIGEST_START));
      for (let place = 0; place < count; place += 1) digest = sha256(rowBytes(digest, at(place)));
      return digest;
    },
    rows: () => ({ length, columns }),
  };
}

interface Columns {
  readonly ids: BigUint64Array;
  readonly roots: Uint8Array;
  readonly firstNumbers: BigUint64Array;
  readonly counts: Uint32Array;
  readonly blocks: BigUint64Array;
}

function columnsOf(capacity: number): Columns {
  return {
    ids: new BigUint64Array(capacity),
    roots: new Uint8Array(capacity * ROOT_SIZE),
    firstNumbers: new BigUint64Array(capacity),
    counts: new Uint32Array(capacity),
    blocks: new BigUint64Array(capacity),
  };
}

function grown(columns: Columns): Columns {
  const larger = columnsOf(2 * columns.ids.length);
  larger.ids.set(columns.ids);
  larger.roots.set(columns.roots);
  larger.firstNumbers.set(columns.firstNumbers);
  larger.counts.set(columns.counts);
  larger.blocks.set(columns.blocks);
  return larger;
}

function rowBytes(before: Uint8Array, { id, root, firstNumber, count, block }: ListedBatch): Uint8Array {
  const bytes = new Uint8Array(2 * ROOT_SIZE + 32);
  bytes.set(before);
  bytes.set(root, ROOT_SIZE);
  const view = new DataView(bytes.buffer, 2 * ROOT_SIZE);
  [id, firstNumber, BigInt(count), block].forEach((value, place) => {
    view.setBigUint64(8 * place, value);
  });
  return bytes;
}
