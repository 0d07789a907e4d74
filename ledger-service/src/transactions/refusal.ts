// SPDX-License-Identifier: Apache-2.0
// A key whose oldest transaction every node refuses, for instance by account permissioning: nothing of it moves until an
// operator acts. Readiness tells that it is so; the node's own words go to the log alone.
import type { Logger } from 'pino';
import { bytesOf, type Database } from '../db/database.ts';

/** Writes down whether the key is refused, and logs when that changes. */
export async function noteRefusal(
  { database, log }: { readonly database: Database; readonly log: Logger },
  address: string,
  reason: string | undefined,
): Promise<void> {
  const isRefused = reason !== undefined;
  const { count } = await database.prisma.chainAccount.updateMany({
    where: { address: bytesOf(address.toLowerCase()), refusedSince: isRefused ? null : { not: null } },
    data: { refusedSince: isRefused ? new Date() : null },
  });
  if (count !== 1) return;
  if (isRefused)
    log.error({ code: 'transactions-refused', sender: address, reason }, 'every node refuses a transaction');
  else log.info({ sender: address }, 'nodes accept transactions again');
}
