// SPDX-License-Identifier: Apache-2.0
// The course of an order: every round with who did what, when and why. Nothing in it disappears when a round follows.
import type { Database } from '../db/database.ts';
import { HISTORY_STEPS, type History } from './attestations.schema.ts';

/** The earliest step first. */
export async function historyOf(
  db: Database,
  id: string,
  { namesReviewers }: { namesReviewers: boolean },
): Promise<History> {
  const rows = await db.query<HistoryRow>(SELECT_HISTORY, [id, HISTORY_STEPS]);
  return rows.map(({ at, step, round, reviewer, reasons }) => ({
    at: at.toISOString(),
    step,
    round,
    reviewer: namesReviewers && reviewer !== null ? `ID${reviewer}` : null,
    reasons: reasons ?? [],
  }));
}

interface HistoryRow {
  at: Date;
  step: History[number]['step'];
  round: number | null;
  reviewer: number | null;
  reasons: History[number]['reasons'] | null;
}

/** Steps of the same instant stand in the order in which they can follow each other. */
const SELECT_HISTORY = `
  WITH steps AS (
    SELECT created_at AS at, 'created' AS step, NULL::int AS round, NULL::int AS reviewer, NULL::json AS reasons
      FROM attestation WHERE id = $1
    UNION ALL
    SELECT submitted_at, 'submitted', round, NULL, NULL FROM attestation_round WHERE attestation_id = $1
    UNION ALL
    SELECT paid_at, 'paid', NULL, NULL, NULL FROM attestation WHERE id = $1
    UNION ALL
    SELECT received_at, 'received', round, NULL, NULL FROM manifest
     WHERE attestation_id = $1 AND purpose = 'submission' AND state <> 'BUILT'
    UNION ALL
    SELECT r.decided_at, CASE r.decision WHEN 'APPROVE' THEN 'approved' WHEN 'RETURN' THEN 'returned' ELSE 'rejected' END,
           r.round, o.user_number, r.reasons::json
      FROM review r JOIN account o ON o.id = r.reviewer_id WHERE r.attestation_id = $1
    UNION ALL
    SELECT certified_at, 'certified', NULL, NULL, NULL FROM attestation WHERE id = $1
    UNION ALL
    SELECT state_at, lower(state::text), NULL, NULL, NULL FROM attestation
     WHERE id = $1 AND state IN ('REVOKED', 'WITHDRAWN', 'CANCELLED', 'CLOSED')
  )
  SELECT * FROM steps WHERE at IS NOT NULL ORDER BY at, round NULLS FIRST, array_position($2::text[], step)`;
