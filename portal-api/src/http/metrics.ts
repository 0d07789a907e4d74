// SPDX-License-Identifier: Apache-2.0
import { logLosses } from '@inkseal/service-kit';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What a pool of `pg` says of itself. */
interface PoolCounts {
  totalCount: number;
  waitingCount: number;
}

/** What only others can count; a failure leaves the gauge out. */
export interface Counts {
  freeBytes(): Promise<number>;
  damaged(): Promise<number>;
  /** Undefined when the queues are not on PostgreSQL. */
  queueConnections(): number | undefined;
  parkedByTopic(): Promise<{ topic: string; count: number }[]>;
  /** `seconds`: age of the oldest. */
  waitingByTopic(): Promise<{ topic: string; count: number; seconds: number }[]>;
  /** Whether the last check found the audit chain broken. */
  isAuditBroken(): Promise<boolean>;
  /** Acceptance receipts whose promise was not kept. */
  unkeptReceipts(): Promise<number>;
  itemFailures: ItemFailures;
  smsTries: SmsTries;
  scans: ScanCounts;
  /** Undefined: not measured. */
  clockOffsetMs(): number | undefined;
  /** Undefined: not counted. */
  copiesMissing(): number | undefined;
}

/** Process figures, and how much of the outbox waits and for how long. */
export function createMetrics(pool: PoolCounts, connectionsAllowed: number, counts: Counts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addWaitingGauges(registry, counts);
  registry.registerMetric(counts.itemFailures);
  registry.registerMetric(counts.smsTries);
  registry.registerMetric(counts.scans);
  addParkedGauge(registry, counts);
  addDatabaseGauges(registry, pool, connectionsAllowed);
  addQueueGauge(registry, counts);
  addStateGauges(registry, counts);
  addLogCounters(registry);
  return registry;
}

function addWaitingGauges(registry: Registry, { waitingByTopic }: Counts): void {
  // All figures of an answer are asked for at once, so these two share one look.
  let asking: ReturnType<Counts['waitingByTopic']> | undefined;
  const ask = () => {
    // Metrics of the process are useful even when the database is unreachable, so that is not an error here.
    asking ??= waitingByTopic()
      .catch(() => [])
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const labelNames = ['topic'] as const;
  new Gauge({
    name: 'inkseal_portal_outbox_oldest_seconds',
    help: 'Age of the oldest row of the outbox that is not done, by topic',
    labelNames,
    registers: [registry],
    async collect() {
      const waiting = await ask();
      this.reset();
      for (const { topic, seconds } of waiting) this.set({ topic }, seconds);
    },
  });
  new Gauge({
    name: 'inkseal_portal_outbox_waiting',
    help: 'Rows of the outbox that are not done, by topic',
    labelNames,
    registers: [registry],
    async collect() {
      const waiting = await ask();
      this.reset();
      for (const { topic, count } of waiting) this.set({ topic }, count);
    },
  });
}

/** Each is left out while it is not known: 0 would say that all is well. */
function addStateGauges(registry: Registry, counts: Counts): void {
  const add = (gauge: { name: string; help: string; read: () => Promise<number | undefined> }) =>
    new Gauge({
      name: gauge.name,
      help: gauge.help,
      registers: [registry],
      async collect() {
        const value = await gauge.read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  add({
    name: 'inkseal_portal_stored_objects_damaged',
    help: 'Stored objects that are missing or damaged, as the scrub or a reader found',
    read: counts.damaged,
  });
  add({
    name: 'inkseal_portal_audit_chain_broken',
    help: '1 when the last check found a row of the audit log missing, changed or out of place',
    read: async () => Number(await counts.isAuditBroken()),
  });
  add({
    name: 'inkseal_portal_receipts_unkept',
    help: 'Acceptance receipts whose entry is not on the chain in time, or whose number carries something else',
    read: counts.unkeptReceipts,
  });
  add({
    name: 'inkseal_portal_disk_free_for_uploads_bytes',
    help: 'Free bytes of the disk under INKSEAL_DATA beyond the reserve; negative when the reserve is touched',
    read: counts.freeBytes,
  });
  add({
    name: 'inkseal_portal_clock_offset_seconds',
    help: 'Time of the time servers minus ours, their median',
    read: async () => {
      const ms = counts.clockOffsetMs();
      return ms === undefined ? undefined : ms / 1_000;
    },
  });
  add({
    name: 'inkseal_portal_content_copies_missing',
    help: 'Copies of content that could not be made again, as this process last found',
    read: async () => counts.copiesMissing(),
  });
}

function addLogCounters(registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'inkseal_portal_log_write_failures_total',
    help: 'Writes of log lines that failed; the lines wait for the next write',
    registers,
    collect() {
      this.reset();
      this.inc(logLosses().failedWrites);
    },
  });
  new Counter({
    name: 'inkseal_portal_log_lines_lost_total',
    help: 'Log lines thrown away because too many waited to be written',
    registers,
    collect() {
      this.reset();
      this.inc(logLosses().lostLines);
    },
  });
}

export type SmsTries = Counter<'provider' | 'outcome'>;

/** Counted where messages are sent; read with the other figures. */
export function createSmsTries(): SmsTries {
  return new Counter({
    name: 'inkseal_portal_sms_total',
    help: 'Text messages offered to a message service, by service and what it answered',
    labelNames: ['provider', 'outcome'],
    registers: [],
  });
}

export type ScanCounts = Counter<'verdict'>;

/** Counted by the uploads; read with the other figures. */
export function createScanCounts(): ScanCounts {
  return new Counter({
    name: 'inkseal_portal_scans_total',
    help: 'Uploads that were looked through for malware, by what the record says',
    labelNames: ['verdict'],
    registers: [],
  });
}

export type ItemFailures = Counter<'work'>;

/** Counted by whoever works on many rows; read with the other figures. */
export function createItemFailures(): ItemFailures {
  return new Counter({
    name: 'inkseal_portal_item_failures_total',
    help: 'Rows that periodic work failed on and left for its next run, by work',
    labelNames: ['work'],
    registers: [],
  });
}

function addDatabaseGauges(registry: Registry, pool: PoolCounts, connectionsAllowed: number): void {
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

function addParkedGauge(registry: Registry, { parkedByTopic }: Counts): void {
  new Gauge({
    name: 'inkseal_portal_outbox_parked',
    help: 'Rows of the outbox that failed too often and wait for staff, by topic',
    labelNames: ['topic'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { topic, count } of await parkedByTopic().catch(() => [])) this.set({ topic }, count);
    },
  });
}

function addQueueGauge(registry: Registry, { queueConnections }: Counts): void {
  if (queueConnections() === undefined) return;
  new Gauge({
    name: 'inkseal_portal_queue_connections',
    help: 'Open connections of the queues to PostgreSQL',
    registers: [registry],
    collect() {
      this.set(queueConnections() ?? 0);
    },
  });
}
