// The one proof bundle in an evidence package. Everything in a zip is hostile: counts, sizes, offsets and names are bounded
// before use, no name becomes a path, and inflating stops at the size of the largest bundle.
import type { FileHandle } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { MAX_FILE_SIZE } from '../src/index.ts';
import { InputError } from './arguments.ts';
import { readRange } from './read-range.ts';

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
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedSize: number;
  readonly offset: number;
}

/** The bytes of the single `*.proof.json` in a zip. Throws InputError. */
export async function proofInZip(file: FileHandle, size: number): Promise<Uint8Array> {
  const proofs = proofEntries(await readDirectory(file, size));
  const [entry] = proofs;
  if (!entry || proofs.length > 1) throw new InputError(`the package has ${proofs.length} files *.proof.json, not one`);
  if (entry.isEncrypted) throw new InputError('the proof in the package is encrypted');
  // Deflate never makes a text much longer than it was.
  if (entry.packedSize > 2 * MAX_FILE_SIZE) throw new InputError('the proof in the package is too large');
  const local = await readRange(file, entry.offset, LOCAL_SIZE);
  if (local.length < LOCAL_SIZE || local.readUInt32LE(0) !== LOCAL_SIGNATURE) throw broken();
  const start = entry.offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = await readRange(file, start, entry.packedSize);
  if (packed.length < entry.packedSize) throw broken();
  return unpack(packed, entry.method);
}

async function readDirectory(file: FileHandle, size: number): Promise<Buffer> {
  const tail = await readRange(file, Math.max(0, size - END_SIZE - MAX_COMMENT), END_SIZE + MAX_COMMENT);
  let at = tail.length - END_SIZE;
  while (at >= 0 && tail.readUInt32LE(at) !== END_SIGNATURE) at--;
  if (at < 0) throw broken();
  const length = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  if (offset === 0xffffffff)
    throw new InputError('the package is too large for this program: unpack it and verify its *.proof.json');
  if (length > MAX_DIRECTORY_SIZE) throw new InputError('the package has too many entries');
  return readRange(file, offset, length);
}

function proofEntries(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY_SIZE <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) throw broken();
    const nameEnd = at + ENTRY_SIZE + directory.readUInt16LE(at + 28);
    if (PROOF_NAME.test(directory.toString('utf8', at + ENTRY_SIZE, nameEnd))) {
      entries.push({
        isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
        method: directory.readUInt16LE(at + 10),
        packedSize: directory.readUInt32LE(at + 20),
        offset: directory.readUInt32LE(at + 42),
      });
    }
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(packed: Buffer, method: number): Uint8Array {
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new InputError('the proof in the package is packed in an unknown way');
  try {
    return inflateRawSync(packed, { maxOutputLength: MAX_FILE_SIZE + 1 });
  } catch (error) {
    throw new InputError('the proof in the package is damaged or too large', { cause: error });
  }
}

const broken = (): InputError => new InputError('the package is not a readable zip');
