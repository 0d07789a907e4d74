// SPDX-License-Identifier: Apache-2.0
// How Prisma ends a transaction.

/** Reason: compared with what Prisma sends, never sent. Whatever came after them would run on its own and stay. */
const COMMIT = 'COMMIT';
/** Reason: as for COMMIT. */
const ROLLBACK = 'ROLLBACK';

export const ENDS: ReadonlySet<string> = new Set([COMMIT, ROLLBACK]);
