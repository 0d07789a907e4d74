// SPDX-License-Identifier: Apache-2.0
// Asks an address that we do not trust: it may be slow, endless, or send us elsewhere.

/** What is wrong with an answer that came. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';
  readonly code: 'http-status' | 'answer-too-large';

  constructor(code: AnswerFault['code'], detail: string) {
    super(detail);
    this.code = code;
  }
}

export interface PostedBytes {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** An answer with more is given up. */
  readonly mostBytes: number;
  /** For the whole answer. */
  readonly signal: AbortSignal;
}

/** The bytes of an answer with status 200; follows no redirect. Throws AnswerFault, and what `fetch` throws. */
export async function postBytes(url: string, { body, headers, mostBytes, signal }: PostedBytes): Promise<Uint8Array> {
  const answer = await fetch(url, { method: 'POST', headers, body: body.slice(), redirect: 'error', signal });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new AnswerFault('http-status', `HTTP ${answer.status}`);
  }
  return boundedBytes(answer, mostBytes);
}

/** The whole body of an answer, which may be endless. Throws AnswerFault, and what reading it throws. */
export async function boundedBytes({ body }: Pick<Response, 'body'>, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop closes the connection.
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new AnswerFault('answer-too-large', `more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
