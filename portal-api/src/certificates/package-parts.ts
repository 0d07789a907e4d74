// SPDX-License-Identifier: Apache-2.0
// What an evidence package holds beside certificate, proof and originals. Made once and stored: a later version of our
// texts or of the offline verifier changes no package that was issued.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PartMissing } from '../queue/outbox-worker.ts';
import type { ContentStore } from '../storage/content-store.ts';
import { cidOf } from '../storage/import-blocks.ts';
import type { PackageParts } from './certificates.store.ts';
import type { DossierFacts } from './dossier/dossier-facts.ts';
import { dossierFiles } from './dossier/dossier-files.ts';
import { readVerifyPage } from './evidence-package.ts';
import { type FileToPack, packFiles } from './pack-files.ts';
import { type Listed, listed, manifestJson, sumsText } from './package-lists.ts';
import { englishReadme } from './package-readme.en.ts';
import { chineseReadme } from './package-readme.zh.ts';
import { timeStampName } from './readme-facts.ts';

/** Where the web pages are not built, a package would lack its verifier: no package is made until they are. */
function readPage(file: string): Promise<Buffer> {
  return readFile(file).catch((cause) => {
    throw new PartMissing('verify-page-missing', 'the offline verifier is not built', cause);
  });
}

export interface PartsRequest {
  store: ContentStore;
  verifyPage: string;
  /** Paths of the court's guide 法院核验指引, in each language. */
  courtGuides: readonly string[];
  readme: Omit<DossierFacts, 'originals' | 'documents'>;
  files: readonly FileToPack[];
  /** Of a registration: the documents beside its samples. */
  documents: readonly (FileToPack & { kind: string })[];
  /** The proof and the issued PDF, as the package names them. */
  issued: readonly Listed[];
  /** The time stamps of the proof, each a TimeStampResp. */
  timeStamps: readonly Uint8Array[];
  /** Bytes of originals and documents that a package may hold together. */
  limitBytes: number;
}

export async function makeParts(request: PartsRequest): Promise<PackageParts> {
  const { store, verifyPage, courtGuides, readme, issued, timeStamps } = request;
  const page = await readPage(verifyPage);
  const guides = await Promise.all(courtGuides.map(readPage));
  const packed = packFiles(request);
  const facts = { ...readme, ...packed };
  const texts = [
    { name: 'README.en.md', text: englishReadme(facts) },
    { name: 'README.zh.md', text: chineseReadme(facts) },
    ...courtGuides.map((file, index) => ({ name: path.basename(file), text: String(guides[index]) })),
    ...dossierFiles(facts),
  ];
  const stamps = timeStamps.map((bytes, index) => ({ name: timeStampName(index), bytes: Buffer.from(bytes) }));
  const files = [...packed.originals, ...packed.documents];
  const entries = [
    ...issued,
    ...texts.map(({ name, text }) => listed(name, text)),
    ...stamps.map(({ name, bytes }) => listed(name, bytes)),
    listed('verify.html', page),
    ...files,
  ];
  const manifest = { name: 'manifest.json', text: manifestJson(readme.facts.number, entries) };
  const sums = sumsText([...entries, listed(manifest.name, manifest.text)]);
  return {
    files: [
      ...texts,
      ...stamps.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
      manifest,
      { name: 'SHA256SUMS', text: sums },
    ],
    originals: files.map(({ uploadId, name, size, isIncluded }) => ({ uploadId, name, size, isIncluded })),
    verifyPage: { cid: await storeOnce(store, page), size: page.length },
  };
}

/** The page is everybody's: it needs no stamp, and is stored once for all packages. To read it costs less than to store it again. */
async function storeOnce(store: ContentStore, page: Buffer): Promise<string> {
  const cid = await cidOf(page);
  const isWhole = await readVerifyPage(store, { verifyPage: { cid, size: page.length } }).then(
    () => true,
    () => false,
  );
  return isWhole ? cid : store.put(inOne(page));
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
