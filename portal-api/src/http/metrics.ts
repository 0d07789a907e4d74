// SPDX-License-Identifier: Apache-2.0
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';

/** Process figures, and how much of the outbox waits and for how long. */
export function createMetrics(db: Database): Registry {
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
  return registry;
}

function readOutbox(db: Database) {
  return db.query<{ topic: string; rows: string; seconds: string }>(
    `SELECT topic, count(*) AS rows, extract(epoch FROM now() - min(created_at)) AS seconds
       FROM outbox WHERE done_at IS NULL GROUP BY topic`,
  );
}
