// The one proof bundle attached to a certificate, as a PDF reader shows it. What the pages say is not read at all.
import { MAX_FILE_SIZE } from '../bundle/parse.ts';
import { equalBytes } from '../encoding/bytes.ts';
import { ContainerError } from './container-error.ts';
import { type Attachment, attachmentsOf } from './pdf/attachments.ts';
import { PdfFile } from './pdf/file.ts';
import { indexOf } from './pdf/find.ts';
import { rebuild } from './pdf/rebuild.ts';
import { contentOf } from './pdf/streams.ts';
import { PdfSyntaxError } from './pdf/values.ts';
import { readCrossReferences } from './pdf/xref.ts';

/** What readers allow to stand before `%PDF-`. */
export const MAX_LEAD = 1_024;
export const PDF_SIGNATURE = '%PDF-';
const PROOF_NAME = /\.proof\.json$/i;
/** How many proofs are compared before there are too many. */
const MAX_PROOFS = 8;

/** The bytes of the single proof attached to a PDF. Throws ContainerError. */
export async function proofInPdf(pdf: Uint8Array): Promise<Uint8Array> {
  const start = indexOf(pdf, PDF_SIGNATURE, 0, MAX_LEAD + PDF_SIGNATURE.length);
  const file = new PdfFile(pdf.subarray(Math.max(0, start)));
  try {
    return await proofIn(file, readCrossReferences);
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error;
  }
  try {
    return await proofIn(new PdfFile(file.bytes, file.budget), rebuild);
  } catch (error) {
    if (error instanceof PdfSyntaxError) {
      throw new ContainerError('unreadable', 'the certificate is damaged', { cause: error });
    }
    throw error;
  }
}

async function proofIn(file: PdfFile, read: (file: PdfFile) => Promise<void>): Promise<Uint8Array> {
  await read(file);
  if (file.isEncrypted) throw new ContainerError('encrypted', 'the certificate is protected by a password');
  const named = (await attachmentsOf(file)).filter(({ names }) => names.some((name) => PROOF_NAME.test(name)));
  const [proof, other] = await differentIn(file, named);
  if (other) throw new ContainerError('several-proofs', 'the certificate carries several proofs');
  if (!proof) throw new ContainerError('no-proof', 'the certificate carries no proof');
  return proof;
}

/** The same bytes may be attached twice, as an embedded and as an associated file. */
async function differentIn(file: PdfFile, attachments: readonly Attachment[]): Promise<Uint8Array[]> {
  const streams = [...new Set(attachments.flatMap((attachment) => attachment.streams))];
  if (streams.length > MAX_PROOFS) throw new ContainerError('several-proofs', 'the certificate carries many proofs');
  const contents: Uint8Array[] = [];
  for (const stream of streams) {
    const content = await contentOf(file, stream, MAX_FILE_SIZE);
    if (!contents.some((known) => equalBytes(known, content))) contents.push(content);
  }
  return contents;
}
