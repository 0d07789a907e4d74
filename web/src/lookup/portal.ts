// SPDX-License-Identifier: Apache-2.0
// The look-up endpoints of the portal. What they say is the operator's word: the page takes proofs from here, and verifies them.
import type { components, paths } from '../api/schema.gen.ts';

const API = '/api/v1';

type Schemas = components['schemas'];
type LookupPath = Extract<keyof paths, `/lookup${string}`>;
type Problem = Schemas['Problem'];

/** With the right code it also has the proof bundle and what is on the certificate. */
export type LookupAnswer = Schemas['LookupAnswer'] & Partial<Schemas['UnlockedLookupAnswer']>;
export type EarlierCertificate = Schemas['EarlierCertificate'];
export type DigestMatch = Schemas['LookupMatches']['matches'][number];

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
  const answer: LookupAnswer = await (await ask('/lookup/{number}', { number, code })).json();
  return answer; // the proof in it is verified, the rest is called the operator's word
}

/** What an operator imported of another system's certificate. Throws LookupError. */
export async function askEarlier(number: string): Promise<EarlierCertificate> {
  return (await ask('/lookup/earlier', { query: { number } })).json(); // shown as the operator's word, not verified
}

/** What a share link shows; the portal counts it as an opening. Throws LookupError. */
export async function askShared(token: string): Promise<LookupAnswer> {
  const answer: LookupAnswer = await (await ask('/lookup/shared', { token })).json();
  return answer; // as above
}

export async function askBundle(number: string): Promise<Uint8Array> {
  return bytesOf(await ask('/lookup/{number}/bundle', { number }));
}

export async function askAbsence(number: string): Promise<Uint8Array> {
  return bytesOf(await ask('/lookup/{number}/absence', { number }));
}

/** The operator's trust file, as bytes. */
export async function askTrust(): Promise<Uint8Array> {
  return bytesOf(await ask('/lookup/trust'));
}

export async function askDigest(sha256: string): Promise<readonly DigestMatch[]> {
  const answer: Schemas['LookupMatches'] = await (await ask('/lookup', { query: { fileSha256: sha256 } })).json();
  return answer.matches;
}

interface Given {
  readonly number?: string;
  readonly code?: string | undefined;
  readonly token?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Codes and tokens travel in the body only: addresses end up in logs. */
async function ask(path: LookupPath, { number = '', code, token, query = {} }: Given = {}): Promise<Response> {
  const body = token === undefined ? code && { code } : { token };
  const asked = new URLSearchParams(query).toString();
  const address = API + path.replace('{number}', encodeURIComponent(number)) + (asked && `?${asked}`);
  const answer = await fetch(address, {
    credentials: 'omit',
    cache: 'no-store',
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new LookupError('offline');
  });
  if (answer.ok) return answer;
  const problem: Partial<Problem> = await answer.json().catch(() => ({}));
  const seconds = Number(answer.headers.get('Retry-After'));
  throw new LookupError(problem.code ?? 'portal-failed', {
    requestId: problem.instance,
    retryAfterSeconds: seconds > 0 ? seconds : undefined,
  });
}

const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
