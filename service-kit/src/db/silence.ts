// SPDX-License-Identifier: Apache-2.0
// What becomes of a session whose process, machine or network fell silent without a word. Left to TCP, PostgreSQL would keep
// its locks for two hours, and nobody else could go on.

/** How often a session that holds locks says that it is there. */
export const WATCH_MS = 5_000;
/** After so long without a word PostgreSQL ends it, and its process takes the locks for lost. */
export const SILENT_MS = 20_000;
/** For sessions that say something every WATCH_MS. */
export const ENDS_WHEN_SILENT = `-c idle_session_timeout=${SILENT_MS}`;
/** For transactions: what is computed between two statements takes seconds. */
export const ENDS_WHEN_IDLE_IN_TRANSACTION = '-c idle_in_transaction_session_timeout=60000';
