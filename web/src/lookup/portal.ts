// SPDX-License-Identifier: Apache-2.0
// The look-up endpoints of the portal. What they say is the operator's word: the page takes proofs from here, and verifies them.
import type { EntryKind } from '@inkseal/verifier';
import type { StatedOutcome } from './outcome.ts';

const BASE = '/api/v1/lookup';

export interface LookupAnswer {
  readonly typed: 'certificate-number' | 'order-number' | 'document-number';
  /** Null while an order has no certificate. */
  readonly number: string | null;
  readonly kind: EntryKind;
  readonly status: StatedOutcome | 'final' | 'revoked';
  readonly state?: string;
  readonly receivedAt?: string | null;
  readonly bundle?: string;
  readonly certificate?: { readonly documentNumber: string; readonly issuedAt: string };
}

export interface DigestMatch {
  readonly number: string;
  readonly receivedAt: string;
}

/** A request that brought no answer of use: `offline`, or the portal's own code. */
export class LookupError extends Error {
  override readonly name = 'LookupError';
  readonly code: string;
  readonly requestId: string | undefined;
  /** Of a budget that is used up: when asking again makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, { requestId, retryAfterSeconds }: Partial<LookupError> = {}) {
    super(code);
    this.code = code;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What the portal says of a number; with the right code also the content. Throws LookupError. */
export async function askNumber(number: string, code: string | undefined): Promise<LookupAnswer> {
  const path = `${BASE}/${encodeURIComponent(number)}`;
  const answer = code === undefined ? await ask(path) : await ask(path, code);
  return (await answer.json()) as LookupAnswer; // the proof in it is verified, the rest is called the operator's word
}

export async function askBundle(number: string): Promise<Uint8Array> {
  return bytesOf(await ask(`${BASE}/${encodeURIComponent(number)}/bundle`));
}

export async function askAbsence(number: string): Promise<Uint8Array> {
  return bytesOf(await ask(`${BASE}/${encodeURIComponent(number)}/absence`));
}

/** The operator's trust file, as bytes. */
export async function askTrust(): Promise<Uint8Array> {
  return bytesOf(await ask(`${BASE}/trust`));
}

export async function askDigest(sha256: string): Promise<readonly DigestMatch[]> {
  const { matches } = (await (await ask(`${BASE}?fileSha256=${sha256}`)).json()) as { matches: DigestMatch[] };
  return matches;
}

/** A code travels in the body only: addresses end up in logs. */
async function ask(path: string, code?: string): Promise<Response> {
  const answer = await fetch(path, {
    credentials: 'omit',
    cache: 'no-store',
    ...(code !== undefined && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code }),
    }),
  }).catch(() => {
    throw new LookupError('offline');
  });
  if (answer.ok) return answer;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; instance?: string };
  const seconds = Number(answer.headers.get('Retry-After'));
  throw new LookupError(problem.code ?? 'portal-failed', {
    requestId: problem.instance,
    retryAfterSeconds: seconds > 0 ? seconds : undefined,
  });
}

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
