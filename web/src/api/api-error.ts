// SPDX-License-Identifier: Apache-2.0
// What can go wrong between a page and the portal: the portal's closed codes, and three that only the browser can see.
import type { components } from './schema.gen.ts';

type Problem = components['schemas']['Problem'];

export type ErrorCode = Problem['code'] | 'offline' | 'unreachable' | 'picture-unreadable';
export type FieldCode = NonNullable<Problem['errors']>[number]['code'];

export interface FieldError {
  /** Path in the form, with dots: `files.0`. */
  field: string;
  code: FieldCode;
  /** With `unprintable`: the characters that no certificate can print. */
  characters?: string | undefined;
  /** With `picture-too-large`: how many megapixels the picture may have. */
  megapixels?: number | undefined;
}

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly errors: readonly FieldError[];
  /** Also in the portal's log; undefined when no answer came. */
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, facts: Partial<Omit<ApiError, 'code' | keyof Error>> = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.status = facts.status ?? 0;
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** The error an answer carries. An answer without problem details came from something in between. */
export async function errorOf(response: Response): Promise<ApiError> {
  const seconds = Number(response.headers.get('Retry-After'));
  const facts = { status: response.status, retryAfterSeconds: seconds > 0 ? seconds : undefined };
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return new ApiError(response.status === 413 ? 'payload-too-large' : 'unreachable', facts);
  }
  const problem: Problem = await response.json();
  return new ApiError(problem.code, { ...facts, errors: problem.errors ?? [], requestId: problem.instance });
}

/** Anything thrown, as an ApiError. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError(navigator.onLine ? 'unreachable' : 'offline');
}
