// SPDX-License-Identifier: Apache-2.0
// A token over some bytes, such as a batch's root: asked for, and taken only if a stranger's verifier would count it.
import { equalBytes, sha256, VerificationError } from '@inkseal/verifier';
import {
  CLOCK_TOLERANCE_SECONDS,
  encodeQuery,
  freshNonce,
  type JudgedToken,
  judgeToken,
  oidContent,
  ReplyError,
  readAuthorities,
  readReply,
} from '@inkseal/verifier/timestamp';
import { askAuthority } from './ask-authority.ts';
import type { Authority } from './authority.ts';
import { REFUSALS, Refusal, type RefusalCode } from './refusal.ts';

/** A bundle carries no larger one. */
const MAX_TOKEN_BYTES = 16_384;

export interface Wanted {
  readonly authority: Authority;
  /** What is stamped. */
  readonly message: Uint8Array;
  /** No token may be older: the time of the block that the batch quotes, or of the newest token that is renewed, ms. */
  readonly notBeforeMs: number;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

export interface Obtained {
  readonly token: Uint8Array;
  readonly judged: JudgedToken;
}

/** Throws Refusal. */
export async function obtainToken({ authority, message, notBeforeMs, withinMs, signal }: Wanted): Promise<Obtained> {
  const { url, policy } = authority;
  const nonce = freshNonce();
  const query = encodeQuery({ imprint: sha256(message), nonce, policy });
  const token = tokenIn(await askAuthority({ url, query, withinMs, signal }));
  if (token.length > MAX_TOKEN_BYTES) throw new Refusal('answer-too-large', `a token of ${token.length} bytes`);
  const judged = await judge(token, message, authority);
  if (!judged.authority) throw new Refusal('witness-untrusted', 'it does not lead to the configured certificate');
  if (!judged.nonce || !equalBytes(judged.nonce, nonce))
    throw new Refusal('other-nonce', 'an answer to another request');
  if (policy !== undefined && !equalBytes(judged.policy, oidContent(policy)))
    throw new Refusal('other-policy', 'made under another policy');
  requireTime(judged.timeMs, notBeforeMs);
  return { token, judged };
}

function tokenIn(answer: Uint8Array): Uint8Array {
  try {
    return readReply(answer);
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    throw new Refusal(error.code, error.message, error);
  }
}

async function judge(token: Uint8Array, message: Uint8Array, { certificate }: Authority): Promise<JudgedToken> {
  try {
    return await judgeToken(token, message, readAuthorities([certificate]));
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    throw new Refusal(refusalOf(error.code), error.message, error);
  }
}

const refusalOf = (code: string): RefusalCode => REFUSALS.find((known) => known === code) ?? 'witness-malformed';

/** As verifiers see it, whose clocks may be 5 minutes behind. */
function requireTime(timeMs: number, notBeforeMs: number): void {
  const stated = new Date(timeMs).toISOString();
  if (timeMs < notBeforeMs) throw new Refusal('witness-time-order', `${stated} is before what it is about`);
  if (timeMs > Date.now() + CLOCK_TOLERANCE_SECONDS * 1000)
    throw new Refusal('witness-in-future', `${stated} is in the future`);
}
