// SPDX-License-Identifier: Apache-2.0
// One request to an authority. Whatever answers there is hostile.
import { AnswerFault, postBytes } from '@inkseal/service-kit';
import { QUERY_TYPE, REPLY_TYPE } from '@inkseal/verifier/timestamp';
import { Refusal } from './refusal.ts';

/** A token is at most 16 KiB; the rest of an answer is a few bytes. */
const MAX_ANSWER_BYTES = 32_768;

export interface Request {
  readonly url: string;
  readonly query: Uint8Array;
  /** For the whole answer. */
  readonly withinMs: number;
  /** Ends it when we stop. */
  readonly signal: AbortSignal;
}

/** The bytes of the answer. Throws Refusal. */
export async function askAuthority({ url, query, withinMs, signal }: Request): Promise<Uint8Array> {
  const late = AbortSignal.timeout(withinMs);
  try {
    return await postBytes(url, {
      body: query,
      headers: { 'Content-Type': QUERY_TYPE, Accept: REPLY_TYPE },
      mostBytes: MAX_ANSWER_BYTES,
      signal: AbortSignal.any([late, signal]),
    });
  } catch (error) {
    if (error instanceof AnswerFault) throw new Refusal(error.code, error.message, error);
    if (late.aborted) throw new Refusal('timeout', `no answer within ${withinMs} ms`, error);
    throw new Refusal('unreachable', 'no answer', error);
  }
}
