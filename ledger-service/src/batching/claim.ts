// SPDX-License-Identifier: Apache-2.0
// Claiming: the oldest received entries, locked and read in chunks, so that a batch of a million fits in memory.
import type { EntryKind } from '@inkseal/verifier';
import type pg from 'pg';

const CHUNK_SIZE = 1_024;

export interface ClaimedEntry {
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly kind: EntryKind;
  /** Hex. */
  readonly sha256: string;
  readonly sm3: string | null;
  readonly receivedAt: Date;
}

/** Rows that another transaction holds are left for the next batch. The locks last until the transaction ends. */
export async function* claimEntries(client: pg.PoolClient, maxSize: number): AsyncGenerator<readonly ClaimedEntry[]> {
  await client.query(
    `DECLARE claim NO SCROLL CURSOR FOR
     SELECT uuid_send(id) AS id, kind, encode(sha256, 'hex') AS sha256, encode(sm3, 'hex') AS sm3, received_at AS "receivedAt"
     FROM entry WHERE number IS NULL ORDER BY received_at, entry.id LIMIT ${Number(maxSize)} FOR UPDATE SKIP LOCKED`,
  );
  const fetchChunk = () => client.query<ClaimedEntry>(`FETCH ${CHUNK_SIZE} FROM claim`);
  let next = fetchChunk();
  for (let isLast = false; !isLast; ) {
    const { rows } = await next;
    isLast = rows.length < CHUNK_SIZE;
    // Asked for before this chunk is worked on, so that PostgreSQL and we are busy at the same time.
    if (!isLast) {
      next = fetchChunk();
      // If this chunk fails, nobody is left to hear that the next one did too.
      next.catch(() => undefined);
    }
    if (rows.length > 0) yield rows;
  }
  await client.query('CLOSE claim');
}
