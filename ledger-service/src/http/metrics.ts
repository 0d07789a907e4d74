// SPDX-License-Identifier: Apache-2.0
// What the service measures. Names carry their unit; batches and transactions are not labelled, so series stay few.
import { logLosses } from '@inkseal/service-kit';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { alarmGauges } from './alarm-gauges.ts';

export interface Backlog {
  count: number;
  oldest: Date | undefined;
  /** When the oldest batch without a final anchor was closed. */
  oldestClosed: Date | undefined;
  unprovenBatches: number;
  oldestUnproven: Date | undefined;
  refusedKeys: number;
  /** When the leader saw the newest final block first. */
  finalSeenAt: Date | undefined;
  isStalled: boolean;
  /** Since when the oldest token of a time-stamping authority is missing. */
  oldestMissingWitness: Date | undefined;
  /** When the first certificate ends of a token that nothing renewed; undefined while there is none. */
  firstExpiry: Date | undefined;
  /** Known losses. */
  burnedNumbers: number;
}

/** What a pool of `pg` says of itself. */
export interface PoolCounts {
  totalCount: number;
  waitingCount: number;
}

export interface Metrics {
  /** Prometheus text. */
  render(): Promise<string>;
  contentType: string;
  requestTook(seconds: number, labels: { method: string; route: string; status: string }): void;
  entriesAccepted(count: number): void;
  batchClosed(size: number): void;
  /** From closing the batch to its block being final. */
  anchorTook(seconds: number): void;
  gasUsed(purpose: 'deploy' | 'anchor' | 'revoke', gas: bigint): void;
  /** A part of the work behind intake failed, or one row of it; it is tried again. */
  workFailed(work: string): void;
  /** A time-stamping authority was asked, gave a token that was stored, or gave none that we take. */
  witnessAsked(authority: string): void;
  witnessStored(authority: string): void;
  witnessRefused(authority: string, reason: string): void;
  /** A batch's tokens were renewed. */
  renewalStored(authority: string): void;
  /** Newest block's time against this machine's clock; positive when the chain is ahead. */
  clockOffset(seconds: number): void;
  /** A pool of database connections, read when metrics are requested. */
  watchPool(name: string, pool: PoolCounts): void;
  /** The setting: the most connections of all pools, the queue and single sessions together. */
  connectionsAllowed(count: number): void;
}

/** `backlog` runs at each scrape; when it fails, its gauges are left out. */
export function createMetrics(backlog: () => Promise<Backlog>, now: () => number = Date.now): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'inkseal_ledger_' });
  const measure = backlogGauges(registry, backlog, now);
  return {
    contentType: registry.contentType,
    async render() {
      await measure();
      return registry.metrics();
    },
    ...requestMetrics(registry),
    ...workMetrics(registry),
    ...witnessMetrics(registry),
    ...databaseGauges(registry),
  };
}

function requestMetrics(registry: Registry): Pick<Metrics, 'requestTook' | 'entriesAccepted'> {
  const registers = [registry];
  const requests = new Histogram({
    name: 'inkseal_ledger_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const accepted = new Counter({
    name: 'inkseal_ledger_entries_accepted_total',
    help: 'Entries answered with 202',
    registers,
  });
  return {
    requestTook: (seconds, labels) => requests.observe(labels, seconds),
    entriesAccepted: (count) => accepted.inc(count),
  };
}

type WorkMetrics = Pick<Metrics, 'batchClosed' | 'anchorTook' | 'gasUsed' | 'workFailed' | 'clockOffset'>;

function workMetrics(registry: Registry): WorkMetrics {
  const registers = [registry];
  const batchSize = new Histogram({
    name: 'inkseal_ledger_batch_size_entries',
    help: 'Entries in each closed batch',
    buckets: [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576],
    registers,
  });
  const anchor = new Histogram({
    name: 'inkseal_ledger_anchor_latency_seconds',
    help: 'Time from closing a batch to its finality on the chain',
    buckets: [0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800],
    registers,
  });
  const gas = new Histogram({
    name: 'inkseal_ledger_gas_used',
    help: 'Gas used by each settled transaction',
    labelNames: ['purpose'],
    buckets: [30_000, 45_000, 50_000, 55_000, 60_000, 80_000, 120_000, 500_000, 3_000_000],
    registers,
  });
  const offset = new Gauge({
    name: 'inkseal_ledger_clock_offset_seconds',
    help: "Newest block's time minus local time",
    registers,
  });
  const failures = new Counter({
    name: 'inkseal_ledger_work_failures_total',
    help: 'Failures of the work behind intake, by name of the work',
    labelNames: ['work'],
    registers,
  });
  return {
    batchClosed: (size) => batchSize.observe(size),
    anchorTook: (seconds) => anchor.observe(seconds),
    gasUsed: (purpose, used) => gas.observe({ purpose }, Number(used)),
    workFailed: (work) => failures.inc({ work }),
    clockOffset: (seconds) => offset.set(seconds),
  };
}

