// SPDX-License-Identifier: Apache-2.0
// What an evidence package holds beside certificate, proof and originals. Made once and stored: a later version of our
// texts or of the offline verifier changes no package that was issued.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PartMissing } from '../queue/outbox-worker.ts';
import type { ContentStore } from '../storage/content-store.ts';
import type { PackageParts } from './certificates.store.ts';
import { englishReadme } from './package-readme.en.ts';
import { chineseReadme } from './package-readme.zh.ts';
import type { Original, ReadmeFacts } from './readme-facts.ts';

/** The web pages are not built, so a package would lack its verifier: no package is made until they are. */
function verifyPageMissing(cause: unknown): PartMissing {
  return new PartMissing('verify-page-missing', 'the offline verifier is not built', cause);
}

interface Summed {
  name: string;
  sha256: string;
}

export interface PartsRequest {
  store: ContentStore;
  verifyPage: string;
  readme: Omit<ReadmeFacts, 'originals'>;
  files: readonly { uploadId: string; name: string; size: string; sha256: string }[];
  /** The proof and the issued PDF as the package names them, and their SHA-256. */
  issued: readonly Summed[];
  /** Bytes of originals that a package may hold together. */
  limitBytes: number;
}

export async function makeParts(request: PartsRequest): Promise<PackageParts> {
  const { store, verifyPage, readme, files, issued, limitBytes } = request;
  const page = await readFile(verifyPage).catch((cause) => {
    throw verifyPageMissing(cause);
  });
  const originals = chooseOriginals(files, limitBytes);
  const facts = { ...readme, originals };
  const texts = [
    { name: 'README.en.md', text: englishReadme(facts) },
    { name: 'README.zh.md', text: chineseReadme(facts) },
  ];
  const summed = [
    ...issued,
    ...texts.map(({ name, text }) => ({ name, sha256: sha256Of(text) })),
    { name: 'verify.html', sha256: sha256Of(page) },
    ...files.map(({ sha256 }, at) => ({ name: originals[at]?.name ?? '', sha256 })),
  ];
  return {
    files: [...texts, { name: 'SHA256SUMS', text: sumsOf(summed) }],
    originals,
    // The page is everybody's: it needs no stamp, and is stored once for all packages.
    verifyPage: { cid: await store.put(inOne(page)), size: page.length },
  };
}

/** Every entry but this list itself, in the format of `sha256sum -c`. The verifier tells a package that lists its proof from
 * one that was issued earlier, when only originals were listed. */
function sumsOf(entries: readonly Summed[]): string {
  const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  return sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}

const sha256Of = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The smaller ones first, as long as they fit; the rest are pointers. */
function chooseOriginals(files: PartsRequest['files'], limitBytes: number): Original[] {
  const bySize = files.toSorted((a, b) => Number(a.size) - Number(b.size));
  const included = new Set<string>();
  let total = 0;
  for (const { uploadId, size } of bySize) {
    total += Number(size);
    if (total <= limitBytes) included.add(uploadId);
  }
  return files.map(({ uploadId, name, size }, index) => ({
    uploadId,
    name: `originals/${String(index + 1).padStart(2, '0')} ${entryName(name)}`,
    size: Number(size),
    isIncluded: included.has(uploadId),
  }));
}

/** A name that is a name on every system: no path, no device, no control sign. */
function entryName(name: string): string {
  return Array.from(name.replace(/[\p{Cc}\p{Cf}\p{Cs}"*/:<>?\\|]/gu, '_').replace(/[. ]+$/, '_'))
    .slice(-120)
    .join('');
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
