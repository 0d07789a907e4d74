// An evidence package (docs/evidence-package.md): its one proof, and how each other entry stands to it. Nothing in a package
// vouches for itself, so each entry is either compared with the proof or named in the report.
import { createSHA256, createSM3 } from 'hash-wasm';
import { MAX_FILE_SIZE } from '../bundle/parse.ts';
import type { FileDigest } from '../checks/content.ts';
import type { PackageContents, PackageEntry } from '../checks/package.ts';
import { ContainerError } from './container-error.ts';
import { hasListed, MANIFEST_NAME, type PackageLists, readManifest, readSums, SUMS_NAME } from './package-lists.ts';
import { proofInPdf } from './pdf.ts';
import type { ByteSource } from './source.ts';
import { chunksOf, contentOf, readZip, type ZipEntry } from './zip.ts';

/** Bytes of the longest certificate that is searched for a proof. */
export const MAX_PDF_SIZE = 64 * 2 ** 20;
/** Bytes that are digested in all. We put at most 3 GiB of originals into a package. */
const MAX_DIGESTED_SIZE = 4 * 2 ** 30;
const MAX_CERTIFICATES = 8;
const PROOF_NAME = /(?:^|\/)[^/]+\.proof\.json$/;
/** Wherever these stand, a reader takes them for the work's originals and its certificate. */
const ORIGINAL = /(?:^|\/)originals\//;
const DOCUMENT = /(?:^|\/)documents\//;
const LOG_NAME = 'process-log.jsonl';
const TIME_STAMP_NAME = /^timestamp(?:-\d{1,3})?\.tsr$/;
/** Bytes of the longest process log that is compared with the proof. */
const MAX_LOG_SIZE = 4 * 2 ** 20;
const CERTIFICATE = /(?:^|\/)certificate\.pdf$/i;
/** What packages held beside originals before their sums listed every entry. */
const KNOWN_NAMES: readonly string[] = ['certificate.pdf', 'README.en.md', 'README.zh.md', 'verify.html'];
/** What a Mac and folders add to a zip. */
const IGNORED_NAME = /(?:^|\/)__MACOSX\/|(?:^|\/)\._[^/]*$|\/$/;

export interface OpenedPackage {
  readonly bytes: Uint8Array;
  readonly contents: PackageContents;
}

/** Opens a package and reads all of it. Throws ContainerError. */
export async function openPackage(source: ByteSource): Promise<OpenedPackage> {
  const entries = (await readZip(source)).filter(({ name }) => !IGNORED_NAME.test(name));
  const proof = onlyProof(entries);
  const bytes = await contentOf(source, proof, MAX_FILE_SIZE);
  // A package that was unpacked and packed again may stand in a folder.
  const folder = proof.name.slice(0, proof.name.lastIndexOf('/') + 1);
  const others = entries.filter((entry) => entry !== proof);
  if (others.reduce((total, { size }) => total + size, 0) > MAX_DIGESTED_SIZE) {
    throw new ContainerError('too-large', 'the package holds more than this program digests');
  }
  const lists = await listsOf(source, others, folder);
  const reading = { source, folder, lists, isListed: lists.sums.has(proof.name.slice(folder.length)) };
  const searched = searchedIn(others);
  const read: PackageEntry[] = [];
  for (const entry of others) read.push(await readEntry(reading, entry, searched.has(entry)));
  return { bytes, contents: { isListed: reading.isListed, entries: read } };
}

function onlyProof(entries: readonly ZipEntry[]): ZipEntry {
  const proofs = entries.filter(({ name }) => PROOF_NAME.test(name));
  const [proof] = proofs;
  if (!proof) throw new ContainerError('no-proof', 'the package has no file *.proof.json');
  if (proofs.length > 1) {
    throw new ContainerError('several-proofs', `the package has ${proofs.length} files *.proof.json`);
  }
  return proof;
}

interface Reading {
  readonly source: ByteSource;
  readonly folder: string;
  readonly lists: PackageLists;
  /** The package's sums list every entry, as those of new packages do. */
  readonly isListed: boolean;
}

/** The name as the package has it; undefined outside of its folder. */
function nameIn({ folder }: Pick<Reading, 'folder'>, { name }: ZipEntry): string | undefined {
  return name.startsWith(folder) ? name.slice(folder.length) : undefined;
}

const isPdf = ({ name }: ZipEntry): boolean => !ORIGINAL.test(name) && /\.pdf$/i.test(name);

/** What is named a certificate comes first: however many documents there are, it is searched. */
function searchedIn(entries: readonly ZipEntry[]): ReadonlySet<ZipEntry> {
  const pdfs = entries.filter(isPdf);
  const named = pdfs.filter(({ name }) => CERTIFICATE.test(name));
  return new Set([...new Set([...named, ...pdfs])].slice(0, MAX_CERTIFICATES));
}

async function readEntry(reading: Reading, entry: ZipEntry, isSearched: boolean): Promise<PackageEntry> {
  const { source, lists, isListed } = reading;
  const name = nameIn(reading, entry);
  const digest = await digestOf(source, entry);
  const isAsListed = name === undefined ? undefined : hasListed(lists, name, digest);
  return {
    ...digest,
    place: placeOf(entry.name, name),
    ...(isAsListed !== undefined && { isAsListed }),
    isKnown: !isListed && name !== undefined && KNOWN_NAMES.includes(name),
    isCertificate: CERTIFICATE.test(entry.name),
    ...(isSearched && { certificate: await proofOfCertificate(source, entry) }),
    ...(name === LOG_NAME && entry.size <= MAX_LOG_SIZE && { log: await contentOf(source, entry, MAX_LOG_SIZE) }),
  };
}

/** `name`: as the package has it. */
function placeOf(entryName: string, name: string | undefined): PackageEntry['place'] {
  if (ORIGINAL.test(entryName)) return 'originals';
  if (DOCUMENT.test(entryName)) return 'documents';
  if (name === LOG_NAME) return 'process-log';
  if (name !== undefined && TIME_STAMP_NAME.test(name)) return 'time-stamp';
  return name === SUMS_NAME ? 'sums' : 'other';
}

/** What a PDF of a package carries; undefined if no proof can be taken out of it. */
async function proofOfCertificate(source: ByteSource, entry: ZipEntry): Promise<{ proof?: Uint8Array }> {
  try {
    return { proof: await proofInPdf(await contentOf(source, entry, MAX_PDF_SIZE)) };
  } catch (error) {
    if (error instanceof ContainerError) return {};
    throw error;
  }
}

async function digestOf(source: ByteSource, entry: ZipEntry): Promise<FileDigest & { name: string }> {
  const [sha256, sm3] = await Promise.all([createSHA256(), createSM3()]);
  for await (const chunk of chunksOf(source, entry)) {
    sha256.update(chunk);
    sm3.update(chunk);
  }
  return { name: entry.name, size: entry.size, sha256: sha256.digest('hex'), sm3: sm3.digest('hex') };
}

async function listsOf(source: ByteSource, entries: readonly ZipEntry[], folder: string): Promise<PackageLists> {
  const contentNamed = async (wanted: string) => {
    const entry = entries.find((one) => nameIn({ folder }, one) === wanted);
    return entry && contentOf(source, entry, MAX_FILE_SIZE);
  };
  return { sums: readSums(await contentNamed(SUMS_NAME)), manifest: readManifest(await contentNamed(MANIFEST_NAME)) };
}
