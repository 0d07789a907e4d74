// SPDX-License-Identifier: Apache-2.0
// The portal's own errors for what the kit recognises as an outage of the database or a full disk.
import { databaseFaultOf } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';

/** Seconds after which a caller may come back. */
const RETRY_AFTER = 5;
/** Seconds: space comes back when somebody makes room. */
const FULL_RETRY_AFTER = 60;

/** For a full disk, ours or the database's. Nothing was kept of what failed. */
export function diskFull(cause: unknown): DomainError {
  return new DomainError('store-unavailable', { reason: 'disk-full' }, { cause, retryAfter: FULL_RETRY_AFTER });
}

/** Gives an outage its code; other errors stay as they are. */
export function rethrow(error: unknown): never {
  const fault = databaseFaultOf(error);
  if (fault === 'store-unavailable') throw diskFull(error);
  if (fault === 'database-unavailable') throw new DomainError(fault, {}, { cause: error, retryAfter: RETRY_AFTER });
  throw error;
}
