// SPDX-License-Identifier: Apache-2.0
// Which stored objects are damaged, as far as anybody has seen: a row for each, until it is read whole again.
import type { Logger } from 'pino';
import { databaseNow } from '../db/clock.sql.ts';
import type { Db } from '../db/database.ts';
import type { OnDamage } from '../storage/stored-kind.ts';

export interface DamagedObject {
  /** One that no domain describes any more is gone. */
  kind: string;
  id: string;
}

export interface Damage {
  /** Logs the alert once per object, until it is whole again. */
  report(object: DamagedObject): Promise<void>;
  /** The object is whole, or gone, unless somebody met damage in it since that time. */
  clear(object: DamagedObject, since: Date): Promise<void>;
  /** Those that were not looked at for so long, the longest first. */
  due(olderThanMs: number, limit: number): Promise<DamagedObject[]>;
  /** For readers who meet damage: they do not wait for the row. */
  onDamage: OnDamage;
}

export function createDamage(db: Db, logger: Logger): Damage {
  async function report({ kind, id: objectId }: DamagedObject): Promise<void> {
    const checkedAt = await databaseNow(db);
    const known = await db.damagedObject.updateMany({ where: { kind, objectId }, data: { checkedAt } });
    if (known.count === 1) return;
    const { count } = await db.damagedObject.createMany({ data: [{ kind, objectId }], skipDuplicates: true });
    // Somebody else has just reported it, and may clear it again before our time is written.
    if (count === 0) return report({ kind, id: objectId });
    logger.error({ alert: 'stored-object-damaged', kind, id: objectId }, 'a stored object is damaged');
  }
  return {
    report,
    async clear({ kind, id }, since) {
      const where = { kind, objectId: id, checkedAt: { lt: since } };
      const { count } = await db.damagedObject.deleteMany({ where });
      if (count > 0) logger.info({ kind, id }, 'a damaged object is whole again, or gone');
    },
    async due(olderThanMs, limit) {
      const checkedBefore = new Date((await databaseNow(db)).getTime() - olderThanMs);
      const rows = await db.damagedObject.findMany({
        where: { checkedAt: { lte: checkedBefore } },
        orderBy: { checkedAt: 'asc' },
        take: limit,
      });
      return rows.map(({ kind, objectId }) => ({ kind, id: objectId }));
    },
    onDamage: (object) => {
      report(object).catch((err) => logger.error({ err, ...object }, 'a stored object is damaged'));
    },
  };
}

export const countDamaged = (db: Db): Promise<number> => db.damagedObject.count();