type WitnessMetrics = Pick<Metrics, 'witnessAsked' | 'witnessStored' | 'witnessRefused' | 'renewalStored'>;

function witnessMetrics(registry: Registry): WitnessMetrics {
  const registers = [registry];
  const asked = new Counter({
    name: 'inkseal_ledger_witness_requests_total',
    help: 'Requests to time-stamping authorities, and rounds of second chains',
    labelNames: ['authority'],
    registers,
  });
  const stored = new Counter({
    name: 'inkseal_ledger_witness_tokens_total',
    help: 'Tokens of time-stamping authorities, and proofs of second chains, that were verified and stored',
    labelNames: ['authority'],
    registers,
  });
  const refused = new Counter({
    name: 'inkseal_ledger_witness_refusals_total',
    help: 'Requests to authorities that brought no good token, and batches that a second chain did not prove, by reason',
    labelNames: ['authority', 'reason'],
    registers,
  });
  const renewed = new Counter({
    name: 'inkseal_ledger_renewals_total',
    help: 'Batches whose tokens a time-stamping authority renewed',
    labelNames: ['authority'],
    registers,
  });
  return {
    renewalStored: (authority) => renewed.inc({ authority }),
    witnessAsked: (authority) => asked.inc({ authority }),
    witnessStored: (authority) => stored.inc({ authority }),
    witnessRefused: (authority, reason) => refused.inc({ authority, reason }),
  };
}

function databaseGauges(registry: Registry): Pick<Metrics, 'watchPool' | 'connectionsAllowed'> {
  const pools = new Map<string, PoolCounts>();
  const registers = [registry];
  const labelNames = ['pool'];
  new Gauge({
    name: 'inkseal_ledger_database_connections',
    help: 'Open connections to PostgreSQL, by pool',
    labelNames,
    registers,
    collect() {
      for (const [pool, { totalCount }] of pools) this.set({ pool }, totalCount);
    },
  });
  new Gauge({
    name: 'inkseal_ledger_database_waiting',
    help: 'Callers that wait for a connection, by pool',
    labelNames,
    registers,
    collect() {
      for (const [pool, { waitingCount }] of pools) this.set({ pool }, waitingCount);
    },
  });
  const most = new Gauge({
    name: 'inkseal_ledger_database_connections_limit',
    help: 'The most connections to PostgreSQL that this process makes',
    registers,
  });
  return { watchPool: (name, pool) => void pools.set(name, pool), connectionsAllowed: (count) => most.set(count) };
}

function addLogCounters(registers: Registry[]): void {
  new Counter({
    name: 'inkseal_ledger_log_write_failures_total',
    help: 'Writes of log lines that failed; the lines wait for the next write',
    registers,
    collect() {
      this.reset();
      this.inc(logLosses().failedWrites);
    },
  });
  new Counter({
    name: 'inkseal_ledger_log_lines_lost_total',
    help: 'Log lines thrown away because too many waited to be written',
    registers,
    collect() {
      this.reset();
      this.inc(logLosses().lostLines);
    },
  });
}

/** Answers what sets the gauges. */
function backlogGauges(registry: Registry, backlog: () => Promise<Backlog>, now: () => number): () => Promise<void> {
  const registers = [registry];
  const depth = new Gauge({ name: 'inkseal_ledger_queue_depth_entries', help: 'Entries not yet sequenced', registers });
  const age = new Gauge({
    name: 'inkseal_ledger_oldest_unsequenced_age_seconds',
    help: 'Age of the oldest entry not yet sequenced',
    registers,
  });
  const unanchored = new Gauge({
    name: 'inkseal_ledger_oldest_unanchored_age_seconds',
    help: 'Time since the oldest batch without a final anchor was closed',
    registers,
  });
  const alarms = alarmGauges(registers);
  addLogCounters(registers);
  const ageOf = (since: Date | undefined) => (since ? Math.max(0, now() - since.getTime()) / 1000 : 0);
  return async () => {
    try {
      const found = await backlog();
      depth.set(found.count);
      age.set(ageOf(found.oldest));
      unanchored.set(ageOf(found.oldestClosed));
      alarms.unproven.set(found.unprovenBatches);
      alarms.unprovenAge.set(ageOf(found.oldestUnproven));
      alarms.refused.set(found.refusedKeys);
      alarms.blockAge.set(ageOf(found.finalSeenAt));
      alarms.stalled.set(found.isStalled ? 1 : 0);
      alarms.burned.set(found.burnedNumbers);
      alarms.witnessAge.set(ageOf(found.oldestMissingWitness));
      if (found.firstExpiry) alarms.witnessExpiry.set((found.firstExpiry.getTime() - now()) / 1000);
      else alarms.witnessExpiry.remove();
    } catch {
      for (const unknown of [depth, age, unanchored, ...Object.values(alarms)]) unknown.remove();
    }
  };
}
