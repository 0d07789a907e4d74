// SPDX-License-Identifier: Apache-2.0
// What the portal's own tables say of a number or a digest. The look-up by number is the hot path: one statement,
// prepared once per connection, that reads at most two rows by their keys.
import type { PublicRecord } from '../certificates/index.ts';
import type { Database } from '../db/database.ts';
import { rethrow } from '../db/outage.ts';
import type { LookupAnswer, LookupMatches } from './lookup.schema.ts';

const MAX_MATCHES = 20;
const LARGEST_STORED = 2n ** 63n - 1n;

/** The answer as it stands here; undefined for a number that is not ours, or not issued yet. */
export async function findNumber({ pool }: Database, number: string): Promise<LookupAnswer | undefined> {
  if (BigInt(number) > LARGEST_STORED) return undefined;
  const { rows } = await pool.query<FoundRow>({ name: 'lookup', text: FIND, values: [number] }).catch(rethrow);
  const [row] = rows;
  if (!row) return undefined;
  return row.record === null ? orderAnswer(row) : issuedAnswer(row, row.record);
}

/** A receipt number holds the day of issue in Beijing and a running number; only both together are its certificate's. */
export async function findReceipt(db: Database, receiptNumber: string): Promise<LookupAnswer | undefined> {
  const [row] = await db.query<FoundRow>(FIND_RECEIPT, [receiptNumber.slice(10), receiptNumber.slice(2, 10)]);
  return row?.record ? issuedAnswer(row, row.record) : undefined;
}

/**
 * Numbers whose files include these bytes, and whose owners let them be found so; the number and its time, and nothing
 * else. One that may not be found looks like one that is not there.
 */
export async function findByFile(db: Database, sha256: string): Promise<LookupMatches['matches']> {
  return db.query<LookupMatches['matches'][number]>(
    `SELECT f.number::text AS number, c.record->>'receivedAt' AS "receivedAt"
       FROM certificate_file f JOIN certificate c ON c.number = f.number AND c.superseded_at IS NULL
       JOIN attestation a ON a.id = c.attestation_id AND a.is_found_by_file
      WHERE f.sha256 = decode($1, 'hex') AND c.issued_at IS NOT NULL ORDER BY f.number LIMIT ${MAX_MATCHES}`,
    [sha256],
  );
}

export async function findByManifest(db: Database, sha256: string): Promise<LookupMatches['matches']> {
  const rows = await db.query<{ number: string; receivedAt: Date }>(
    `SELECT number::text AS number, received_at AS "receivedAt" FROM manifest
      WHERE sha256 = decode($1, 'hex') AND state = 'FINAL'`,
    [sha256],
  );
  return rows.map((row) => ({ number: row.number, receivedAt: row.receivedAt.toISOString() }));
}

interface FoundRow {
  typed: LookupAnswer['typed'];
  number: string | null;
  record: PublicRecord | null;
  submittedAt: Date | null;
  orderState: string | null;
  revokedAt: Date | null;
  reason: string | null;
}

function issuedAnswer({ typed, number, revokedAt, reason }: FoundRow, record: PublicRecord): LookupAnswer {
  const status = revokedAt ? 'revoked' : 'final';
  const revocation = revokedAt && reason ? { at: revokedAt.toISOString(), reason } : null;
  return { typed, number, status, state: status, ...record, revocation };
}

/** Of orders that no certificate comes of as they stand. */
const ENDED: Readonly<Record<string, LookupAnswer['status']>> = {
  RETURNED: 'returned',
  REJECTED: 'rejected',
  WITHDRAWN: 'withdrawn',
};

function orderAnswer({ submittedAt, orderState }: FoundRow): LookupAnswer {
  return {
    typed: 'order-number',
    number: null,
    kind: 'attestation',
    status: ENDED[orderState ?? ''] ?? 'pending',
    state: 'received',
    receivedAt: submittedAt?.toISOString() ?? null,
    manifestSha256: null,
    registry: null,
    anchor: null,
    revocation: null,
  };
}

/** An order shows itself once its submission is on record. */
const FIND = `
  SELECT 'certificate-number' AS typed, c.number::text AS number, c.record, NULL::timestamptz AS "submittedAt",
         NULL AS "orderState", c.revoked_at AS "revokedAt", c.revocation_reason AS reason
    FROM certificate c WHERE c.number = $1 AND c.superseded_at IS NULL AND c.issued_at IS NOT NULL
  UNION ALL
  SELECT 'order-number', c.number::text, c.record,
         (SELECT m.received_at FROM manifest m
           WHERE m.attestation_id = a.id AND m.purpose = 'submission' AND m.round = a.round),
         a.state::text, c.revoked_at, c.revocation_reason
    FROM attestation a
    LEFT JOIN certificate c ON c.attestation_id = a.id AND c.superseded_at IS NULL AND c.issued_at IS NOT NULL
   WHERE a.order_number = $1
     AND a.state IN ('UNDER_REVIEW', 'RETURNED', 'REJECTED', 'WITHDRAWN', 'APPROVED', 'ANCHORING', 'CERTIFIED', 'REVOKED')`;

const FIND_RECEIPT = `
  SELECT 'receipt-number' AS typed, c.number::text AS number, c.record, NULL::timestamptz AS "submittedAt",
         NULL AS "orderState", c.revoked_at AS "revokedAt", c.revocation_reason AS reason
    FROM certificate c
   WHERE c.receipt_serial = $1::bigint AND to_char(c.created_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDD') = $2
     AND c.superseded_at IS NULL AND c.issued_at IS NOT NULL`;
