// SPDX-License-Identifier: Apache-2.0
// A key whose oldest transaction every node refuses, for instance by account permissioning: nothing of it moves until an
// operator acts. Readiness tells that it is so; the node's own words go to the log alone.
import { fromHex } from '@inkseal/verifier';
import type pg from 'pg';
import type { Logger } from 'pino';

/** Writes down whether the key is refused, and logs when that changes. */
export async function noteRefusal(
  { pool, log }: { readonly pool: pg.Pool; readonly log: Logger },
  address: string,
  reason: string | undefined,
): Promise<void> {
  const isRefused = reason !== undefined;
  const { rowCount } = await pool.query(
    `UPDATE chain_account SET refused_since = CASE WHEN $2 THEN now() END
     WHERE address = $1 AND (refused_since IS NULL) = $2`,
    [fromHex(address.toLowerCase()), isRefused],
  );
  if (rowCount !== 1) return;
  if (isRefused)
    log.error({ code: 'transactions-refused', sender: address, reason }, 'every node refuses a transaction');
  else log.info({ sender: address }, 'the nodes take transactions again');
}
