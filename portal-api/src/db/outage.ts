// SPDX-License-Identifier: Apache-2.0
// Tells an outage of the database from a fault of the request.
import { isDiskFull } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';

/** Seconds after which a caller may come back. */
const RETRY_AFTER = 5;

/** Connection lost or refused, server that only reads (a fail-over), stopping or starting, too many connections; then Prisma's own names for these. */
const OUTAGE_CODES =
  /^(08...|25006|57P0[1-5]|53[0-9]{3}|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024)$/;

/** node-postgres gives these no code. */
const OUTAGE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && OUTAGE_CODES.test(String(error.code))) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseUnavailable)) return true;
  return OUTAGE_MESSAGES.test(error.message);
}

/** Seconds: space comes back when somebody makes room. */
const FULL_RETRY_AFTER = 60;

/** For a full disk, ours or the database's. Nothing was kept of what failed. */
export function diskFull(cause: unknown): DomainError {
  return new DomainError('store-unavailable', { reason: 'disk-full' }, { cause, retryAfter: FULL_RETRY_AFTER });
}

/** Gives an outage its code; other errors stay as they are. */
export function rethrow(error: unknown): never {
  if (isDiskFull(error)) throw diskFull(error);
  if (isDatabaseUnavailable(error)) {
    throw new DomainError('database-unavailable', {}, { cause: error, retryAfter: RETRY_AFTER });
  }
  throw error;
}

/** The name of the unique index or constraint that a statement ran into, if it did. */
export function violatedKey(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return undefined;
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}
