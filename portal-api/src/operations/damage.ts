// SPDX-License-Identifier: Apache-2.0
// Which stored objects are damaged, as far as anybody has seen: a row for each, until it is read whole again.
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { ObjectKind, OnDamage } from '../storage/stored-kind.ts';

export interface DamagedObject {
  kind: ObjectKind;
  id: string;
}

export interface Damage {
  /** Logs the alert once per object, until it is whole again. */
  report(object: DamagedObject): Promise<void>;
  /** The object is whole, or gone. */
  clear(object: DamagedObject): Promise<void>;
  /** Those that were not looked at for so long, the longest first. */
  due(olderThanMs: number, limit: number): Promise<DamagedObject[]>;
  /** For readers who meet damage: they do not wait for the row. */
  onDamage: OnDamage;
}

export function createDamage(db: Database, logger: Logger): Damage {
  async function report({ kind, id }: DamagedObject): Promise<void> {
    const [row] = await db.query<{ isNew: boolean }>(
      `INSERT INTO damaged_object (kind, object_id) VALUES ($1, $2)
       ON CONFLICT (kind, object_id) DO UPDATE SET checked_at = now() RETURNING xmax = 0 AS "isNew"`,
      [kind, id],
    );
    if (row?.isNew) logger.error({ alert: 'stored-object-damaged', kind, id }, 'a stored object is damaged');
  }
  return {
    report,
    async clear({ kind, id }) {
      const sql = 'DELETE FROM damaged_object WHERE kind = $1 AND object_id = $2 RETURNING kind';
      const cleared = await db.query(sql, [kind, id]);
      if (cleared.length > 0) logger.info({ kind, id }, 'a damaged object is whole again, or gone');
    },
    due: (olderThanMs, limit) =>
      db.query<DamagedObject>(
        `SELECT kind, object_id AS id FROM damaged_object
          WHERE checked_at <= now() - make_interval(secs => $1) ORDER BY checked_at LIMIT $2`,
        [olderThanMs / 1_000, limit],
      ),
    onDamage: (object) => {
      report(object).catch((err) => logger.error({ err, ...object }, 'a stored object is damaged'));
    },
  };
}

export async function countDamaged(db: Pick<Database, 'query'>): Promise<number> {
  const [row] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM damaged_object');
  return row?.count ?? 0;
}
