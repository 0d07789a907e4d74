// SPDX-License-Identifier: Apache-2.0
// Time stamps (RFC 3161) for signatures of certificates. Whatever answers at the address is hostile: a token is taken only when
// it is good for the verifier, from the configured authority, over our signature and nonce, and of this moment.
import { createHash } from 'node:crypto';
import { postBytes } from '@inkseal/service-kit';
import { equalBytes } from '@inkseal/verifier';
import {
  CLOCK_TOLERANCE_SECONDS,
  encodeQuery,
  freshNonce,
  judgeToken,
  QUERY_TYPE,
  REPLY_TYPE,
  readAuthorities,
  readReply,
} from '@inkseal/verifier/timestamp';
import type { TimeStampSettings } from '../document-signer-settings.ts';
import { StartError } from '../errors.ts';
import { PartMissing } from '../queue/outbox-worker.ts';
import type { StampTime } from './cms.ts';

const ANSWER_WITHIN_MS = 20_000;
const MAX_ANSWER_BYTES = 32_768;

/** Throws StartError `config-invalid`; the function throws PartMissing `time-stamp-unavailable`: work waits and takes no harm. */
export function openTimeStamps({ url, certificate }: TimeStampSettings, now = Date.now): StampTime {
  const authorities = readAuthorities([certificate]);
  if (authorities.length === 0)
    throw new StartError('config-invalid', 'DOCUMENT_TIMESTAMP_CERTIFICATE_FILE has no certificate that can be used');
  return async (signature) => {
    try {
      const nonce = freshNonce();
      const imprint = createHash('sha256').update(signature).digest();
      const answer = await postBytes(url, {
        body: encodeQuery({ imprint, nonce }),
        headers: { 'Content-Type': QUERY_TYPE, Accept: REPLY_TYPE },
        mostBytes: MAX_ANSWER_BYTES,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const token = readReply(answer);
      const judged = await judgeToken(token, signature, authorities);
      if (!judged.authority || !equalBytes(judged.nonce ?? Uint8Array.of(), nonce))
        throw new RangeError('a token of another');
      // It was asked for just now: with a fresh nonce it cannot be older.
      if (Math.abs(judged.timeMs - now()) > CLOCK_TOLERANCE_SECONDS * 1_000)
        throw new RangeError('a token of another time');
      return token;
    } catch (cause) {
      throw new PartMissing('time-stamp-unavailable', 'no time stamp for a signature', cause);
    }
  };
}
