// SPDX-License-Identifier: Apache-2.0
// The SQL of the look-up.
import { column, named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { publicRecordSchema } from '../certificates/index.ts';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

const numberRow = z.object({
  typed: z.enum(['certificate-number', 'order-number']),
  number: z.string().nullable(),
  record: publicRecordSchema.nullable(),
  submittedAt: column.time.nullable(),
  orderState: z.string().nullable(),
  registrationNumber: z.string().nullable(),
  approvedAt: column.time.nullable(),
  revokedAt: column.time.nullable(),
  reason: z.string().nullable(),
  erasedAt: column.time.nullable(),
  supersededAt: column.time.nullable(),
  supersededBy: z.string().nullable(),
});

export type NumberRow = z.output<typeof numberRow>;

/**
 * Reason: the look-up that the bench measures: one statement, prepared once per connection, that reads at most four rows
 * by their keys. An attestation shows itself once its submission is on record, a registration once it is approved.
 */
export async function findByNumber(db: Db, number: string): Promise<NumberRow | undefined> {
  const [row] = await rowsOf(
    db,
    numberRow,
    named(
      'lookup',
      Prisma.sql`SELECT 'certificate-number' AS typed, c.number::text AS number, c.record,
          NULL::timestamptz AS "submittedAt", NULL AS "orderState", c.revoked_at AS "revokedAt",
          c.revocation_reason AS reason, c.erased_at AS "erasedAt",
          r.registration_number AS "registrationNumber", r.approved_at AS "approvedAt",
          c.superseded_at AS "supersededAt", CASE WHEN c.superseded_at IS NOT NULL THEN r.certificate_number::text END AS "supersededBy"
        FROM certificate c LEFT JOIN registration r ON r.id = c.registration_id
        WHERE c.number = ${number} AND c.issued_at IS NOT NULL
        UNION ALL
        SELECT 'order-number', c.number::text, c.record,
          (SELECT m.received_at FROM manifest m
            WHERE m.attestation_id = a.id AND m.purpose = 'submission' AND m.round = a.round),
          a.state::text, c.revoked_at, c.revocation_reason, c.erased_at, NULL, NULL, NULL, NULL
        FROM attestation a
        LEFT JOIN certificate c ON c.attestation_id = a.id AND c.superseded_at IS NULL AND c.issued_at IS NOT NULL
        WHERE a.order_number = ${number} AND a.state IN
          ('UNDER_REVIEW', 'RETURNED', 'REJECTED', 'WITHDRAWN', 'APPROVED', 'ANCHORING', 'CERTIFIED', 'REVOKED')
        UNION ALL
        SELECT 'order-number', c.number::text, c.record, NULL, r.state::text, c.revoked_at, c.revocation_reason,
          c.erased_at, r.registration_number, r.approved_at, NULL, NULL
        FROM registration r
        LEFT JOIN certificate c ON c.registration_id = r.id AND c.superseded_at IS NULL AND c.issued_at IS NOT NULL
        WHERE r.order_number = ${number} AND r.registration_number IS NOT NULL`,
    ),
  );
  return row;
}

const matchRow = z.object({ number: z.string(), receivedAt: z.string() });

/** Reason: a join without a foreign key, of a look-up that anybody may ask for. The certificates that may be found so:
 * registers are public, but what the owner of an attestation of the same work closed stays closed. */
export function findByFileDigest(db: Db, sha256: string, limit: number): Promise<z.output<typeof matchRow>[]> {
  return rowsOf(
    db,
    matchRow,
    Prisma.sql`SELECT f.number::text AS number, c.record->>'receivedAt' AS "receivedAt"
      FROM certificate_file f JOIN certificate c ON c.number = f.number AND c.superseded_at IS NULL
      LEFT JOIN attestation a ON a.id = c.attestation_id
      LEFT JOIN registration r ON r.id = c.registration_id
      WHERE f.sha256 = decode(${sha256}, 'hex') AND c.issued_at IS NOT NULL
        AND (a.is_found_by_file OR (r.id IS NOT NULL AND NOT EXISTS (
          SELECT FROM attestation closed WHERE closed.work_id = r.work_id AND NOT closed.is_found_by_file)))
      ORDER BY f.number LIMIT ${limit}`,
  );
}
