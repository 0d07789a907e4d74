// What carries a proof: the evidence package (zip) and the certificate (PDF). Apart from the main face of the library, because
// only who opens a container needs it.
import { MAX_FILE_SIZE } from '../bundle/parse.ts';
import type { PackageContents } from '../checks/package.ts';
import { ContainerError } from './container-error.ts';
import { inflate } from './inflate.ts';
import { MAX_PDF_SIZE, openPackage } from './package.ts';
import { indexOf } from './pdf/find.ts';
import { MAX_LEAD, PDF_SIGNATURE, proofInPdf } from './pdf.ts';
import type { ByteSource } from './source.ts';

export { CONTAINER_CODES, type ContainerCode, ContainerError } from './container-error.ts';
export type { ByteSource } from './source.ts';

const ZIP_SIGNATURE = 'PK\x03\x04';
/** Of a gzip member (RFC 1952) with the only method there is. */
const GZIP_START = [0x1f, 0x8b, 8];
/** `{`, with which a proof begins. */
const JSON_START = 0x7b;

export interface OpenedProof {
  readonly bytes: Uint8Array;
  readonly container: 'none' | 'package' | 'certificate';
  /** Of a certificate: all of the PDF. */
  readonly pdf?: Uint8Array;
  /** Of a package: what else is in it, to be verified together with the proof. */
  readonly contents?: PackageContents;
}

/** What a file begins like; `none` for anything that is neither a zip nor a PDF. */
export async function containerOf(source: ByteSource): Promise<OpenedProof['container']> {
  const start = await source.read(0, MAX_LEAD + PDF_SIGNATURE.length);
  if (indexOf(start, ZIP_SIGNATURE) === 0) return 'package';
  // Mail programs and web forms put lines before a PDF, and readers do not mind. A proof is text of its own.
  const pdfAt = indexOf(start, PDF_SIGNATURE);
  return pdfAt === 0 || (pdfAt > 0 && start[0] !== JSON_START) ? 'certificate' : 'none';
}

/** The bytes of a proof: the file's own, or those of the one proof that a package or certificate carries. Throws ContainerError. */
export async function openProof(source: ByteSource): Promise<OpenedProof> {
  const container = await containerOf(source);
  if (container === 'package') return { container, ...(await openPackage(source)) };
  // A byte more than is allowed is enough to refuse the file.
  if (container === 'none') return { container, bytes: await unpacked(await source.read(0, MAX_FILE_SIZE + 1)) };
  if (source.size > MAX_PDF_SIZE) {
    throw new ContainerError('too-large', `a certificate of ${source.size} bytes is too large to be searched`);
  }
  const pdf = await source.read(0, source.size);
  return { container, bytes: await proofInPdf(pdf), pdf };
}

/** The content of a `.proof.json.gz`, read no further than to a byte more than is allowed; anything else as it is. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (!GZIP_START.every((byte, at) => bytes[at] === byte)) return bytes;
  const content = await inflate(bytes, 'gzip', MAX_FILE_SIZE);
  if (!content) throw new ContainerError('unreadable', 'the compressed proof is damaged');
  return content.subarray(0, MAX_FILE_SIZE + 1);
}
