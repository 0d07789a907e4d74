// SPDX-License-Identifier: Apache-2.0
// Tells an outage of the database from a fault of the request, whoever reports it: node-postgres, PostgreSQL or Prisma.
import { isDiskFull } from '../storage/disk-full.ts';

/** Codes that both services use for their database. */
export type DatabaseFault = 'database-unavailable' | 'store-unavailable';

/**
 * Connection lost or refused, server that only reads (a fail-over), stopping or starting, too many connections; then
 * Prisma's own: unreachable (P1001, P1002), timed out (P1008), closed (P1017), no connection free (P2024), a transaction
 * that could not begin or took too long (P2028), too many connections (P2037).
 */
const OUTAGE_CODES =
  /^(08...|25006|57P0[1-5]|53[0-9]{3}|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024|P2028|P2037)$/;

/** Prisma's driver adapter replaces the codes of sockets by these. */
const OUTAGE_KINDS = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;

/** node-postgres gives these no code. */
const OUTAGE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed and is not queryable)/;

/** PostgreSQL ended the transaction in favour of another one: serialization failure, deadlock. */
const CONFLICT_CODES = /^(40001|40P01|P2034)$/;
const CONFLICT_KINDS = /^TransactionWriteConflict$/;

const UNIQUE_VIOLATION = '23505';

/** True when the database, and not the request, is at fault: unreachable, stopping, full, silent, or only for reading. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return reportsOf(error).some(
    ({ code, kind, message }) => OUTAGE_CODES.test(code) || OUTAGE_KINDS.test(kind) || OUTAGE_MESSAGES.test(message),
  );
}

/** True when the same transaction may succeed if it runs again; nothing of it was kept. */
export function isWriteConflict(error: unknown): boolean {
  return reportsOf(error).some(({ code, kind }) => CONFLICT_CODES.test(code) || CONFLICT_KINDS.test(kind));
}

/** What a service reports for the error; undefined when the database is not at fault. */
export function databaseFaultOf(error: unknown): DatabaseFault | undefined {
  if (isDiskFull(error)) return 'store-unavailable';
  return isDatabaseUnavailable(error) ? 'database-unavailable' : undefined;
}

/** The name of the unique index or constraint that a statement ran into; empty when nobody names it. */
export function violatedKey(error: unknown): string | undefined {
  const violation = reportsOf(error).find(({ code }) => code === UNIQUE_VIOLATION || code === 'P2002');
  if (!violation) return undefined;
  return reportsOf(error).find(({ constraint }) => constraint !== '')?.constraint ?? '';
}

/** What one layer says about an error; empty where it says nothing. */
interface Report {
  code: string;
  kind: string;
  message: string;
  constraint: string;
}

/**
 * The error itself, the errors of an AggregateError (all addresses of a host), and below Prisma's errors what its driver
 * adapter and PostgreSQL said. The causes of other errors are not read: they may tell of another connection.
 */
function reportsOf(error: unknown): Report[] {
  if (!(error instanceof Error)) return [];
  const reports = [reportOf(error)];
  if (error instanceof AggregateError) reports.push(...error.errors.flatMap(reportsOf));
  if (error.name === 'DriverAdapterError') reports.push(reportOf(error.cause));
  else reports.push(...reportsOf(fieldOf(fieldOf(error, 'meta'), 'driverAdapterError')));
  return reports;
}

function reportOf(layer: unknown): Report {
  const constraint = fieldOf(layer, 'constraint');
  return {
    code: textOf(fieldOf(layer, 'originalCode') ?? fieldOf(layer, 'code') ?? fieldOf(layer, 'errorCode')),
    kind: textOf(fieldOf(layer, 'kind')),
    message: textOf(fieldOf(layer, 'message')),
    constraint: textOf(typeof constraint === 'string' ? constraint : fieldOf(constraint, 'index')),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
