// The one proof bundle attached to a certificate. Not a PDF reader: it looks for streams that call themselves embedded files,
// and takes the one whose content names the media type of a proof. What the pages say is not read at all.
import { ABSENCE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE } from '../bundle/bundle.ts';
import { MAX_FILE_SIZE } from '../bundle/parse.ts';
import { equalBytes } from '../encoding/bytes.ts';
import { ContainerError } from './container-error.ts';
import { inflate } from './inflate.ts';

const MENTION = '/EmbeddedFile';
const STREAM = 'stream';
/** How many mentions of embedded files are looked at; a revision of a certificate has two. */
const MAX_MENTIONS = 32;
/** How far before `stream` the beginning of a dictionary may stand. */
const MAX_DICTIONARY_SIZE = 4_096;
/** Deflate never makes a text much longer than it was. */
const MAX_STREAM_SIZE = 2 * MAX_FILE_SIZE;

interface EmbeddedFile {
  readonly content: Uint8Array;
  readonly isPacked: boolean;
}

/** The bytes of the single proof embedded in a PDF. Throws ContainerError. */
export async function proofInPdf(pdf: Uint8Array): Promise<Uint8Array> {
  let proof: Uint8Array | undefined;
  for (const { content, isPacked } of embeddedFiles(pdf)) {
    const file = isPacked ? await inflate(content, 'deflate', MAX_FILE_SIZE) : content;
    if (!file || !isProof(file)) continue;
    // A later revision of the file may carry the same attachment once more.
    if (proof && !equalBytes(file, proof)) {
      throw new ContainerError('several-proofs', 'the certificate carries several proofs');
    }
    proof = file;
  }
  if (!proof) throw new ContainerError('no-proof', 'the certificate carries no proof');
  return proof;
}

function embeddedFiles(pdf: Uint8Array): EmbeddedFile[] {
  // One character a byte: places in the text are places in the file.
  const text = new TextDecoder('latin1').decode(pdf);
  const files: EmbeddedFile[] = [];
  let mentions = 0;
  for (let at = text.indexOf(MENTION); at >= 0; at = text.indexOf(MENTION, at + 1)) {
    // Another proof may stand behind what is not looked at.
    if (++mentions > MAX_MENTIONS) throw new ContainerError('too-large', 'the certificate has too many attachments');
    const file = streamAround(pdf, text, at);
    if (file) files.push(file);
  }
  return files;
}

// The stream whose dictionary holds the text at `at`: … obj << … >> stream … endstream
function streamAround(pdf: Uint8Array, text: string, at: number): EmbeddedFile | undefined {
  const from = Math.max(0, at - MAX_DICTIONARY_SIZE);
  const around = text.slice(from, at + MAX_DICTIONARY_SIZE);
  const begin = around.lastIndexOf('obj', at - from);
  const keyword = around.indexOf(STREAM, at - from);
  if (begin < 0 || keyword < 0 || keyword - begin > MAX_DICTIONARY_SIZE) return undefined;
  const dictionary = around.slice(begin, keyword);
  if (!/>>\s*$/.test(dictionary) || !/\/Type\s*\/EmbeddedFile\b/.test(dictionary)) return undefined;
  const lineEnd = from + keyword + STREAM.length;
  const start = lineEnd + (text[lineEnd] === '\r' ? 2 : 1);
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
  const end = start + text.slice(start, start + MAX_STREAM_SIZE).indexOf('endstream');
  if (text[end - 1] === '\n') return text[end - 2] === '\r' ? end - 2 : end - 1;
  return text[end - 1] === '\r' ? end - 1 : end;
}

// Not read as JSON: a certificate may carry many files that take long to read. One that only quotes the media type counts, too.
function isProof(file: Uint8Array): boolean {
  if (file.length > MAX_FILE_SIZE) return false;
  const text = new TextDecoder('latin1').decode(file);
  return [BUNDLE_MEDIA_TYPE, ABSENCE_MEDIA_TYPE].some((mediaType) => text.includes(`"${mediaType}"`));
}
