// SPDX-License-Identifier: Apache-2.0
// The evidence package as a stream: a zip that is never stored, for it holds the originals in clear, and has the same
// bytes each time. Entries are sorted and not compressed, their time is the time of issue in Beijing, and nothing of the
// machine gets in.
import { PassThrough, Readable } from 'node:stream';
import { inChina } from '../china-time.ts';
import { DomainError } from '../errors.ts';
import type { ContentStore } from '../storage/content-store.ts';
import { cidOf } from '../storage/import-blocks.ts';
import { inTurns, ownTurn } from '../storage/turns.ts';
import { ZipFile } from '../storage/zip.ts';
import { readFailure } from '../uploads/index.ts';
import type { PackageParts } from './certificates.store.ts';

const MODE = 0o100644;

export interface PackageContent {
  number: string;
  issuedAt: Date;
  pdf: Buffer;
  bundle: Uint8Array;
  verifyPage: Buffer;
  parts: PackageParts;
}

export interface PackageSource {
  original(uploadId: string): AsyncIterable<Uint8Array>;
}

/** Reads an original when its turn comes; a failure ends the stream with an error, never as a shorter zip. */
export function streamPackage(source: PackageSource, content: PackageContent): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const inputs = new Set<Readable>();
  const options = { mtime: dosTime(content.issuedAt), mode: MODE, compress: false, forceDosTimestamp: true };
  for (const entry of entriesOf(source, content)) {
    if ('bytes' in entry) {
      zip.addBuffer(entry.bytes, entry.name, options);
      continue;
    }
    zip.addReadStreamLazy(entry.name, { ...options, size: entry.size }, (ready) => {
      const input = Readable.from(entry.open(), { objectMode: false });
      inputs.add(input);
      // yazl does not listen to what it is given, and an error that nobody listens to ends the process.
      input.on('error', (error) => output.destroy(error));
      input.once('close', () => inputs.delete(input));
      ready(null, input);
    });
  }
  zip.on('error', (error) => output.destroy(error));
  zip.outputStream.on('error', (error) => output.destroy(error));
  // When the reader disconnects, the files being read are closed.
  output.once('close', () => {
    for (const input of inputs) input.destroy();
  });
  zip.outputStream.pipe(output);
  zip.end();
  return output;
}

/** Reads the beginning of each original, so that a reader gets a problem answer for what is gone, not a broken download. */
export async function probePackage(source: PackageSource, content: PackageContent): Promise<void> {
  for (const entry of entriesOf(source, content)) {
    if ('bytes' in entry) continue;
    for await (const _ of entry.open()) break;
  }
}

type Entry = { name: string } & ({ bytes: Buffer } | { size: number; open: () => AsyncIterable<Uint8Array> });

function entriesOf({ original }: PackageSource, { number, pdf, bundle, verifyPage, parts }: PackageContent): Entry[] {
  const entries: Entry[] = [
    { name: 'certificate.pdf', bytes: pdf },
    { name: `${number}.proof.json`, bytes: Buffer.from(bundle) },
    { name: 'verify.html', bytes: verifyPage },
    ...parts.files.map((file) => ({
      name: file.name,
      bytes: 'text' in file ? Buffer.from(file.text) : Buffer.from(file.base64, 'base64'),
    })),
    ...parts.originals
      .filter(({ isIncluded }) => isIncluded)
      .map(({ name, size, uploadId }) => ({ name, size, open: () => exactly(size, original(uploadId)) })),
  ];
  return entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

/** Compared with its CID: it stands in the store as it is, and Kubo does not hash what it reads. */
export async function readVerifyPage(
  store: Pick<ContentStore, 'get'>,
  { verifyPage }: Pick<PackageParts, 'verifyPage'>,
): Promise<Buffer> {
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of store.get(verifyPage.cid)) pieces.push(piece);
    const page = Buffer.concat(pieces);
    await ownTurn();
    if ((await cidOf(page)) !== verifyPage.cid) throw new DomainError('stored-object-damaged', { part: 'verify.html' });
    return page;
  } catch (error) {
    throw readFailure(error);
  }
}

async function* exactly(size: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of inTurns(bytes)) {
    total += chunk.length;
    yield chunk;
  }
  if (total !== size) throw new DomainError('stored-object-damaged', { part: 'size' });
}

/** The zip's own form of time has no zone, and is written from the parts of the local time: these are Beijing's. */
function dosTime(at: Date): Date {
  const there = inChina(at);
  const [year, month, day] = [there.getUTCFullYear(), there.getUTCMonth(), there.getUTCDate()];
  return new Date(year, month, day, there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds());
}
