// SPDX-License-Identifier: Apache-2.0
// The SQL of transactions: row locks, and conditions over several tables.
import { column, execute, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** Reason: one statement inserts the account or moves it, under a condition over its transactions. */
export async function moveFirstNonce(db: Db, sender: Uint8Array, used: bigint): Promise<void> {
  await execute(
    db,
    Prisma.sql`INSERT INTO chain_account AS known (address, first_nonce) VALUES (${sender}, ${used})
      ON CONFLICT (address) DO UPDATE SET first_nonce = excluded.first_nonce WHERE excluded.first_nonce >
        GREATEST(known.first_nonce, (SELECT max(nonce) + 1 FROM chain_transaction WHERE sender = excluded.address))`,
  );
}

/** Reason: a row lock, which keeps two signers from taking the same nonce. */
export async function lockAccount(tx: Db, sender: Uint8Array): Promise<bigint | undefined> {
  const [account] = await rowsOf(
    tx,
    z.object({ first_nonce: column.bigint }),
    Prisma.sql`SELECT first_nonce FROM chain_account WHERE address = ${sender} FOR UPDATE`,
  );
  return account && BigInt(account.first_nonce);
}

/** Reason: its conditions reach into two tables. */
export function readUnsettled(db: Db, sender: Uint8Array, limit: number) {
  return rowsOf(
    db,
    z.object({
      hash: column.bytes,
      purpose: z.enum(['deploy', 'anchor', 'revoke']),
      subject: column.bigint,
      nonce: column.bigint,
      raw: column.bytes,
      gas_price: column.bigint,
      signed_at: column.time,
      failed_at: column.time.nullable(),
    }),
    Prisma.sql`SELECT hash, purpose, subject, nonce, raw, gas_price, signed_at, failed_at FROM chain_transaction AS t
      WHERE sender = ${sender} AND settled_at IS NULL AND (
        failed_at IS NOT NULL OR purpose = 'deploy'
        OR purpose = 'anchor' AND EXISTS (SELECT FROM batch WHERE id = subject AND state < 'mined')
        OR purpose = 'revoke' AND EXISTS (SELECT FROM revocation WHERE number = subject AND state < 'mined'))
      ORDER BY nonce, gas_price LIMIT ${limit}`,
  );
}

/** Reason: set-based, under a condition over another table. Answers how many rows. */
export function unsignBatches(db: Db, sender: Uint8Array, except: readonly bigint[]): Promise<number> {
  return execute(
    db,
    Prisma.sql`UPDATE batch SET state = 'closed', sent_at = NULL, transaction_hash = NULL
      WHERE state IN ('signed', 'sent') AND id <> ALL (${except}::bigint[])
        AND NOT EXISTS (SELECT FROM chain_transaction WHERE purpose = 'anchor'
        AND subject = batch.id AND sender = ${sender} AND failed_at IS NULL AND settled_at IS NULL)`,
  );
}

/** Reason: as for `unsignBatches`. */
export function unsignRevocations(db: Db, sender: Uint8Array, except: readonly bigint[]): Promise<number> {
  return execute(
    db,
    Prisma.sql`UPDATE revocation SET state = 'pending'
      WHERE state IN ('signed', 'sent') AND number <> ALL (${except}::bigint[])
        AND NOT EXISTS (SELECT FROM chain_transaction WHERE purpose = 'revoke'
        AND subject = revocation.number AND sender = ${sender} AND failed_at IS NULL AND settled_at IS NULL)`,
  );
}
