// SPDX-License-Identifier: Apache-2.0
// pending → signed → sent → mined → final: the revoker's transactions. One is signed and sent only while its number is
// anchored, so after a reorganisation revocations follow their batches again, in the order of their nonces.
import { fromHex, toHex0x } from '@inkseal/verifier';
import type pg from 'pg';
import type { Header } from '../chain/index.ts';
import { withTransaction } from '../db/database.ts';
import type { Ledger } from '../ledger.ts';
import { CALL_GAS_LIMIT, revocationOf, revokeData, simulate } from '../registry/index.ts';
import {
  type Broadcaster,
  firstReceipt,
  MAX_IN_FLIGHT,
  markFailed,
  repeatOwed,
  settle,
  signNext,
  unsettled,
} from '../transactions/index.ts';

const ANCHORED = `EXISTS (SELECT FROM entry JOIN batch ON batch.id = entry.batch_id
  WHERE entry.number = revocation.number AND batch.state IN ('mined', 'final'))`;

/** Signs what waits and may go now. Answers how many the contract would refuse; they stay pending. */
export async function signRevocations(ledger: Ledger): Promise<number> {
  const { pool, chain, registry, signers, log, news } = ledger;
  const { rows } = await pool.query<{ number: string; reason: number }>(
    `SELECT number, reason FROM revocation WHERE state = 'pending' AND ${ANCHORED} ORDER BY position LIMIT $1`,
    [MAX_IN_FLIGHT],
  );
  if (rows.length === 0) return 0;
  let refused = 0;
  const fees = await chain.fees();
  for (const { number, reason } of rows) {
    const data = revokeData(BigInt(number), reason);
    const refusal = await simulate(chain, signers.revoker.address, registry.address, data);
    if (refusal !== undefined && !(await revocationOf(chain, registry.address, BigInt(number)))) {
      if (news.isNew(`revocation ${number}`, refusal)) log.error({ number, refusal }, 'revocation refused');
      refused += 1;
      continue;
    }
    await withTransaction(pool, async (client) => {
      const { rowCount } = await client.query(
        `UPDATE revocation SET state = 'signed' WHERE number = $1 AND state = 'pending'`,
        [number],
      );
      // Somebody with the key revoked it already: nothing is left to send, the chain's word is recorded.
      if (rowCount !== 1 || refusal !== undefined) return;
      const request = { purpose: 'revoke', subject: BigInt(number), to: registry.address, data } as const;
      await signNext(client, signers.revoker, {
        ...request,
        gasLimit: CALL_GAS_LIMIT,
        chainId: registry.chainId,
        fees,
      });
    });
  }
  return refused;
}

/** Sends in the order of nonces, and stops where a number is not anchored (any more). */
export async function sendRevocations(ledger: Ledger, broadcaster: Broadcaster): Promise<void> {
  const { pool, chain, signers, log } = ledger;
  const owed = await unsettled(pool, signers.revoker.address);
  const { rows } = await pool.query<{ number: string }>(
    `SELECT number FROM revocation WHERE state <> 'final' AND ${ANCHORED}`,
  );
  const anchored = new Set(rows.map(({ number }) => BigInt(number)));
  const waiting = owed.findIndex(({ subject }) => !anchored.has(subject));
  const sendable = waiting < 0 ? owed : owed.slice(0, waiting);
  await repeatOwed({ pool, chain, wallet: signers.revoker, log, broadcaster }, sendable);
  await pool.query(`UPDATE revocation SET state = 'sent' WHERE state = 'signed' AND number = ANY ($1)`, [
    owed.filter(({ hash }) => broadcaster.hasSent(hash)).map(({ subject }) => subject),
  ]);
}

interface SentRow {
  number: string;
  hashes: Buffer[] | null;
}

/** Records receipts; one that was refused waits again. Answers how many moved. */
export async function confirmRevocations(ledger: Ledger): Promise<number> {
  const { rows } = await ledger.pool.query<SentRow>(
    `SELECT number, (SELECT array_agg(hash ORDER BY signed_at DESC) FROM chain_transaction
       WHERE purpose = 'revoke' AND subject = number AND failed_at IS NULL AND settled_at IS NULL) AS hashes
     FROM revocation WHERE state IN ('signed', 'sent') ORDER BY position LIMIT $1`,
    [MAX_IN_FLIGHT],
  );
  let moved = 0;
  for (const row of rows) if (await confirmRevocation(ledger, row)) moved += 1;
  return moved;
}

async function confirmRevocation(ledger: Ledger, { number, hashes }: SentRow): Promise<boolean> {
  const { pool, chain, registry, observer } = ledger;
  const known = (hashes ?? []).map(toHex0x);
  const [revoked, found] = await Promise.all([
    revocationOf(chain, registry.address, BigInt(number)),
    firstReceipt(chain, known),
  ]);
  const { hash = known[0], receipt } = found ?? {};
  if (revoked) {
    const header = await chain.header(receipt?.isSuccess ? receipt.block : await chain.head());
    if (!header) return false;
    await pool.query(
      `UPDATE revocation SET state = 'mined', mined_block = $2, mined_block_hash = $3, revoked_at = $4, transaction_hash = $5
       WHERE number = $1 AND state IN ('signed', 'sent')`,
      [number, header.number, fromHex(header.hash), revoked.revokedAt, hash === undefined ? null : fromHex(hash)],
    );
    if (receipt) observer.gasUsed('revoke', receipt.gasUsed);
    return true;
  }
  if (receipt?.isSuccess !== false || hash === undefined) return false;
  await withTransaction(pool, async (client) => {
    await markFailed(client, hash);
    await client.query(`UPDATE revocation SET state = 'pending' WHERE number = $1 AND state IN ('signed', 'sent')`, [
      number,
    ]);
  });
  return true;
}

/** What stands in a final block stays. */
export async function finishRevocations({ pool, chain }: Ledger, final: Header): Promise<void> {
  const { rows } = await pool.query<{ mined_block: string; mined_block_hash: Buffer }>(
    `SELECT DISTINCT mined_block, mined_block_hash FROM revocation WHERE state = 'mined' AND mined_block <= $1`,
    [final.number],
  );
  for (const { mined_block: block, mined_block_hash: hash } of rows) {
    // Another block stands there now: the revocation was undone, and confirming will find out.
    if ((await chain.header(BigInt(block)))?.hash === toHex0x(hash)) await finishBlock(pool, block, hash);
  }
}

async function finishBlock(pool: pg.Pool, block: string, hash: Buffer): Promise<void> {
  const { rows } = await pool.query<{ transaction_hash: Buffer | null }>(
    `UPDATE revocation SET state = 'final', final_at = now()
     WHERE state = 'mined' AND mined_block = $1 AND mined_block_hash = $2 RETURNING transaction_hash`,
    [block, hash],
  );
  for (const { transaction_hash: transaction } of rows) if (transaction) await settle(pool, toHex0x(transaction));
}
