// SPDX-License-Identifier: Apache-2.0
// What the answers of a service that speaks S3 mean to a content store.
import { ContentStoreError } from './content-store.ts';

/** HEAD has no body, and so no name of its own for a bucket that is not there. */
export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound');

/** Refused, unreachable, no such bucket: none of it says that a content is lost. */
export function translated(cause: unknown): ContentStoreError {
  if (cause instanceof ContentStoreError) return cause;
  const isShort = cause instanceof Error && cause.name === 'InvalidRange';
  return new ContentStoreError(isShort ? 'content-damaged' : 'content-store-unavailable', cause);
}
