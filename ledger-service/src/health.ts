// SPDX-License-Identifier: Apache-2.0
// How the work behind intake goes, from the rows that the leader writes: so every process can tell, and no restart forgets.
import { fromHex } from '@inkseal/verifier';
import type pg from 'pg';
import type { Header } from './chain/index.ts';
import type { ErrorCode } from './errors.ts';
import type { ChainMismatch } from './registry/index.ts';

/** A batch may stay without a proof for so long after its block became final. */
const UNPROVEN_WITHIN = '30 s';
/** A chain may make no final block for so long while transactions wait, and while none does. */
const STALLED_AFTER = '30 s';
const IDLE_STALLED_AFTER = '2 min';
/** A chain with slow blocks may take so many times as long as it usually does. */
const USUAL_GAPS = 5;
/** No gap counts for more, s: after a long outage the next one is to be noticed soon again. */
const LONGEST_GAP = 120;

export interface Part {
  ok: boolean;
  code?: ErrorCode;
  detail?: string;
}

export interface WorkHealth {
  readonly ledger: Part;
  readonly anchoring: Part;
  readonly proofs: Part;
  /** Whether the chain makes final blocks, as far as the leader saw. */
  readonly blocks: Part;
}

interface HealthRow {
  is_deployed: boolean;
  anchoring_halted: string | null;
  chain_mismatch: ChainMismatch | null;
  is_refused: boolean;
  is_unproven: boolean;
  is_stalled: boolean | null;
}

const STALLED = `final_seen_at + greatest(make_interval(secs => ${USUAL_GAPS} * final_gap_seconds), CASE
  WHEN EXISTS (SELECT FROM batch WHERE state IN ('sent', 'mined') AND sealed_at < now() - interval '${STALLED_AFTER}')
  THEN interval '${STALLED_AFTER}' ELSE interval '${IDLE_STALLED_AFTER}' END) < now()`;

/** What the leader wrote down, whichever process that is. */
export async function readWorkHealth(pool: pg.Pool): Promise<WorkHealth> {
  const { rows } = await pool.query<HealthRow>(
    `SELECT deployed_block IS NOT NULL AS is_deployed, anchoring_halted, chain_mismatch, ${STALLED} AS is_stalled,
       EXISTS (SELECT FROM batch WHERE state = 'mined' AND unproven_since < now() - interval '${UNPROVEN_WITHIN}') AS is_unproven,
       EXISTS (SELECT FROM chain_account WHERE refused_since IS NOT NULL) AS is_refused
     FROM registry`,
  );
  const [row] = rows;
  return {
    ledger: partOf(row?.chain_mismatch ?? undefined),
    anchoring: anchoringOf(row),
    proofs: partOf(row?.is_unproven ? 'proof-missing' : undefined),
    blocks: partOf(row?.is_stalled ? 'chain-stalled' : undefined),
  };
}

const partOf = (code: ErrorCode | undefined): Part => (code === undefined ? { ok: true } : { ok: false, code });

/** Not ready until the registry's deployment is final: before that no proof could name its block. */
function anchoringOf(row: HealthRow | undefined): Part {
  if (row?.is_refused) return partOf('transactions-refused');
  if (!row?.is_deployed) return partOf('not-ready');
  const { anchoring_halted: detail } = row;
  return detail === null ? { ok: true } : { ok: false, code: 'anchoring-halted', detail };
}

/** Alarms as numbers, for the metrics. */
export interface WorkAlarms {
  readonly unprovenBatches: number;
  readonly oldestUnproven: Date | undefined;
  readonly refusedKeys: number;
  readonly finalSeenAt: Date | undefined;
  readonly isStalled: boolean;
}

export async function readWorkAlarms(pool: pg.Pool): Promise<WorkAlarms> {
  const { rows } = await pool.query<{
    unproven: string;
    oldest: Date | null;
    refused: string;
    final_seen_at: Date | null;
    is_stalled: boolean | null;
  }>(
    `SELECT unproven, oldest, (SELECT count(*) FROM chain_account WHERE refused_since IS NOT NULL) AS refused,
       (SELECT final_seen_at FROM registry) AS final_seen_at, (SELECT ${STALLED} FROM registry) AS is_stalled
     FROM (SELECT count(*) AS unproven, min(unproven_since) AS oldest FROM batch
       WHERE state = 'mined' AND unproven_since IS NOT NULL) AS waiting`,
  );
  const [row] = rows;
  return {
    unprovenBatches: Number(row?.unproven ?? 0),
    oldestUnproven: row?.oldest ?? undefined,
    refusedKeys: Number(row?.refused ?? 0),
    finalSeenAt: row?.final_seen_at ?? undefined,
    isStalled: row?.is_stalled === true,
  };
}

/** A new final block: its time is kept, and the usual gap follows the gaps slowly. */
export async function noteFinalBlock(pool: pg.Pool, { hash }: Header): Promise<void> {
  await pool.query(
    `UPDATE registry SET final_hash = $1, final_seen_at = now(), final_gap_seconds = CASE WHEN final_seen_at IS NULL THEN 0
       ELSE 0.8 * final_gap_seconds + 0.2 * least($2, extract(epoch FROM now() - final_seen_at)) END
     WHERE final_hash IS DISTINCT FROM $1`,
    [fromHex(hash), LONGEST_GAP],
  );
}
