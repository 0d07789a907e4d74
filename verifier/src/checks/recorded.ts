// What a proof binds of a package beside its files: the documents of a registration, the first lines of the process log, and
// its time stamps.
import type { Bundle } from '../bundle/bundle.ts';
import { fromBase64, toHex } from '../encoding/bytes.ts';
import { type JsonValue, memberOf } from '../encoding/json.ts';
import { sha256 } from '../hash.ts';
import { DOCUMENTS_SECTION, PROCESS_SECTION } from '../statement/manifest.ts';
import { encodeReply } from '../timestamp/protocol.ts';
import type { FileDigest } from './content.ts';

const LINE_END = 0x0a;

/** What the section `process` says: the digest of the first `lines` lines, each with its line end. */
export interface BoundLog {
  readonly lines: number;
  readonly sha256: string;
}

/** What a bundle binds of a package; a member is undefined if the bundle does not disclose its section. */
export interface Recorded {
  /** `<sha256> <size>` of each document. */
  readonly documents: ReadonlySet<string> | undefined;
  readonly log: BoundLog | undefined;
  /** SHA-256 of each time stamp in the form of an answer; none if the bundle has none. */
  readonly timeStamps: ReadonlySet<string>;
}

export const recordedIn = (bundle: Bundle): Recorded => ({
  documents: documentsOf(bundle),
  log: boundLogOf(bundle),
  timeStamps: new Set(timeStampsOf(bundle).map((reply) => toHex(sha256(reply)))),
});

/** The tokens over the root, each as the TimeStampResp that a package holds as `timestamp.tsr`. */
export const timeStampsOf = ({ witnesses = [] }: Bundle): Uint8Array[] =>
  witnesses.flatMap((witness) => (witness.kind === 'rfc3161' ? [encodeReply(fromBase64(witness.token))] : []));

export const isRecordedDocument = ({ sha256: digest, size }: FileDigest, { documents }: Recorded): boolean =>
  documents?.has(`${digest} ${size}`) ?? false;

// What is not of our form equals no document.
function documentsOf(bundle: Bundle): ReadonlySet<string> | undefined {
  const content = contentOf(bundle, DOCUMENTS_SECTION);
  if (content === undefined) return undefined;
  const listed = Array.isArray(content) ? content : [];
  return new Set(listed.map((each) => `${memberOf(each, 'sha256')} ${memberOf(each, 'size')}`));
}

// One of another form than ours binds no log.
function boundLogOf(bundle: Bundle): BoundLog | undefined {
  const content = contentOf(bundle, PROCESS_SECTION);
  if (content === undefined) return undefined;
  const [lines, digest] = [memberOf(content, 'lines'), memberOf(content, 'sha256')];
  const isOurs = typeof lines === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(lines) && typeof digest === 'string';
  return isOurs ? { lines: Number(lines), sha256: digest } : { lines: 0, sha256: '' };
}

/** `log`: undefined for one that is longer than any of ours. */
export function isBoundLog(log: Uint8Array | undefined, bound: BoundLog): boolean {
  const end = log && endOfLines(log, bound.lines);
  return log !== undefined && end !== undefined && toHex(sha256(log.subarray(0, end))) === bound.sha256;
}

/** Where the first lines end; undefined if there are fewer. */
function endOfLines(log: Uint8Array, lines: number): number | undefined {
  let end = 0;
  for (let left = lines; left > 0; left -= 1) {
    const found = log.indexOf(LINE_END, end);
    if (found < 0) return undefined;
    end = found + 1;
  }
  return end;
}

const contentOf = ({ sections = [] }: Bundle, wanted: string): JsonValue | undefined =>
  sections.find(({ name }) => name === wanted)?.content;
