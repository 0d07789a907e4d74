// SPDX-License-Identifier: Apache-2.0
// The SQL of lists of orders.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { PageEnd, SortType } from '../http/cursor.ts';
import type { Owner } from '../http/members.ts';
import { ownedRows } from '../http/owned-rows.sql.ts';
import { type AttestationState, attestationStateSchema } from './attestation.ts';

export type SortKey = 'submittedAt' | 'createdAt' | 'stateAt' | 'title';

export const SORT_TYPES: Readonly<Record<SortKey, SortType>> = {
  submittedAt: 'timestamptz',
  createdAt: 'timestamptz',
  stateAt: 'timestamptz',
  title: 'text',
};

const SORT_COLUMNS: Readonly<Record<SortKey, Prisma.Sql>> = {
  submittedAt: Prisma.sql`coalesce(a.submitted_at, a.created_at)`,
  createdAt: Prisma.sql`a.created_at`,
  stateAt: Prisma.sql`a.state_at`,
  title: Prisma.sql`(a.form->>'title')`,
};

const SQL_TYPES = { timestamptz: Prisma.sql`timestamptz`, text: Prisma.sql`text` } as const;

const summaryRow = z.object({
  id: z.string(),
  accountId: z.string(),
  organisationId: z.string().nullable(),
  userNumber: z.int(),
  orderNumber: z.string(),
  workId: z.string(),
  title: z.string(),
  state: attestationStateSchema,
  stateAt: column.time,
  round: z.int(),
  displayUploadId: z.string().nullable(),
  payment: z.object({ outTradeNo: z.string(), channel: z.string(), state: z.string(), isPaid: z.boolean() }).nullable(),
  certificateNumber: z.string().nullable(),
  reasonCount: z.int(),
  createdAt: column.time,
  submittedAt: column.time.nullable(),
});

export type SummaryRow = z.output<typeof summaryRow>;

export interface SummaryQuery {
  scope: { owner: Owner } | { states: readonly AttestationState[] };
  search: string | undefined;
  state: AttestationState | undefined;
  key: SortKey;
  isDescending: boolean;
  /** Where the page before ended. */
  after: PageEnd | undefined;
  limit: number;
}

/** Reason: it sorts and searches by fields inside JSON, and reads one row of each of five tables for each order. */
export function findSummaries(db: Db, query: SummaryQuery): Promise<SummaryRow[]> {
  const column = SORT_COLUMNS[query.key];
  const direction = query.isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  return rowsOf(
    db,
    summaryRow,
    Prisma.sql`SELECT a.id, a.account_id AS "accountId", a.organisation_id AS "organisationId",
        (SELECT o.user_number FROM account o WHERE o.id = a.account_id) AS "userNumber",
        a.order_number::text AS "orderNumber", a.work_id AS "workId", a.form->>'title' AS title, a.state,
        a.state_at AS "stateAt", a.round,
        (SELECT f.upload_id FROM attestation_file f
          WHERE f.attestation_id = a.id AND f.role = 'DISPLAY' ORDER BY f.position LIMIT 1) AS "displayUploadId",
        (SELECT json_build_object('outTradeNo', coalesce(j.out_trade_no, p.out_trade_no), 'channel', p.channel, 'state', p.state,
            'isPaid', p.settles_order)
          FROM payment p LEFT JOIN joint_payment j ON j.id = p.joint_id WHERE p.attestation_id = a.id
          ORDER BY p.settles_order DESC, p.created_at DESC, p.id DESC LIMIT 1) AS payment,
        a.certificate_number::text AS "certificateNumber",
        coalesce((SELECT jsonb_array_length(r.reasons::jsonb) FROM review r
          WHERE r.attestation_id = a.id ORDER BY r.round DESC LIMIT 1), 0) AS "reasonCount",
        a.created_at AS "createdAt", a.submitted_at AS "submittedAt"
      FROM attestation a WHERE ${Prisma.join(conditionsOf(query), ' AND ')}
      ORDER BY ${column} ${direction}, a.id ${direction} LIMIT ${query.limit}`,
  );
}

function conditionsOf({ scope, search, state, key, isDescending, after }: SummaryQuery): Prisma.Sql[] {
  const isInScope = (alias: Prisma.Sql) =>
    'owner' in scope
      ? ownedRows(scope.owner, alias)
      : Prisma.sql`${alias}.state = ANY(${scope.states}::attestation_state[])`;
  const conditions = [isInScope(Prisma.sql`a`)];
  if (state) conditions.push(Prisma.sql`a.state = ${state}`);
  if (search) {
    const text = search.replace(/[\\%_]/g, '\\$&');
    const isTitled = Prisma.sql`search_terms(s.form->>'title') @> search_terms(${search}) AND s.form->>'title' ILIKE ${`%${text}%`}`;
    // Terms find the rows by an index; a title can have all of them in another order. Apart from the number: joined by OR, the
    // terms of every row that was found would be made again.
    conditions.push(
      Prisma.sql`(a.id = ANY(ARRAY(SELECT s.id FROM attestation s WHERE ${isInScope(Prisma.sql`s`)} AND ${isTitled}))
        OR a.order_number::text LIKE ${`${text}%`})`,
    );
  }
  if (after) {
    const isBeyond = isDescending ? Prisma.sql`<` : Prisma.sql`>`;
    const place = Prisma.sql`(${after.key}::${SQL_TYPES[SORT_TYPES[key]]}, ${after.id}::uuid)`;
    conditions.push(Prisma.sql`(${SORT_COLUMNS[key]}, a.id) ${isBeyond} ${place}`);
  }
  return conditions;
}
