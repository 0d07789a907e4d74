// SPDX-License-Identifier: Apache-2.0
// Advisory locks are functions of PostgreSQL: Prisma Client has no way to call them.

/** Reason: see above. Answers at once. */
export const TRY_LOCK = 'SELECT pg_try_advisory_lock($1, $2) AS held';
/** Reason: see above. Answers when the session has the lock. */
export const WAIT_FOR_LOCK = 'SELECT pg_advisory_lock($1, $2) IS NOT NULL AS held';
/** Reason: see above. The session stays open. */
export const UNLOCK = 'SELECT pg_advisory_unlock($1, $2)';
/** Reason: see above. PostgreSQL frees the lock with the transaction. */
export const LOCK_UNTIL_COMMIT = 'SELECT pg_advisory_xact_lock($1, $2)';
/** Reason: see above. Two texts with the same digest wait for each other needlessly, and nothing more. */
export const LOCK_TEXT_UNTIL_COMMIT = 'SELECT pg_advisory_xact_lock(hashtextextended($1, $2))';

/** Reason: asks the session that holds a lock. A session that sends nothing would not notice that its server has become read-only. */
export const STILL_THERE = 'SELECT 1';
