// SPDX-License-Identifier: Apache-2.0
// The port for checks of a real name by an outside service: name and number (二要素), or with the telephone (三要素).
// Requests and answers are signed with a shared key, and an answer whose signature is wrong is no answer. An outage is
// `not-ready`: the check waits in the outbox, and the member does not.
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { AnswerFault, boundedBytes, parseJson } from '@inkseal/service-kit';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { NotYet } from '../queue/outbox-worker.ts';

const TIMEOUT_MS = 10_000;
/** Of an answer: more is no answer of such a service. */
const MAX_ANSWER_BYTES = 16_384;
const MOST_WAIT_SECONDS = 3_600;

/** `NO_RECORD`: the service does not know the number, which says nothing about the person. */
export const CHECK_OUTCOMES = ['MATCH', 'MISMATCH', 'NO_RECORD'] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

export interface CheckedPerson {
  name: string;
  idNumber: string;
  /** With three factors. */
  phone?: string;
}

export interface IdentityCheck {
  factors: 2 | 3;
  /** Throws `NotYet` at a rate limit, `not-ready` in an outage, `internal` for an answer that is none. */
  check(person: CheckedPerson): Promise<CheckOutcome>;
}

interface IdentityCheckSettings {
  url: string;
  appId: string;
  key: string;
  factors: 2 | 3;
}

const answerSchema = z.object({ requestId: z.string(), outcome: z.enum(CHECK_OUTCOMES) });

export function createSignedCheck(settings: IdentityCheckSettings, timeoutMs = TIMEOUT_MS): IdentityCheck {
  return {
    factors: settings.factors,
    async check(person) {
      const requestId = randomUUID();
      const body = JSON.stringify({ requestId, ...person });
      const { response, text } = await send(settings, body, timeoutMs);
      if (response.status === 429) throw new NotYet('the identity check has a rate limit', waitMs(response));
      if (response.status >= 500) throw unavailable();
      if (!response.ok) throw noAnswer(`status ${response.status}`);
      if (!isSigned(settings, requestId, text, response.headers.get('X-Signature'))) throw noAnswer('signature');
      const answer = answerSchema.safeParse(parseJson(text));
      // A right signature under an older answer: it was recorded and sent again.
      if (!answer.success || answer.data.requestId !== requestId) throw noAnswer('content');
      return answer.data.outcome;
    },
  };
}

/** HMAC-SHA-256 over the lines of what it protects. */
function signatureOf(key: string, ...lines: readonly string[]): string {
  return createHmac('sha256', key).update(lines.join('\n')).digest('hex');
}

async function send({ url, appId, key }: IdentityCheckSettings, body: string, timeoutMs: number) {
  const timestamp = new Date().toISOString();
  const digest = createHash('sha256').update(body).digest('hex');
  const headers = {
    'Content-Type': 'application/json',
    'X-App-Id': appId,
    'X-Timestamp': timestamp,
    'X-Signature': signatureOf(key, 'POST', new URL(url).pathname, appId, timestamp, digest),
  };
  try {
    // A redirect would carry the person to an address that nobody configured.
    const request = {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    } as const;
    const response = await fetch(url, request);
    return { response, text: (await boundedBytes(response, MAX_ANSWER_BYTES)).toString('utf8') };
  } catch (cause) {
    throw cause instanceof AnswerFault ? noAnswer('size') : unavailable(cause);
  }
}

function isSigned({ key }: IdentityCheckSettings, requestId: string, text: string, given: string | null): boolean {
  const expected = Buffer.from(signatureOf(key, requestId, createHash('sha256').update(text).digest('hex')));
  const signature = Buffer.from(given ?? '');
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}

function waitMs(response: Response): number {
  const seconds = Number(response.headers.get('Retry-After'));
  return Math.min(Math.max(seconds || 60, 1), MOST_WAIT_SECONDS) * 1_000;
}

function unavailable(cause?: unknown): DomainError {
  return new DomainError('not-ready', { part: 'identity-check' }, { cause });
}

/** Counts against the work: after some tries it is parked, and staff see it. Nothing of the person is in it. */
function noAnswer(part: string): DomainError {
  return new DomainError('internal', { reason: 'identity-check-answer', part });
}
