// Where the directory of a zip is. Programs disagree on that for a crooked zip, and so on what is in it: no room is left
// between its parts, and the end of the file is their end.
import { ContainerError } from './container-error.ts';
import type { ByteSource } from './source.ts';

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
/** The end record stands before a comment of at most this many bytes. */
const MAX_COMMENT = 65_535;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_SIZE = 20;
const LONG_END_SIGNATURE = 0x06064b50;
/** A zip64 end record without extensions. */
const LONG_END_SIZE = 56;
/** Bytes of the largest directory: some 100,000 entries. */
const MAX_DIRECTORY_SIZE = 16 * 2 ** 20;
/** A number of 16 or 32 bits that stands in the zip64 end record instead. */
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;

export interface Directory {
  readonly offset: number;
  readonly length: number;
  readonly count: number;
}

export async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailAt = Math.max(0, source.size - END_SIZE - MAX_COMMENT);
  const view = viewOf(await source.read(tailAt, END_SIZE + MAX_COMMENT));
  let at = view.byteLength - END_SIZE;
  while (at >= 0 && view.getUint32(at, true) !== END_SIGNATURE) at--;
  if (at < 0 || at + END_SIZE + view.getUint16(at + 20, true) !== view.byteLength) throw broken();
  const short: Directory = {
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  const long = await longDirectory(source, tailAt + at);
  const { directory, end } = long
    ? { ...long, directory: joined(short, long.directory) }
    : { directory: short, end: tailAt + at };
  if (directory.length > MAX_DIRECTORY_SIZE) throw new ContainerError('too-large', 'the package has too many entries');
  if (directory.offset + directory.length !== end) throw broken();
  return directory;
}

/** The directory as the zip64 records before the end record name it, and where these begin. */
async function longDirectory(
  source: ByteSource,
  endAt: number,
): Promise<{ directory: Directory; end: number } | undefined> {
  const locatorAt = endAt - LOCATOR_SIZE;
  if (locatorAt < 0) return undefined;
  const locator = viewOf(await source.read(locatorAt, LOCATOR_SIZE));
  if (locator.byteLength < LOCATOR_SIZE || locator.getUint32(0, true) !== LOCATOR_SIGNATURE) return undefined;
  const end = Number(locator.getBigUint64(8, true));
  if (end !== locatorAt - LONG_END_SIZE) throw broken();
  const record = viewOf(await source.read(end, LONG_END_SIZE));
  const isRecord =
    record.byteLength === LONG_END_SIZE &&
    record.getUint32(0, true) === LONG_END_SIGNATURE &&
    Number(record.getBigUint64(4, true)) === LONG_END_SIZE - 12;
  if (!isRecord) throw broken();
  const [count, length, offset] = [32, 40, 48].map((at) => Number(record.getBigUint64(at, true)));
  if (count === undefined || length === undefined || offset === undefined) throw broken();
  return { directory: { count, length, offset }, end };
}

/** A program that does not know zip64 must not read another directory. */
function joined(short: Directory, long: Directory): Directory {
  const isSame = (own: number, full: number, other: number) => own === full || own === other;
  if (
    !isSame(short.count, FULL_16, long.count) ||
    !isSame(short.length, FULL_32, long.length) ||
    !isSame(short.offset, FULL_32, long.offset)
  ) {
    throw broken();
  }
  return long;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const broken = (): ContainerError => new ContainerError('unreadable', 'the package is not a readable zip');
