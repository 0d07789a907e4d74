// The one proof bundle attached to a certificate. Not a PDF reader: it looks for streams that call themselves embedded files,
// and takes the one whose content names the media type of a proof. What the pages say is not read at all.
import { inflateSync } from 'node:zlib';
import { ABSENCE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE, MAX_FILE_SIZE, mediaTypeOf } from '../src/index.ts';
import { InputError } from './arguments.ts';

/** How many embedded files are looked at, and how far before `stream` the beginning of their dictionary may stand. */
const MAX_ATTACHMENTS = 100;
const MAX_DICTIONARY_SIZE = 4_096;

/** The bytes of the single proof embedded in a PDF. Throws InputError. */
export function proofInPdf(pdf: Buffer): Uint8Array {
  const proofs = embeddedFiles(pdf).filter(isProof);
  const [proof] = proofs;
  // A later revision of the file may carry the same attachment once more.
  if (!proof || proofs.some((other) => !other.equals(proof))) {
    throw new InputError(`the certificate carries ${proof ? 'several proofs' : 'no proof'}`);
  }
  return proof;
}

function embeddedFiles(pdf: Buffer): Buffer[] {
  const files: Buffer[] = [];
  let from = 0;
  for (let tried = 0; tried < MAX_ATTACHMENTS; tried++) {
    const at = pdf.indexOf('/EmbeddedFile', from);
    if (at < 0) break;
    from = at + 1;
    const file = streamAround(pdf, at);
    if (file) files.push(file);
  }
  return files;
}

// The stream whose dictionary holds the text at `at`: … obj << … >> stream … endstream
function streamAround(pdf: Buffer, at: number): Buffer | undefined {
  const begin = pdf.lastIndexOf('obj', at);
  const keyword = pdf.indexOf('stream', at);
  if (begin < 0 || keyword < 0 || keyword - begin > MAX_DICTIONARY_SIZE) return undefined;
  const dictionary = pdf.toString('latin1', begin, keyword);
  if (!/>>\s*$/.test(dictionary) || !/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) return undefined;
  const start = keyword + 'stream'.length + (pdf[keyword + 'stream'.length] === 0x0d ? 2 : 1);
  const length = Number(
    /\/Length\s+(\d{1,9})\s*(?:\/|>)/.exec(dictionary)?.[1] ?? pdf.indexOf('endstream', start) - start,
  );
  if (length < 0 || start + length > pdf.length) return undefined;
  const content = pdf.subarray(start, start + length);
  if (!dictionary.includes('/Filter')) return content;
  return /\/Filter\s*\[?\s*\/FlateDecode\s*\]?\s*(?:\/|>)/.test(dictionary) ? inflate(content) : undefined;
}

function inflate(content: Buffer): Buffer | undefined {
  try {
    return inflateSync(content, { maxOutputLength: MAX_FILE_SIZE + 1 });
  } catch {
    return undefined;
  }
}

function isProof(file: Buffer): boolean {
  const mediaType = mediaTypeOf(file);
  return mediaType === BUNDLE_MEDIA_TYPE || mediaType === ABSENCE_MEDIA_TYPE;
}
