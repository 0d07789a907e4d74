// SPDX-License-Identifier: Apache-2.0
// What an attempt's error says about the work. Only faults that come from the work itself use up its attempts: an outage
// hits healthy work as well, and parking that would need people to undo it.
import { isDatabaseUnavailable } from '@inkseal/service-kit';

const OUTAGE_RETRY_MS = 2_000;

/** Codes of parts that are down, of ours and of the content store. */
const OUTAGE_CODES: ReadonlySet<unknown> = new Set([
  'database-unavailable',
  'ledger-unavailable',
  'store-unavailable',
  'content-store-unavailable',
  'queue-unavailable',
  'sms-unavailable',
  'mail-unavailable',
  'scanner-unavailable',
  'payment-unavailable',
  'not-ready',
]);

/** The machine has no room or no handles left. */
const MACHINE_CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** Thrown by a handler that waits for something which is not ready: comes back later and counts as no failure. */
export class NotYet extends Error {
  readonly retryMs: number;

  constructor(what: string, retryMs = 1_000) {
    super(`not yet: ${what}`);
    this.name = 'NotYet';
    this.retryMs = retryMs;
  }
}

/** Thrown when something is missing that all work of the topic needs, such as a part of the installation. */
export class PartMissing extends Error {
  constructor(name: string, message: string, cause: unknown) {
    super(message, { cause });
    this.name = name;
  }
}

/** `waiting`: as agreed; `outage`: worth a log line; `failed`: counts against the work. */
export function attemptOutcome(error: unknown): 'waiting' | 'outage' | 'failed' {
  if (error instanceof NotYet) return 'waiting';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isOutage = error instanceof PartMissing || OUTAGE_CODES.has(code) || MACHINE_CODES.has(code);
  return isOutage || isDatabaseUnavailable(error) ? 'outage' : 'failed';
}

export function retryMsOf(error: unknown): number {
  return error instanceof NotYet ? error.retryMs : OUTAGE_RETRY_MS;
}
