// The entries of a zip. Everything in it is hostile: counts, sizes, offsets and names are bounded before use, no name becomes
// a path, and inflating stops at the size that the directory states.
import { concatBytes, equalBytes } from '../encoding/bytes.ts';
import { ContainerError } from './container-error.ts';
import { inflateStream } from './inflate.ts';
import type { ByteSource } from './source.ts';
import { findDirectory } from './zip-end.ts';

const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
/** Id of the extra field with the 64-bit numbers of an entry. */
const ZIP64_FIELD = 1;
const FULL = 0xffffffff;
/** How much of an entry is read at a time: what is packed may be a thousand times longer when it comes out. */
const CHUNK_SIZES = { stored: 2 ** 20, packed: 2 ** 16 };

export interface ZipEntry {
  /** With `/` between folders; characters that are not UTF-8 are replaced. */
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

/** The entries of a zip, as its directory lists them. Throws ContainerError. */
export async function readZip(source: ByteSource): Promise<ZipEntry[]> {
  const { offset, length, count } = await findDirectory(source);
  const entries = entriesOf(await source.read(offset, length));
  if (entries.length !== count) throw broken();
  return entries;
}

/** The content of an entry, chunk by chunk. Throws ContainerError if it is encrypted, damaged or longer than stated. */
export async function* chunksOf(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { name, method, size } = entry;
  if (entry.isEncrypted) throw new ContainerError('encrypted', `${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    throw new ContainerError('unknown-packing', `${name} is packed in an unknown way`);
  }
  const packed = packedChunks(source, entry);
  let total = 0;
  for await (const chunk of method === STORED ? packed : inflateStream(packed, 'deflate-raw')) {
    total += chunk.length;
    if (total > size) throw new ContainerError('unreadable', `${name} is longer than the package says`);
    yield chunk;
  }
  if (total !== size) throw new ContainerError('unreadable', `${name} is damaged`);
}

/** The content of an entry of at most `limit` bytes. Throws ContainerError. */
export async function contentOf(source: ByteSource, entry: ZipEntry, limit: number): Promise<Uint8Array> {
  // Deflate never makes a text much longer than it was.
  if (entry.size > limit || entry.packedSize > 2 * limit) {
    throw new ContainerError('too-large', `${entry.name} is too large`);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(source, entry)) chunks.push(chunk);
  return concatBytes(chunks);
}

async function* packedChunks(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const start = await contentStart(source, entry);
  const chunkSize = entry.method === STORED ? CHUNK_SIZES.stored : CHUNK_SIZES.packed;
  for (let at = 0; at < entry.packedSize; at += chunkSize) {
    const wanted = Math.min(chunkSize, entry.packedSize - at);
    const chunk = await source.read(start + at, wanted);
    if (chunk.length < wanted) throw broken();
    yield chunk;
  }
}

// Some programs go by the header before the content and not by the directory: the two must tell the same.
async function contentStart(source: ByteSource, { offset, nameBytes, method }: ZipEntry): Promise<number> {
  const head = await source.read(offset, LOCAL_SIZE + nameBytes.length);
  if (head.length < LOCAL_SIZE + nameBytes.length) throw broken();
  const view = viewOf(head);
  const isSame =
    view.getUint32(0, true) === LOCAL_SIGNATURE &&
    view.getUint16(8, true) === method &&
    view.getUint16(26, true) === nameBytes.length &&
    equalBytes(head.subarray(LOCAL_SIZE), nameBytes);
  if (!isSame) throw broken();
  return offset + head.length + view.getUint16(28, true);
}

function entriesOf(directory: Uint8Array): ZipEntry[] {
  const view = viewOf(directory);
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + ENTRY_SIZE > directory.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw broken();
    const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const end = extraEnd + view.getUint16(at + 32, true);
    if (end > directory.length) throw broken();
    const nameBytes = directory.subarray(at + ENTRY_SIZE, nameEnd);
    const numbers = longNumbers(viewOf(directory.subarray(nameEnd, extraEnd)), [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    entries.push({
      // Old programs for Windows write its own separator.
      name: decoder.decode(nameBytes).replaceAll('\\', '/'),
      nameBytes,
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      ...numbers,
    });
    at = end;
  }
  return entries;
}

/** Size, packed size and offset: those that do not fit stand in the zip64 field, in this order. */
function longNumbers(extra: DataView, short: [number, number, number]) {
  const field = zip64Field(extra);
  let at = 0;
  const [size, packedSize, offset] = short.map((value) => {
    if (value !== FULL) return value;
    if (!field || at + 8 > field.byteLength) throw broken();
    const long = Number(field.getBigUint64(at, true));
    at += 8;
    return long;
  });
  if (size === undefined || packedSize === undefined || offset === undefined) throw broken();
  return { size, packedSize, offset };
}

function zip64Field(extra: DataView): DataView | undefined {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    if (at + 4 + length > extra.byteLength) return undefined;
    if (extra.getUint16(at, true) === ZIP64_FIELD) return new DataView(extra.buffer, extra.byteOffset + at + 4, length);
    at += 4 + length;
  }
  return undefined;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const broken = (): ContainerError => new ContainerError('unreadable', 'the package is not a readable zip');
