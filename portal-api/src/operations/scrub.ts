// SPDX-License-Identifier: Apache-2.0
// Reads every stored object again and again, so that the operator learns of damage before the owner needs the file.
// A CID is a digest, and the content store checks every block against it: reading an object is checking it.
//
// The position is a row: after a restart the pass goes on where it stood, with the object that was being read.
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type Periodic, startPeriodic } from '../queue/periodic.ts';
import { type ContentStore, ContentStoreError } from '../storage/content-store.ts';

/** How often the scrub looks whether there is something to do. */
const EVERY_MS = 1_000;
const OBJECTS_AT_ONCE = 50;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** In this order; each statement lists the objects after an id. */
const KINDS = [
  { kind: 'upload', sql: 'SELECT id::text, cid FROM upload WHERE cid IS NOT NULL AND id > $1 ORDER BY id LIMIT $2' },
  {
    kind: 'certificate',
    sql: 'SELECT id::text, pdf_cid AS cid FROM certificate WHERE pdf_cid IS NOT NULL AND id > $1 ORDER BY id LIMIT $2',
  },
] as const;
type Kind = (typeof KINDS)[number]['kind'];

export interface ScrubSettings {
  bytesPerSecond: number;
  /** From the end of one pass to the start of the next. */
  everyMs: number;
}

interface ScrubParts {
  db: Database;
  store: ContentStore;
  logger: Logger;
  settings: ScrubSettings;
}

export function startScrub(parts: ScrubParts): Periodic {
  const stopping = new AbortController();
  const periodic = startPeriodic(() => scrub(parts, stopping.signal), {
    everyMs: EVERY_MS,
    // The database or the store is away, or the portal stops: the position stays.
    onFailure: (err) => {
      if (!stopping.signal.aborted) parts.logger.warn({ err }, 'the scrub stopped, and goes on later');
    },
  });
  return {
    stop() {
      stopping.abort();
      return periodic.stop();
    },
  };
}

export async function countDamaged(db: Pick<Database, 'query'>): Promise<number> {
  const [row] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM damaged_object');
  return row?.count ?? 0;
}

interface StoredObject {
  kind: Kind;
  id: string;
  cid: string;
}

/** Damaged objects first, so that a repair is noticed soon; then the next objects of the pass, if one is due. */
async function scrub(parts: ScrubParts, signal: AbortSignal): Promise<void> {
  await forgetDeleted(parts);
  for (const { cid } of await parts.db.query<{ cid: string }>(
    'SELECT cid FROM damaged_object ORDER BY found_at LIMIT 10',
  ))
    if (await isWhole(parts, cid, signal)) await clear(parts, cid);
  const position = await readPosition(parts);
  if (!position) return;
  const { kind, sql } = position;
  const objects = await parts.db.query<{ id: string; cid: string }>(sql, [position.after, OBJECTS_AT_ONCE]);
  for (const object of objects) {
    if (!(await isWhole(parts, object.cid, signal))) await report(parts, { kind, ...object });
    await parts.db.query('UPDATE scrub SET kind = $1, after = $2, finished_at = NULL', [kind, object.id]);
  }
  if (objects.length < OBJECTS_AT_ONCE) await endKind(parts, kind);
}

/** Undefined between two passes. */
async function readPosition({ db, settings }: ScrubParts) {
  const [row] = await db.query<{ kind: string; after: string }>(
    `SELECT kind, after::text FROM scrub
      WHERE finished_at IS NULL OR finished_at <= now() - make_interval(secs => $1)`,
    [settings.everyMs / 1_000],
  );
  const found = KINDS.find(({ kind }) => kind === row?.kind);
  return row && found && { ...found, after: row.after };
}

async function endKind({ db }: ScrubParts, kind: Kind): Promise<void> {
  const next = KINDS[KINDS.findIndex((each) => each.kind === kind) + 1];
  await db.query('UPDATE scrub SET kind = $1, after = $2, finished_at = CASE WHEN $3 THEN now() END', [
    next?.kind ?? KINDS[0].kind,
    FIRST_ID,
    next === undefined,
  ]);
}

/** Throws when the store itself is away: that says nothing about the object. */
async function isWhole({ store, settings }: ScrubParts, cid: string, signal: AbortSignal): Promise<boolean> {
  const startedAt = Date.now();
  let bytes = 0;
  try {
    for await (const piece of store.get(cid)) {
      signal.throwIfAborted();
      bytes += piece.length;
      const aheadMs = (bytes / settings.bytesPerSecond) * 1_000 - (Date.now() - startedAt);
      if (aheadMs > 0) await pause(aheadMs, undefined, { signal });
    }
    return true;
  } catch (error) {
    if (error instanceof ContentStoreError && /^content-(missing|damaged)$/.test(error.code)) return false;
    throw error;
  }
}

/** Once per object, until it is whole again. An object that was deleted meanwhile is no loss. */
async function report({ db, logger }: ScrubParts, { kind, id, cid }: StoredObject): Promise<void> {
  const added = await db.query(
    `INSERT INTO damaged_object (cid, kind)
     SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM upload WHERE cid = $1) OR EXISTS (SELECT 1 FROM certificate WHERE pdf_cid = $1)
     ON CONFLICT DO NOTHING RETURNING cid`,
    [cid, kind],
  );
  if (added.length > 0) logger.error({ alert: 'stored-object-damaged', kind, id, cid }, 'a stored object is damaged');
}

/** What nobody refers to any more is no loss. */
async function forgetDeleted({ db }: ScrubParts): Promise<void> {
  await db.query(
    `DELETE FROM damaged_object AS d WHERE NOT EXISTS (SELECT 1 FROM upload AS u WHERE u.cid = d.cid)
        AND NOT EXISTS (SELECT 1 FROM certificate AS c WHERE c.pdf_cid = d.cid)`,
  );
}

async function clear({ db, logger }: ScrubParts, cid: string): Promise<void> {
  await db.query('DELETE FROM damaged_object WHERE cid = $1', [cid]);
  logger.info({ cid }, 'a damaged object is whole again');
}
