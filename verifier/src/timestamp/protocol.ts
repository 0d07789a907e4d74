// The two messages of RFC 3161: what asks for a token over some bytes, and the answer. For whoever asks authorities; a package
// holds tokens in the form of answers.
import { concatBytes } from '../encoding/bytes.ts';
import { DerError, readDer, TAG } from './der.ts';

export const QUERY_TYPE = 'application/timestamp-query';
export const REPLY_TYPE = 'application/timestamp-reply';

const SHA_256 = '2.16.840.1.101.3.4.2.1';

export interface Query {
  /** SHA-256 of the bytes that are stamped. */
  readonly imprint: Uint8Array;
  /** Content of a positive INTEGER in its shortest form, 16 bytes. */
  readonly nonce: Uint8Array;
  /** A dotted object identifier. */
  readonly policy?: string | undefined;
}

/** Why there is no token in an answer. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly code: 'answer-malformed' | 'request-refused';

  constructor(code: ReplyError['code'], detail: string, cause?: unknown) {
    super(detail, { cause });
    this.code = code;
  }
}

/** Positive, and in its shortest form: the first byte is from 0x40 to 0x7f. */
export function freshNonce(): Uint8Array {
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40;
  return nonce;
}

/** TimeStampReq, which asks for the signer's certificate too. */
export function encodeQuery({ imprint, nonce, policy }: Query): Uint8Array {
  const algorithm = element(TAG.sequence, element(TAG.oid, oidContent(SHA_256)), element(TAG.null));
  return element(
    TAG.sequence,
    element(TAG.integer, Uint8Array.of(1)),
    element(TAG.sequence, algorithm, element(TAG.octetString, imprint)),
    ...(policy === undefined ? [] : [element(TAG.oid, oidContent(policy))]),
    element(TAG.integer, nonce),
    element(TAG.boolean, Uint8Array.of(0xff)),
  );
}

/** TimeStampResp that grants a token: what `openssl ts -verify -in` reads. */
export const encodeReply = (token: Uint8Array): Uint8Array =>
  element(TAG.sequence, element(TAG.sequence, element(TAG.integer, Uint8Array.of(0))), token);

const element = (tag: number, ...content: Uint8Array[]): Uint8Array => {
  const bytes = concatBytes(content);
  return concatBytes([Uint8Array.of(tag), lengthOf(bytes), bytes]);
};

/** One byte below 128; else the number of bytes, and the bytes (X.690 §8.1.3). */
function lengthOf({ length }: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return length < 128 ? Uint8Array.of(length) : Uint8Array.of(0x80 + bytes.length, ...bytes);
}

/** DER content of a dotted object identifier (X.690 §8.19). */
export function oidContent(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return Uint8Array.from([first * 40 + second, ...arcs].flatMap(arcBytes));
}

/** Seven bits a byte, all but the last one marked. */
function arcBytes(arc: number): number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
  return bytes;
}

/** granted and grantedWithMods; everything else refuses. */
const GRANTED: readonly (number | undefined)[] = [0, 1];

/** The bytes of the token of a TimeStampResp, not judged yet. Throws ReplyError. */
export function readReply(bytes: Uint8Array): Uint8Array {
  const [status, token, ...more] = childrenOf(bytes);
  const code = status?.children[0];
  if (code?.tag !== TAG.integer || more.length > 0) throw new ReplyError('answer-malformed', 'not a TimeStampResp');
  if (code.content.length !== 1 || !GRANTED.includes(code.content[0]))
    throw new ReplyError('request-refused', `PKIStatus ${code.content.join('.')}`);
  if (!token) throw new ReplyError('answer-malformed', 'granted without a token');
  return token.raw;
}

function childrenOf(bytes: Uint8Array) {
  try {
    return readDer(bytes).children;
  } catch (error) {
    if (error instanceof DerError) throw new ReplyError('answer-malformed', error.message, error);
    throw error;
  }
}
