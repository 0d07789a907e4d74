// SPDX-License-Identifier: Apache-2.0
// sealed → signed: each batch gets its transaction, in the order of batches, so the nonces keep the order on the chain.
// Later batches do not wait for earlier ones to be mined.
import { toHex0x } from '@inkseal/verifier';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { anchorData, CALL_GAS_LIMIT } from '../registry/index.ts';
import { MAX_IN_FLIGHT, signNext } from '../transactions/index.ts';

interface SealedRow {
  id: string;
  first_number: string;
  count: number;
  root: Buffer;
}

/** Signs what is sealed, as far as the pool of a node surely takes it. */
export async function signBatches(ledger: Ledger): Promise<void> {
  const { rows } = await ledger.pool.query<SealedRow>(
    `SELECT id, first_number, count, root FROM
       (SELECT * FROM batch WHERE state < 'mined' ORDER BY id LIMIT $1) AS unanchored
     WHERE state = 'sealed' ORDER BY id`,
    [MAX_IN_FLIGHT],
  );
  if (rows.length === 0) return;
  const fees = await ledger.chain.fees();
  const { chainId, address } = ledger.registry;
  for (const row of rows) {
    const isSigned = await withTransaction(ledger.pool, async (client) => {
      const { rowCount } = await client.query(`UPDATE batch SET state = 'signed' WHERE id = $1 AND state = 'sealed'`, [
        row.id,
      ]);
      if (rowCount !== 1) return false;
      const data = anchorData(toHex0x(row.root), BigInt(row.first_number), row.count);
      const request = { purpose: 'anchor', subject: BigInt(row.id), to: address, data } as const;
      await signNext(client, ledger.signers.anchorer, { ...request, gasLimit: CALL_GAS_LIMIT, chainId, fees });
      return true;
    });
    if (isSigned) ledger.onStage('sign');
  }
}
