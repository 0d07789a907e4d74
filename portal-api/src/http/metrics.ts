// SPDX-License-Identifier: Apache-2.0
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';

type FreeBytes = () => Promise<number>;

/** Process figures, and how much of the outbox waits and for how long. */
export function createMetrics(db: Database, connectionsAllowed: number, freeBytes: FreeBytes): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const age = new Gauge({
    name: 'inkseal_portal_outbox_oldest_seconds',
    help: 'Age of the oldest row of the outbox that is not done, by topic',
    labelNames: ['topic'],
    registers: [registry],
  });
  new Gauge({
    name: 'inkseal_portal_outbox_waiting',
    help: 'Rows of the outbox that are not done, by topic',
    labelNames: ['topic'],
    registers: [registry],
    async collect() {
      this.reset();
      age.reset();
      // Metrics of the process are of use when the database is away, so its absence is no error here.
      for (const { topic, rows, seconds } of await readOutbox(db).catch(() => [])) {
        this.set({ topic }, Number(rows));
        age.set({ topic }, Number(seconds));
      }
    },
  });
  addParkedGauge(registry, db);
  addDamagedGauge(registry, db);
  addDatabaseGauges(registry, db, connectionsAllowed);
  addDiskGauge(registry, freeBytes);
  return registry;
}

function addDatabaseGauges(registry: Registry, { pool }: Database, connectionsAllowed: number): void {
  const registers = [registry];
  new Gauge({
    name: 'inkseal_portal_database_connections',
    help: 'Open connections of the pool to PostgreSQL',
    registers,
    collect() {
      this.set(pool.totalCount);
    },
  });
  new Gauge({
    name: 'inkseal_portal_database_waiting',
    help: 'Callers that wait for a connection of the pool',
    registers,
    collect() {
      this.set(pool.waitingCount);
    },
  });
  new Gauge({
    name: 'inkseal_portal_database_connections_limit',
    help: 'The most connections to PostgreSQL that this process makes',
    registers,
  }).set(connectionsAllowed);
}

function addParkedGauge(registry: Registry, db: Database): void {
  new Gauge({
    name: 'inkseal_portal_outbox_parked',
    help: 'Rows of the outbox that failed too often and wait for staff, by topic',
    labelNames: ['topic'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { topic, rows } of await readParked(db).catch(() => [])) this.set({ topic }, Number(rows));
    },
  });
}

function addDamagedGauge(registry: Registry, db: Database): void {
  new Gauge({
    name: 'inkseal_portal_stored_objects_damaged',
    help: 'Stored objects that the scrub found missing or damaged',
    registers: [registry],
    async collect() {
      const [row] = await db
        .query<{ count: number }>('SELECT count(*)::int AS count FROM damaged_object')
        .catch(() => []);
      if (row) this.set(row.count);
      else this.reset();
    },
  });
}

function addDiskGauge(registry: Registry, freeBytes: FreeBytes): void {
  new Gauge({
    name: 'inkseal_portal_disk_free_for_uploads_bytes',
    help: 'Free bytes of the disk under INKSEAL_DATA beyond the reserve; negative when the reserve is touched',
    registers: [registry],
    async collect() {
      const bytes = await freeBytes().catch(() => undefined);
      if (bytes === undefined) this.reset();
      else this.set(bytes);
    },
  });
}

function readParked(db: Database) {
  return db.query<{ topic: string; rows: string }>(
    'SELECT topic, count(*) AS rows FROM outbox WHERE parked_at IS NOT NULL AND discarded_at IS NULL GROUP BY topic',
  );
}

function readOutbox(db: Database) {
  return db.query<{ topic: string; rows: string; seconds: string }>(
    `SELECT topic, count(*) AS rows, extract(epoch FROM now() - min(created_at)) AS seconds
       FROM outbox WHERE done_at IS NULL AND parked_at IS NULL GROUP BY topic`,
  );
}
