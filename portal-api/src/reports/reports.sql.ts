// SPDX-License-Identifier: Apache-2.0
// The SQL of 统计报表: everything that happened in a period, counted in one pass.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { ORDER_KINDS } from '../orders/index.ts';

const MEASURES = [
  'submitted',
  'completed',
  'returned',
  'refused',
  'noticed',
  'finished',
  'paid',
  'discounted',
  'returning',
  'given-back',
  'refunded',
] as const;

export type Measure = (typeof MEASURES)[number];

/** A figure of a measure and a kind; or, without them, the owners of a group. */
const figureRow = z.object({
  dimension: z.enum(['all', 'month', 'work-type', 'region']),
  value: z.string().nullable(),
  kind: z.enum(ORDER_KINDS).nullable(),
  measure: z.enum(MEASURES).nullable(),
  count: z.int(),
  fen: column.bigint.transform(Number),
  inTime: z.int(),
  medianDays: z.number().nullable(),
  owners: z.array(z.string()).nullable(),
});

export type FigureRow = z.output<typeof figureRow>;

export interface FigureQuery {
  begin: Date;
  /** The first moment after it. */
  end: Date;
  homeProvince: string;
  noticeDays: number;
  finishDays: number;
  /** So many owners of a group are named at most. */
  leastOwners: number;
}

/** Reason: groups by months and JSON, along several dimensions at once, with medians: Prisma has none of these. */
export function findFigures(db: Db, query: FigureQuery): Promise<FigureRow[]> {
  const { begin, end, homeProvince, noticeDays, finishDays, leastOwners } = query;
  const isWithin = (time: Prisma.Sql) =>
    Prisma.sql`(${time} >= ${begin.toISOString()}::timestamptz AND ${time} < ${end.toISOString()}::timestamptz)`;
  return rowsOf(
    db,
    figureRow,
    Prisma.sql`WITH fact AS MATERIALIZED (
        SELECT kind, measure, owner, fen, days, work_type,
          CASE WHEN region LIKE ${`${homeProvince}%`} THEN region ELSE left(region, 2) END AS region,
          to_char(at AT TIME ZONE INTERVAL '8 hours', 'YYYY-MM') AS month
        FROM ${factsWithin(isWithin)} AS every WHERE ${isWithin(Prisma.sql`at`)} AND measure IS NOT NULL)
      SELECT ${DIMENSION} AS dimension, coalesce(month, work_type, region) AS value, kind, measure, count(*)::int AS count,
        sum(fen)::text AS fen, 0 AS "inTime", NULL::float8 AS "medianDays", NULL::text[] AS owners
      FROM fact WHERE days IS NULL
      GROUP BY GROUPING SETS ((kind, measure), (kind, measure, month), (kind, measure, work_type), (kind, measure, region))
      UNION ALL
      SELECT CASE GROUPING(month) WHEN 0 THEN 'month' ELSE 'all' END, month, kind, measure, count(*)::int, '0',
        (count(*) FILTER (WHERE days <= CASE measure WHEN 'noticed' THEN ${noticeDays}::int ELSE ${finishDays}::int END))::int,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days), NULL
      FROM fact WHERE days IS NOT NULL GROUP BY GROUPING SETS ((kind, measure), (kind, measure, month))
      UNION ALL
      SELECT dimension, value, NULL, NULL, sum(facts)::int, '0', 0, NULL, (array_agg(owner::text))[1:${leastOwners}::int]
      FROM (
        SELECT CASE GROUPING(work_type) WHEN 0 THEN 'work-type' ELSE 'region' END AS dimension,
          coalesce(work_type, region) AS value, owner, count(*) AS facts
        FROM fact GROUP BY GROUPING SETS ((owner, work_type), (owner, region))) AS owned
      GROUP BY dimension, value`,
  );
}

const DIMENSION = Prisma.sql`CASE WHEN GROUPING(month) = 0 THEN 'month' WHEN GROUPING(work_type) = 0 THEN 'work-type'
  WHEN GROUPING(region) = 0 THEN 'region' ELSE 'all' END`;

