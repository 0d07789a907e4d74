// A zip of one stored entry that has all of its numbers in zip64 records, as programs write it beyond 4 GiB.
import { concatBytes, utf8 } from '../../src/index.ts';

const FULL = 0xffffffff;

export function zip64Of(name: string, content: Uint8Array): Uint8Array {
  const size = BigInt(content.length);
  const nameBytes = utf8(name);
  const local = record(
    [0x04034b50, 4],
    [45, 2],
    [0, 6],
    [0, 6],
    [content.length, 4],
    [content.length, 4],
    [nameBytes.length, 2],
    [0, 2],
  );
  const extra = record([1, 2], [24, 2], [size, 8], [size, 8], [0, 8]);
  const entry = record(
    ...([
      [0x02014b50, 4],
      [45, 2],
      [45, 2],
      [0, 12],
      [FULL, 4],
      [FULL, 4],
      [nameBytes.length, 2],
      [extra.length, 2],
    ] as Field[]),
    ...([
      [0, 10],
      [FULL, 4],
    ] as Field[]),
  );
  const directoryAt = BigInt(local.length + nameBytes.length + content.length);
  const length = BigInt(entry.length + nameBytes.length + extra.length);
  const end = record([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 8], [1, 8], [1, 8], [length, 8], [directoryAt, 8]);
  const locator = record([0x07064b50, 4], [0, 4], [directoryAt + length, 8], [1, 4]);
  const short = record([0x06054b50, 4], [0, 4], [0xffff, 2], [0xffff, 2], [FULL, 4], [FULL, 4], [0, 2]);
  return concatBytes([local, nameBytes, content, entry, nameBytes, extra, end, locator, short]);
}

/** A number and how many bytes it takes. */
type Field = readonly [number | bigint, number];

function record(...fields: readonly Field[]): Uint8Array {
  return concatBytes(
    fields.map(([value, length]) =>
      Uint8Array.from({ length }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn)),
    ),
  );
}
