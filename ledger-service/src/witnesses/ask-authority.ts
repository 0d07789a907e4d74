// SPDX-License-Identifier: Apache-2.0
// One request to an authority. Whatever answers there is hostile: it may be slow, endless, or send us elsewhere.

import { Refusal } from './refusal.ts';
import { QUERY_TYPE, REPLY_TYPE } from './time-stamp-protocol.ts';

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
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': QUERY_TYPE, Accept: REPLY_TYPE },
      body: query.slice(),
      redirect: 'error',
      signal: AbortSignal.any([late, signal]),
    });
    return await readAnswer(answer);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (late.aborted) throw new Refusal('timeout', `no answer within ${withinMs} ms`, error);
    throw new Refusal('unreachable', 'no answer', error);
  }
}

async function readAnswer(answer: Response): Promise<Uint8Array> {
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Refusal('http-status', `HTTP ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop closes the connection.
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new Refusal('answer-too-large', `more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