/** Everything that happened in the period. `isWithin` asks an index; of one row, what was at another time comes along. */
function factsWithin(isWithin: (time: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const isEither = (one: Prisma.Sql, other: Prisma.Sql) => Prisma.sql`(${isWithin(one)} OR ${isWithin(other)})`;
  const isDecided = isWithin(Prisma.sql`v.decided_at`);
  const isMoved = isEither(Prisma.sql`p.paid_at`, Prisma.sql`p.refunded_at`);
  return Prisma.sql`(
    SELECT 'attestation' AS kind, e.measure, e.at, 0 AS fen, NULL::float8 AS days, ${ABOUT}
    FROM attestation o, LATERAL (VALUES ('submitted', o.submitted_at), ('completed', o.certified_at)) AS e (measure, at)
    WHERE ${isEither(Prisma.sql`o.submitted_at`, Prisma.sql`o.certified_at`)}
    UNION ALL
    SELECT 'registration', e.measure, e.at, e.fen, NULL, ${ABOUT}
    FROM registration o, LATERAL (VALUES ('submitted', o.submitted_at, 0), ('completed', o.registered_at, 0),
      (CASE WHEN o.price_fen = 0 AND o.discount_fen > 0 THEN 'discounted' END, o.submitted_at, o.discount_fen)) AS e (measure, at, fen)
    WHERE ${isEither(Prisma.sql`o.submitted_at`, Prisma.sql`o.registered_at`)}
    UNION ALL
    SELECT 'attestation', ${AGAINST}, v.decided_at, 0, NULL, ${ABOUT}
    FROM review v JOIN attestation o ON o.id = v.attestation_id WHERE ${isDecided}
    UNION ALL
    SELECT 'registration', e.measure, v.decided_at, 0, e.days, ${ABOUT}
    FROM registration_review v
      JOIN registration_round n ON n.registration_id = v.registration_id AND n.round = v.round
      JOIN registration o ON o.id = v.registration_id, ${REVIEW_MEASURES}
    WHERE ${isDecided}
    UNION ALL
    SELECT 'attestation', e.measure, e.at, e.fen, NULL, ${ABOUT}
    FROM payment p JOIN attestation o ON o.id = p.attestation_id, ${PAYMENT_MEASURES} WHERE ${isMoved}
    UNION ALL
    SELECT 'registration', e.measure, e.at, e.fen, NULL, ${ABOUT}
    FROM payment p JOIN registration o ON o.id = p.registration_id, ${PAYMENT_MEASURES} WHERE ${isMoved})`;
}

/** Each order belongs to an organisation or to an account. */
const ABOUT = Prisma.sql`coalesce(o.organisation_id, o.account_id) AS owner, o.region,
  o.frozen #>> '{content,form,workType}' AS work_type`;

const AGAINST = Prisma.sql`CASE v.decision WHEN 'RETURN' THEN 'returned' WHEN 'REJECT' THEN 'refused' END`;

/** One that is refused at once was told of, and is finished. Acceptance is of the round: submitted, and paid where it costs something. */
const REVIEW_MEASURES = Prisma.sql`
  LATERAL (SELECT (extract(epoch FROM v.decided_at - greatest(n.submitted_at, o.paid_at)) / 86400)::float8 AS days) AS took,
  LATERAL (VALUES (${AGAINST}, NULL), (CASE v.level WHEN 'INITIAL' THEN 'noticed' END, took.days),
    (CASE WHEN v.decision = 'REJECT' OR (v.decision = 'APPROVE' AND v.level = 'FINAL') THEN 'finished' END, took.days))
    AS e (measure, days)`;

/** A discount counts with the payment that settled its order. */
const PAYMENT_MEASURES = Prisma.sql`LATERAL (VALUES ('paid', p.paid_at, p.amount_fen), ('refunded', p.refunded_at, p.amount_fen),
    (CASE WHEN p.settles_order AND o.discount_fen > 0 THEN 'discounted' END, p.paid_at, o.discount_fen),
    (CASE WHEN p.state = 'REFUNDED' THEN 'given-back' WHEN p.state IN ('REFUNDING', 'REFUND_FAILED') THEN 'returning' END, p.paid_at,
      p.amount_fen))
    AS e (measure, at, fen)`;
