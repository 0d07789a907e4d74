// The one proof bundle attached to a certificate. Not a PDF reader: it looks for streams that call themselves embedded files,
// and takes the one whose content names the media type of a proof. What the pages say is not read at all.
import { ABSENCE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE } from '../bundle/bundle.ts';
import { MAX_FILE_SIZE, mediaTypeOf } from '../bundle/parse.ts';
import { equalBytes } from '../encoding/bytes.ts';
import { ContainerError } from './container-error.ts';
import { inflate } from './inflate.ts';

/** How many embedded files are looked at, and how far before `stream` the beginning of their dictionary may stand. */
const MAX_ATTACHMENTS = 100;
const MAX_DICTIONARY_SIZE = 4_096;

interface EmbeddedFile {
  readonly content: Uint8Array;
  readonly isPacked: boolean;
}

/** The bytes of the single proof embedded in a PDF. Throws ContainerError. */
export async function proofInPdf(pdf: Uint8Array): Promise<Uint8Array> {
  const proofs: Uint8Array[] = [];
  for (const { content, isPacked } of embeddedFiles(pdf)) {
    const file = isPacked ? await inflate(content, 'deflate', MAX_FILE_SIZE) : content;
    if (file && isProof(file)) proofs.push(file);
  }
  const [proof] = proofs;
  if (!proof) throw new ContainerError('no-proof', 'the certificate carries no proof');
  // A later revision of the file may carry the same attachment once more.
  if (proofs.some((other) => !equalBytes(other, proof))) {
    throw new ContainerError('several-proofs', 'the certificate carries several proofs');
  }
  return proof;
}

function embeddedFiles(pdf: Uint8Array): EmbeddedFile[] {
  // One character a byte: places in the text are places in the file.
  const text = new TextDecoder('latin1').decode(pdf);
  const files: EmbeddedFile[] = [];
  let from = 0;
  for (let tried = 0; tried < MAX_ATTACHMENTS; tried++) {
    const at = text.indexOf('/EmbeddedFile', from);
    if (at < 0) break;
    from = at + 1;
    const file = streamAround(pdf, text, at);
    if (file) files.push(file);
  }
  return files;
}

// The stream whose dictionary holds the text at `at`: … obj << … >> stream … endstream
function streamAround(pdf: Uint8Array, text: string, at: number): EmbeddedFile | undefined {
  const begin = text.lastIndexOf('obj', at);
  const keyword = text.indexOf('stream', at);
  if (begin < 0 || keyword < 0 || keyword - begin > MAX_DICTIONARY_SIZE) return undefined;
  const dictionary = text.slice(begin, keyword);
  if (!/>>\s*$/.test(dictionary) || !/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) return undefined;
  const start = keyword + 'stream'.length + (text[keyword + 'stream'.length] === '\r' ? 2 : 1);
  const end = endOf(text, dictionary, start);
  if (end < start || end > pdf.length) return undefined;
  const content = pdf.subarray(start, end);
  if (!dictionary.includes('/Filter')) return { content, isPacked: false };
  const isDeflated = /\/Filter\s*\[?\s*\/FlateDecode\s*\]?\s*(?:\/|>)/.test(dictionary);
  return isDeflated ? { content, isPacked: true } : undefined;
}

/** As the dictionary says, else before the end of line that stands before `endstream`. */
function endOf(text: string, dictionary: string, start: number): number {
  const length = /\/Length\s+(\d{1,9})\s*(?:\/|>)/.exec(dictionary)?.[1];
  if (length !== undefined) return start + Number(length);
  const end = text.indexOf('endstream', start);
  if (text[end - 1] === '\n') return text[end - 2] === '\r' ? end - 2 : end - 1;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function isProof(file: Uint8Array): boolean {
  const mediaType = mediaTypeOf(file);
  return mediaType === BUNDLE_MEDIA_TYPE || mediaType === ABSENCE_MEDIA_TYPE;
}
