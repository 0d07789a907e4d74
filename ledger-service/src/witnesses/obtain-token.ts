// SPDX-License-Identifier: Apache-2.0
// A token over a batch's root: asked for, and taken only if a stranger's verifier would count it.
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
  readonly root: Uint8Array;
  /** Time of the block that the batch quotes: no token may be older. */
  readonly notBefore: bigint;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** Throws Refusal. */
export async function obtainToken({ authority, root, notBefore, withinMs, signal }: Wanted): Promise<Uint8Array> {
  const { url, policy } = authority;
  const nonce = freshNonce();
  const query = encodeQuery({ imprint: sha256(root), nonce, policy });
  const token = tokenIn(await askAuthority({ url, query, withinMs, signal }));
  if (token.length > MAX_TOKEN_BYTES) throw new Refusal('answer-too-large', `a token of ${token.length} bytes`);
  const judged = await judge(token, root, authority);
  if (!judged.authority) throw new Refusal('witness-untrusted', 'it does not lead to the configured certificate');
  if (!judged.nonce || !equalBytes(judged.nonce, nonce))
    throw new Refusal('other-nonce', 'an answer to another request');
  if (policy !== undefined && !equalBytes(judged.policy, oidContent(policy)))
    throw new Refusal('other-policy', 'made under another policy');
  requireTime(judged.timeMs, notBefore);
  return token;
}

function tokenIn(answer: Uint8Array): Uint8Array {
  try {
    return readReply(answer);
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    throw new Refusal(error.code, error.message, error);
  }
}

async function judge(token: Uint8Array, root: Uint8Array, { certificate }: Authority): Promise<JudgedToken> {
  try {
    return await judgeToken(token, root, readAuthorities([certificate]));
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    throw new Refusal(refusalOf(error.code), error.message, error);
  }
}

const refusalOf = (code: string): RefusalCode => REFUSALS.find((known) => known === code) ?? 'witness-malformed';

/** As verifiers see it, whose clocks may be 5 minutes behind. */
function requireTime(timeMs: number, notBefore: bigint): void {
  const stated = new Date(timeMs).toISOString();
  if (BigInt(timeMs) < notBefore * 1000n) throw new Refusal('witness-time-order', `${stated} is before the batch`);
  if (timeMs > Date.now() + CLOCK_TOLERANCE_SECONDS * 1000)
    throw new Refusal('witness-in-future', `${stated} is in the future`);
}
