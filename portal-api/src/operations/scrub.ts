// SPDX-License-Identifier: Apache-2.0
// Reads every stored object again and again, so that the operator learns of damage before the owner needs the file.
//
// The position is a row: after a restart the pass goes on where it stood, with the object that was being read. However
// many objects are damaged, a turn looks at a few of them only, so that the pass comes to its end.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { databaseNow } from '../db/clock.sql.ts';
import type { Db } from '../db/database.ts';
import type { Schedule } from '../queue/schedules.ts';
import { isDamage, type StoredKind } from '../storage/stored-kind.ts';
import type { Damage, DamagedObject } from './damage.ts';

/** Between two turns while a pass is under way, and while none is due. */
const BUSY_MS = 1_000;
const IDLE_MS = 60_000;
const OBJECTS_AT_ONCE = 50;
const RECHECKS_AT_ONCE = 5;
/** A damaged object is read again so often, apart from the passes. */
const RECHECK_MS = 60_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface ScrubSettings {
  bytesPerSecond: number;
  /** From the end of one pass to the start of the next. */
  everyMs: number;
}

export interface ScrubParts {
  db: Db;
  damage: Damage;
  /** In the order of a pass. */
  kinds: readonly StoredKind[];
  logger: Logger;
  settings: ScrubSettings;
}

export interface Scrub extends Schedule {
  /** Ends the turn under way soon; the position stays. */
  stop(): void;
}

export function createScrub(parts: ScrubParts): Scrub {
  const stopping = new AbortController();
  return {
    everyMs: parts.settings.everyMs > 0 ? IDLE_MS : BUSY_MS,
    work: () =>
      turn(parts, stopping.signal).catch((err: unknown) => {
        // The database or the store is down, or the portal stops: the position stays.
        if (!stopping.signal.aborted) parts.logger.warn({ err }, 'the scrub stopped, and goes on later');
      }),
    stop: () => stopping.abort(),
  };
}

/** Goes on until no pass is due: the schedule's pause is for the time between two passes. */
async function turn(parts: ScrubParts, signal: AbortSignal): Promise<void> {
  do await recheck(parts, signal);
  while (await readOn(parts, signal));
}

async function recheck(parts: ScrubParts, signal: AbortSignal): Promise<void> {
  for (const object of await parts.damage.due(RECHECK_MS, RECHECKS_AT_ONCE)) await check(parts, object, signal);
}

/** The next objects of the pass. False when the pass is over or none is due. */
async function readOn(parts: ScrubParts, signal: AbortSignal): Promise<boolean> {
  const position = await readPosition(parts);
  if (!position) return false;
  const { kind, after } = position;
  const ids = await kind.list(after, OBJECTS_AT_ONCE);
  for (const id of ids) {
    await check(parts, { kind: kind.kind, id }, signal);
    await parts.db.scrub.updateMany({ data: { kind: kind.kind, after: id, finishedAt: null } });
  }
  return ids.length === OBJECTS_AT_ONCE || (await beginNextKind(parts, kind));
}

/** Undefined between two passes. */
async function readPosition({ db, kinds, settings }: ScrubParts) {
  const row = await db.scrub.findFirst();
  if (row?.finishedAt && row.finishedAt.getTime() + settings.everyMs > (await databaseNow(db)).getTime())
    return undefined;
  const kind = kinds.find((each) => each.kind === row?.kind);
  return row && kind && { kind, after: row.after };
}

/** False when that was the last one, and the pass is over. */
async function beginNextKind({ db, kinds }: ScrubParts, done: StoredKind): Promise<boolean> {
  const next = kinds[kinds.indexOf(done) + 1];
  const { kind } = next ?? kinds[0] ?? done;
  await db.scrub.updateMany({ data: { kind, after: FIRST_ID, finishedAt: next ? null : await databaseNow(db) } });
  return next !== undefined;
}

async function check(parts: ScrubParts, object: DamagedObject, signal: AbortSignal): Promise<void> {
  const since = await databaseNow(parts.db);
  const isWhole = await readWhole(parts, object, signal);
  await (isWhole ? parts.damage.clear(object, since) : parts.damage.report(object));
}

/** True for what is gone, too. Throws when the store itself is unreachable: that says nothing about the object. */
async function readWhole(
  { kinds, settings }: ScrubParts,
  { kind, id }: DamagedObject,
  signal: AbortSignal,
): Promise<boolean> {
  const startedAt = Date.now();
  let bytes = 0;
  try {
    const pieces = await kinds.find((each) => each.kind === kind)?.read(id);
    for await (const piece of pieces ?? []) {
      signal.throwIfAborted();
      bytes += piece.length;
      const aheadMs = (bytes / settings.bytesPerSecond) * 1_000 - (Date.now() - startedAt);
      if (aheadMs > 0) await pause(aheadMs, undefined, { signal });
    }
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}
