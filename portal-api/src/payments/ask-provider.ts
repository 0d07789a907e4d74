// SPDX-License-Identifier: Apache-2.0
// One request to a provider. Whether it was done is unknown when no answer comes: the same request is made again later.
import { AnswerFault, boundedBytes } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';

const TIMEOUT_MS = 10_000;
/** Of an answer that is no statement. */
const MAX_ANSWER_BYTES = 256 * 1024;

export interface ProviderRequest {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  timeoutMs?: number;
  maxBytes?: number;
}

export interface ProviderAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** Throws `payment-unavailable`, also for an answer that does not end. */
export async function askProvider(
  url: string,
  { method, headers = {}, body, timeoutMs = TIMEOUT_MS, maxBytes = MAX_ANSWER_BYTES }: ProviderRequest,
): Promise<ProviderAnswer> {
  try {
    // A redirect would carry a signed request to an address that nobody configured.
    const options = { method, headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
    const response = await fetch(url, { ...options, ...(body !== undefined && { body }) });
    return { status: response.status, headers: response.headers, body: await boundedBytes(response, maxBytes) };
  } catch (cause) {
    throw noAnswer(cause instanceof AnswerFault ? 'size' : 'unreachable', cause);
  }
}

/** Nothing of the payment is in it. */
export function noAnswer(reason: string, cause?: unknown): DomainError {
  return new DomainError('payment-unavailable', { reason }, { cause });
}
