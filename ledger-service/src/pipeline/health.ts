// SPDX-License-Identifier: Apache-2.0
// How the work behind intake goes, from the rows that the leader writes: so every process can tell, and no restart forgets.
import type { Db } from '../db/database.ts';
import type { ErrorCode } from '../errors.ts';
import { findAlarms, findHealth, type HealthRow } from './health.sql.ts';

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

/** What the leader wrote down, whichever process that is. */
export async function readWorkHealth(db: Db): Promise<WorkHealth> {
  const row = await findHealth(db);
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

export async function readWorkAlarms(db: Db): Promise<WorkAlarms> {
  const row = await findAlarms(db);
  return {
    unprovenBatches: Number(row?.unproven ?? 0),
    oldestUnproven: row?.oldest ?? undefined,
    refusedKeys: Number(row?.refused ?? 0),
    finalSeenAt: row?.final_seen_at ?? undefined,
    isStalled: row?.is_stalled === true,
  };
}
