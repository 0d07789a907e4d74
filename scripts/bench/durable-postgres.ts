// SPDX-License-Identifier: Apache-2.0
// One PostgreSQL for all figures, with every commit on disk; the tests' own, which is not, would flatter them.
import { ownPostgres } from '../../test/support/postgres.ts';

/** From here on test databases are made on it. In a test run that has a server, on that one. */
export async function useDurablePostgres(): Promise<void> {
  process.env.TEST_PG_URL ??= await (await ownPostgres()).database('postgres');
}
