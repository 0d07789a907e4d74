// SPDX-License-Identifier: Apache-2.0
// The two messages of RFC 3161: what asks for a token over a batch's root, and the answer.
import { DerError, readDer, TAG } from '@inkseal/verifier/timestamp';
import { Refusal } from './refusal.ts';

export const QUERY_TYPE = 'application/timestamp-query';
export const REPLY_TYPE = 'application/timestamp-reply';

const SHA_256 = '2.16.840.1.101.3.4.2.1';

export interface Query {
  /** SHA-256 of the 32 bytes of a root. */
  readonly imprint: Uint8Array;
  /** Content of a positive INTEGER in its shortest form, 16 bytes. */
  readonly nonce: Uint8Array;
  readonly policy: string | undefined;
}

/** TimeStampReq, which asks for the signer's certificate too. */
export function encodeQuery({ imprint, nonce, policy }: Query): Uint8Array {
  const algorithm = element(TAG.sequence, element(TAG.oid, oidContent(SHA_256)), element(TAG.null));
  return element(
    TAG.sequence,
    element(TAG.integer, Buffer.of(1)),
    element(TAG.sequence, algorithm, element(TAG.octetString, imprint)),
    ...(policy === undefined ? [] : [element(TAG.oid, oidContent(policy))]),
    element(TAG.integer, nonce),
    element(TAG.boolean, Buffer.of(0xff)),
  );
}

/** Content below 128 bytes, as all of a query is: policies are short in the settings. */
const element = (tag: number, ...content: Uint8Array[]): Buffer => {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag, bytes.length), bytes]);
};

/** DER content of a dotted object identifier (X.690 §8.19). */
export function oidContent(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return Buffer.concat([first * 40 + second, ...arcs].map(arcBytes));
}

/** Seven bits a byte, all but the last one marked. */
function arcBytes(arc: number): Buffer {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
  return Buffer.from(bytes);
}

/** granted and grantedWithMods; everything else refuses. */
const GRANTED: readonly (number | undefined)[] = [0, 1];

/** The bytes of the token of a TimeStampResp. */
export function readReply(bytes: Uint8Array): Uint8Array {
  const [status, token, ...more] = childrenOf(bytes);
  const code = status?.children[0];
  if (code?.tag !== TAG.integer || more.length > 0) throw new Refusal('answer-malformed', 'not a TimeStampResp');
  if (code.content.length !== 1 || !GRANTED.includes(code.content[0]))
    throw new Refusal('request-refused', `PKIStatus ${code.content.join('.')}`);
  if (!token) throw new Refusal('answer-malformed', 'granted without a token');
  return token.raw;
}

function childrenOf(bytes: Uint8Array) {
  try {
    return readDer(bytes).children;
  } catch (error) {
    if (error instanceof DerError) throw new Refusal('answer-malformed', error.message, error);
    throw error;
  }
}
