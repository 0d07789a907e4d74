// SPDX-License-Identifier: Apache-2.0
// Time stamps (RFC 3161) for signatures of certificates. Whatever answers at the address is hostile: a token is taken only when
// it is good for the verifier, from the configured authority, and over our signature and nonce.
import { createHash, randomBytes } from 'node:crypto';
import { judgeToken, readAuthorities, readDer, TAG } from '@inkseal/verifier/timestamp';
import { Integer, OctetString } from 'asn1js';
import * as pkijs from 'pkijs';
import type { TimeStampSettings } from '../document-signer-settings.ts';
import { StartError } from '../errors.ts';
import { PartMissing } from '../queue/outbox-worker.ts';
import type { StampTime } from './cms.ts';

const QUERY_TYPE = 'application/timestamp-query';
const SHA_256 = '2.16.840.1.101.3.4.2.1';
const ANSWER_WITHIN_MS = 20_000;
const MAX_ANSWER_BYTES = 32_768;
/** granted and grantedWithMods. */
const GRANTED: readonly (number | undefined)[] = [0, 1];

/** Throws StartError `config-invalid`; the function throws PartMissing `time-stamp-unavailable`: work waits and takes no harm. */
export function openTimeStamps({ url, certificate }: TimeStampSettings): StampTime {
  const authorities = readAuthorities([certificate]);
  if (authorities.length === 0)
    throw new StartError('config-invalid', 'DOCUMENT_TIMESTAMP_CERTIFICATE_FILE has no certificate that can be used');
  return async (signature) => {
    try {
      const nonce = randomBytes(16);
      // Positive, and not shorter for a leading zero.
      nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
      const token = tokenOf(await ask(url, queryOf(signature, nonce)));
      const judged = await judgeToken(token, signature, authorities);
      if (!judged.authority || !nonce.equals(judged.nonce ?? Buffer.of())) throw new RangeError('a token of another');
      return token;
    } catch (cause) {
      throw new PartMissing('time-stamp-unavailable', 'no time stamp for a signature', cause);
    }
  };
}

function queryOf(message: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = createHash('sha256').update(message).digest();
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA_256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(imprint).buffer }),
    }),
    nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

async function ask(url: string, query: Uint8Array): Promise<Uint8Array> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': QUERY_TYPE },
    body: query.slice(),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new RangeError(`HTTP ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop closes the connection.
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new RangeError('an answer that is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The token of a TimeStampResp as it came. */
function tokenOf(answer: Uint8Array): Uint8Array {
  const [status, token] = readDer(answer).children;
  const code = status?.children[0];
  const isGranted = code?.tag === TAG.integer && code.content.length === 1 && GRANTED.includes(code.content[0]);
  if (!isGranted || !token) throw new RangeError('the authority refused');
  return token.raw;
}
