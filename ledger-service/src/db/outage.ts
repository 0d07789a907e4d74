// SPDX-License-Identifier: Apache-2.0
// The ledger's own errors for what the kit recognises as an outage of the database or a full disk.
import { databaseFaultOf } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';

/** Gives an outage its code; other errors stay as they are. */
export function rethrow(error: unknown): never {
  const fault = databaseFaultOf(error);
  if (fault) throw new DomainError(fault, {}, { cause: error });
  throw error;
}
