// SPDX-License-Identifier: Apache-2.0
// What a failure of the upload protocol means: the portal's answer where there is one.
import { DetailedError } from 'tus-js-client';
import { ApiError, type ErrorCode } from '../../api/api-error.ts';

export function codeOfFailure(error: Error | DetailedError): ApiError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return new ApiError(navigator.onLine ? 'unreachable' : 'offline');
  return new ApiError(codeIn(response.getBody()) ?? 'unreachable', { status: response.getStatus() });
}

/** Silence, overload and a held lock pass; a refusal does not. */
export function isWorthRetrying(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 408 || status === 409 || status === 423 || status >= 500;
}

function codeIn(body: string): ErrorCode | undefined {
  try {
    const problem: { code?: ErrorCode } = JSON.parse(body);
    return problem.code;
  } catch {
    return undefined;
  }
}
