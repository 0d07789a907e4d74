// The one proof bundle in an evidence package. Everything in a zip is hostile: counts, sizes, offsets and names are bounded
// before use, no name becomes a path, and inflating stops at the size of the largest bundle.
import { MAX_FILE_SIZE } from '../bundle/parse.ts';
import { ContainerError } from './container-error.ts';
import { inflate } from './inflate.ts';
import type { ByteSource } from './source.ts';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
/** The end record stands before a comment of at most this many bytes. */
const MAX_COMMENT = 65_535;
/** Bytes of the largest directory: some 100,000 entries. */
const MAX_DIRECTORY_SIZE = 16 * 2 ** 20;
const STORED = 0;
const DEFLATED = 8;
const PROOF_NAME = /(?:^|\/)[^/]+\.proof\.json$/;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedSize: number;
  readonly offset: number;
}

/** The bytes of the single `*.proof.json` in a zip. Throws ContainerError. */
export async function proofInZip(source: ByteSource): Promise<Uint8Array> {
  const proofs = (await readDirectory(source)).filter(({ name }) => PROOF_NAME.test(name));
  const [entry] = proofs;
  if (!entry) throw new ContainerError('no-proof', 'the package has no file *.proof.json');
  if (proofs.length > 1)
    throw new ContainerError('several-proofs', `the package has ${proofs.length} files *.proof.json`);
  if (entry.isEncrypted) throw new ContainerError('encrypted', 'the proof in the package is encrypted');
  // Deflate never makes a text much longer than it was.
  if (entry.packedSize > 2 * MAX_FILE_SIZE)
    throw new ContainerError('too-large', 'the proof in the package is too large');
  const local = await source.read(entry.offset, LOCAL_SIZE);
  if (local.length < LOCAL_SIZE) throw broken();
  const view = viewOf(local);
  if (view.getUint32(0, true) !== LOCAL_SIGNATURE) throw broken();
  const start = entry.offset + LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true);
  const packed = await source.read(start, entry.packedSize);
  if (packed.length < entry.packedSize) throw broken();
  return unpack(packed, entry.method);
}

// Programs disagree on where the directory of a crooked zip is, and so on what is in it: no room is left between its
// parts, and the end of the file is their end.
async function readDirectory(source: ByteSource): Promise<Entry[]> {
  const tailAt = Math.max(0, source.size - END_SIZE - MAX_COMMENT);
  const tail = await source.read(tailAt, END_SIZE + MAX_COMMENT);
  const view = viewOf(tail);
  let at = tail.length - END_SIZE;
  while (at >= 0 && view.getUint32(at, true) !== END_SIGNATURE) at--;
  if (at < 0 || at + END_SIZE + view.getUint16(at + 20, true) !== tail.length) throw broken();
  const length = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (offset === 0xffffffff)
    throw new ContainerError(
      'too-large',
      'the package is too large for this program: unpack it and verify its *.proof.json',
    );
  if (length > MAX_DIRECTORY_SIZE) throw new ContainerError('too-large', 'the package has too many entries');
  if (offset + length !== tailAt + at) throw broken();
  const entries = entriesOf(await source.read(offset, length));
  if (entries.length !== view.getUint16(at + 10, true)) throw broken();
  return entries;
}

function entriesOf(directory: Uint8Array): Entry[] {
  const view = viewOf(directory);
  const decoder = new TextDecoder();
  const entries: Entry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + ENTRY_SIZE > directory.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw broken();
    const nameEnd = at + ENTRY_SIZE + view.getUint16(at + 28, true);
    entries.push({
      name: decoder.decode(directory.subarray(at + ENTRY_SIZE, nameEnd)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedSize: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

async function unpack(packed: Uint8Array, method: number): Promise<Uint8Array> {
  if (method === STORED) return packed;
  if (method !== DEFLATED) {
    throw new ContainerError('unknown-packing', 'the proof in the package is packed in an unknown way');
  }
  const bytes = await inflate(packed, 'deflate-raw', MAX_FILE_SIZE);
  if (!bytes || bytes.length > MAX_FILE_SIZE) {
    throw new ContainerError('unreadable', 'the proof in the package is damaged or too large');
  }
  return bytes;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const broken = (): ContainerError => new ContainerError('unreadable', 'the package is not a readable zip');
