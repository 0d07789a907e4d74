// SPDX-License-Identifier: Apache-2.0
// Starts the system from nothing, lets people use it while it is broken in every way there is, and says what was true.
import path from 'node:path';
import { bookOf, OWN_BOOK, RULES, UNSETTLED } from '../chaos/money-rules.ts';
import { eventually } from '../support/eventually.ts';
import { runNode } from '../support/processes.ts';
import { createHavoc } from './faults.ts';
import { type Growth, watchGrowth } from './growth.ts';
import { gather } from './people.ts';
import { randomOf } from './random.ts';
import { type Latency, type SoakEvent, SoakRecord } from './record.ts';
import { type SoakSet, SoakStand } from './stand.ts';
import { INVARIANTS, lookAtNumbers, startWatch } from './watch.ts';

const AUDIT = path.resolve(import.meta.dirname, '../../scripts/audit.ts');
const SETTLED_WITHIN_MS = 300_000;
const END = 'in the end';
/** The memory of the others is told, and theirs. */
const OURS = /^(portal|ledger)/;

export interface SoakOptions {
  folder: string;
  set: SoakSet;
  seed: number;
  /** People go on for so long, and for so many orders, and until there were so many faults: whichever is last. */
  ms: number;
  orders: number;
  faults: number;
  /** No more than so many, of these kinds. */
  mostFaults?: number;
  kinds?: RegExp;
  creators: number;
  quietMs: readonly [number, number];
  lastsMs: readonly [number, number];
  log?: (line: string) => void;
}

export interface SoakResult {
  seed: number;
  setUp: string[];
  seconds: number;
  /** From the start of the first process until people could begin. */
  startSeconds: number;
  orders: Record<string, number>;
  certificates: number;
  paidOrders: number;
  money: { taken: number; kept: number; back: number };
  anchored: number;
  /** All that was done to the system. */
  made: number;
  faultsMade: Record<string, number>;
  events: SoakEvent[];
  latencies: Record<string, Latency>;
  looks: Record<string, number>;
  growth: Record<string, Growth>;
  memoryByMinute: Record<string, number[]>;
  /** Services that ended without being killed. */
  ownEnds: string[];
  audit: { exitCode: unknown; listed: unknown };
  /** Everything that should not be; empty when all is well. */
  faults: string[];
}

export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const { folder, set, seed, log = () => {} } = options;
  const begunAt = Date.now();
  const stand = new SoakStand(folder, set);
  try {
    await stand.start();
    const startSeconds = Math.round((Date.now() - begunAt) / 1_000);
    log(`started in ${startSeconds} s: ${stand.setUp.join('; ')}`);
    const record = new SoakRecord(log);
    const used = await use(stand, record, options);
    for (const [part, { grows, firstMb, lastMb }] of Object.entries(used.growth))
      if (grows && OURS.test(part)) record.fault('nothing grows', `${part} from ${firstMb} to ${lastMb} MB`);
    return { seed, setUp: stand.setUp, startSeconds, ...used, ...(await judge(stand, record, used.certificates)) };
  } finally {
    await stand.stop();
  }
}

async function use(stand: SoakStand, record: SoakRecord, options: SoakOptions) {
  const { seed, ms, orders, faults: least, mostFaults = Number.POSITIVE_INFINITY, creators } = options;
  const { quietMs, lastsMs, kinds } = options;
  // Each has its own chance, so that what is broken does not depend on how fast people were.
  const random = randomOf(seed);
  const crowd = await gather(stand, { record, random: randomOf(seed + 1), creators });
  const growth = watchGrowth(() => stand.parts);
  const watch = startWatch({ stand, record, random: randomOf(seed + 2), certified: crowd.certified });
  const havoc = createHavoc({ stand, record, random, quietMs, lastsMs, kinds });
  const startedAt = Date.now();
  let arePeopleDone = false;
  const isOver = () => Date.now() - startedAt >= ms && havoc.total() >= least;
  const people = crowd
    .work((started) => started >= orders && isOver())
    .finally(() => {
      arePeopleDone = true;
    });
  await Promise.all([people, havoc.run(() => arePeopleDone || havoc.total() >= mostFaults)]);
  await watch.stop();
  growth.stop();
  record.happened('people and faults are done');
  const ends: Record<string, number> = {};
  for (const { state } of crowd.ended) ends[state] = (ends[state] ?? 0) + 1;
  return {
    orders: ends,
    certificates: crowd.certified.length,
    made: havoc.total(),
    faultsMade: havoc.counts,
    events: record.events,
    latencies: record.latencies(),
    growth: growth.result(),
    memoryByMinute: growth.overTime(),
  };
}

/** Once everything is there again and has done its work. */
async function judge(stand: SoakStand, record: SoakRecord, received: number) {
  for (const service of [...stand.portals, ...stand.ledgers]) service.setClock(0);
  await stand.mendAll();
  const column = async (sql: string) => (await stand.database.query('portal', sql)).map(({ found }) => String(found));
  await eventually(async () => (await column(UNSETTLED)).length === 0, { withinMs: SETTLED_WITHIN_MS }).catch(
    () => undefined,
  );
  for (const [rule, sql] of Object.entries(RULES))
    for (const found of await column(sql)) record.fault(`${END}, ${rule}`, found);
  for (const found of await column(OPEN_ORDERS)) record.fault(`${END}, every order is at its end`, found);

  const money = bookOf(stand.dataFolder);
  const [own] = await stand.database.query('portal', OWN_BOOK);
  record.looked(INVARIANTS.money);
  if (JSON.stringify(own) !== JSON.stringify(money))
    record.fault(INVARIANTS.money, `the portal has ${JSON.stringify(own)}, the provider ${JSON.stringify(money)}`);
  const [counted] = await stand.database.query('portal', COUNTS);
  const [certificates, paidOrders] = [Number(counted?.certificates), Number(counted?.paid)];
  if (certificates !== paidOrders || certificates !== received)
    record.fault(
      `${END}, one certificate per paid order`,
      `${certificates} certificates, ${paidOrders} paid, ${received} received`,
    );
  const anchored = await lookAtNumbers({ stand, record });
  const audit = await auditOf(stand);
  if (audit.exitCode !== 0) record.fault(`${END}, the audit finds nothing`, JSON.stringify(audit).slice(0, 2_000));
  const ownEnds = [...stand.portals, ...stand.ledgers].flatMap(({ name, ownEnds: ends }) =>
    ends.map((end) => `${name}: ${end}`),
  );
  const { faults, looks, seconds } = record;
  return { certificates, paidOrders, money, anchored, audit, ownEnds, looks, faults, seconds };
}

const OPEN_ORDERS = `SELECT 'order ' || order_number || ' is ' || state AS found FROM attestation
  WHERE state NOT IN ('DRAFT', 'CERTIFIED', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED')`;

const COUNTS = `SELECT (SELECT count(*) FROM certificate)::int AS certificates,
  (SELECT count(DISTINCT attestation_id) FROM payment WHERE state = 'PAID')::int AS paid`;

async function auditOf(stand: SoakStand): Promise<{ exitCode: unknown; listed: unknown }> {
  const program = runNode(AUDIT, ['--quiet', '--json'], { env: stand.auditSettings() });
  const exitCode = await program.exited;
  try {
    return { exitCode, listed: JSON.parse(program.output()).listed };
  } catch {
    return { exitCode, listed: program.output().slice(-2_000) };
  }
}
