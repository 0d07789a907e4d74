// SPDX-License-Identifier: Apache-2.0
// The SQL of accounts and of logging in.
import { named, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { deviceSchema } from '../http/device.ts';
import { type LoadedMember, ORGANISATION_ROLES, rolesSchema } from '../http/members.ts';

const memberRow = z.object({
  id: z.string(),
  sessionEpoch: z.int(),
  roles: rolesSchema,
  hasSecondStep: z.boolean(),
  organisationId: z.string().nullable(),
  organisationRole: z.enum(ORGANISATION_ROLES).nullable(),
  isVerified: z.boolean(),
});

/** Reason: each request of a member begins with it, and Prisma would ask six times. */
export async function findMember(
  db: Db,
  accountId: string,
  organisationId: string | null,
): Promise<LoadedMember | undefined> {
  const [found] = await rowsOf(
    db,
    memberRow,
    named(
      'find-member',
      // The real name and the membership are read here and not through their own domains.
      Prisma.sql`SELECT account.id, session_epoch AS "sessionEpoch",
          ARRAY(SELECT role FROM account_role WHERE account_id = account.id ORDER BY role) AS roles,
          EXISTS (SELECT FROM account_totp
            WHERE account_id = account.id AND secret_cipher IS NOT NULL) AS "hasSecondStep",
          o.id AS "organisationId", m.role AS "organisationRole",
          CASE WHEN o.id IS NOT NULL THEN o.state = 'VERIFIED' ELSE EXISTS (SELECT FROM identity
            WHERE account_id = account.id AND superseded_at IS NULL AND state = 'VERIFIED') END AS "isVerified"
        FROM account
          LEFT JOIN (organisation_member m JOIN organisation o ON o.id = m.organisation_id)
            ON m.account_id = account.id AND m.organisation_id = ${organisationId}::uuid AND m.removed_at IS NULL
        WHERE account.id = ${accountId}::uuid AND account.state = 'ACTIVE'`,
    ),
  );
  if (!found) return undefined;
  const { organisationId: actsFor, ...member } = found;
  return { ...member, owner: { accountId, organisationId: actsFor } };
}

/**
 * Reason: one statement counts and decides, by PostgreSQL's clock. Each try restarts the time, and is being checked
 * from now on; undefined, and nothing counted, while the telephone is locked.
 */
export async function countLoginTry(
  db: Db,
  phoneIndex: Uint8Array,
  { most, lockSeconds }: { most: number; lockSeconds: number },
): Promise<number | undefined> {
  const [row] = await rowsOf(
    db,
    z.object({ failures: z.int() }),
    Prisma.sql`INSERT INTO login_lock AS old (phone_index, failures, checking, ends_at)
      VALUES (${phoneIndex}, 1, 1, now() + make_interval(secs => ${lockSeconds}))
      ON CONFLICT (phone_index) DO UPDATE
        SET failures = CASE WHEN old.ends_at <= now() THEN 1 ELSE old.failures + 1 END,
          checking = CASE WHEN old.ends_at <= now() THEN 1 ELSE old.checking + 1 END, ends_at = excluded.ends_at
        WHERE old.failures < ${most} OR old.ends_at <= now()
      RETURNING failures`,
  );
  return row?.failures;
}

const failuresRow = z.object({
  accountId: z.string().nullable(),
  counters: z.int(),
  failures: z.int(),
  addresses: z.int(),
  addressKeys: z.array(z.string()),
  since: z.date(),
});

/**
 * Reason: set-based, and it skips locked rows. Removes the counters that are due and adds them up, one row per account. Of an
 * unknown telephone, a lock hastens nothing: whoever tries many numbers would add a row for each.
 */
export function takeDueFailures(db: Db, now: Date, limit: number): Promise<z.output<typeof failuresRow>[]> {
  return rowsOf(
    db,
    failuresRow,
    Prisma.sql`WITH due AS (
        SELECT f.ctid FROM login_failure AS f
        WHERE hour <= ${now}::timestamptz - interval '1 hour'
          OR (is_locked AND EXISTS (SELECT FROM account AS a WHERE a.phone_index = f.phone_index))
        LIMIT ${limit} FOR UPDATE SKIP LOCKED),
      taken AS (DELETE FROM login_failure WHERE ctid = ANY(ARRAY(SELECT ctid FROM due)) RETURNING *)
      SELECT a.id AS "accountId", count(*)::int AS counters, sum(failures)::int AS failures,
        count(DISTINCT address_index)::int AS addresses, min(hour) AS since,
        array_agg(DISTINCT left(encode(address_index, 'hex'), 16)) AS "addressKeys"
      FROM taken LEFT JOIN account AS a USING (phone_index) GROUP BY a.id ORDER BY a.id`,
  );
}

const sessionRow = z.object({
  sid: z.string(),
  loggedInAt: z.date(),
  expire: z.date(),
  /** Sessions that began before devices were kept have none. */
  device: deviceSchema.nullable(),
});

const UNKNOWN_DEVICE = { browser: 'OTHER', system: 'OTHER', place: '' } as const;

/** Reason: an index on a part of the JSON finds them. Sessions that began later than `since` and have not been ended. */
export async function findSessions(db: Db, accountId: string, since: Date) {
  const rows = await rowsOf(
    db,
    sessionRow,
    Prisma.sql`SELECT sid, expire, to_timestamp((sess ->> 'loggedInAt')::bigint / 1000.0) AS "loggedInAt",
        sess -> 'device' AS device
      FROM session WHERE sess ->> 'accountId' = ${accountId} AND expire > now()
        AND (sess ->> 'loggedInAt')::bigint > ${since.getTime()}
      ORDER BY (sess ->> 'loggedInAt')::bigint DESC`,
  );
  return rows.map(({ device, ...row }) => ({ ...row, ...(device ?? UNKNOWN_DEVICE) }));
}
