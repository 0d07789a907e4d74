// SPDX-License-Identifier: Apache-2.0
// The look-up by number against a million certificates, through everything that a request goes through; beside a bare
// Express that reads the same row with the same prepared statement. Each runs in a separate process, on one database.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import pg from 'pg';
import { freshDatabase } from '../../test/support/postgres.ts';
import { type Program, runNode } from '../../test/support/processes.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/ports.ts';
import { useDurablePostgres } from './durable-postgres.ts';
import { type Figure, median, percentile, round } from './figure.ts';

export interface LookupSize {
  certificates?: number;
  requests?: number;
  connections?: number;
  rounds?: number;
}

const FIRST_NUMBER = 100_000_000_000_000_001n;
/** Of Linux: ticks per second in /proc. */
const TICKS = 100;
const READY_WITHIN_MS = 60_000;
const PORTAL = path.resolve(import.meta.dirname, '../../portal-api/src/main.ts');
const BARE = path.resolve(import.meta.dirname, 'bare-lookup.ts');

export async function measureLookup(size: LookupSize = {}): Promise<Figure[]> {
  const { certificates = 1_000_000, requests = 5_000, connections = 8, rounds = 5 } = size;
  await useDurablePostgres();
  const databaseUrl = await freshDatabase();
  const [portalPort, barePort] = [await freePort(), await freePort()];
  const portal = runNode(PORTAL, [], { env: portalSettings(databaseUrl, portalPort) });
  let bare: Program | undefined;
  try {
    const url = `http://127.0.0.1:${portalPort}`;
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { what: 'the portal', withinMs: READY_WITHIN_MS });
    await seed(databaseUrl, certificates);
    bare = runNode(BARE, [], { env: { BENCH_DATABASE_URL: databaseUrl, BENCH_PORT: String(barePort) } });
    await bare.prints(/ready/);
    const load = { requests, connections, certificates };
    const found: Record<'ours' | 'bare', Loaded[]> = { ours: [], bare: [] };
    for (let turn = 0; turn <= rounds; turn += 1) {
      const oursNow = await loadOf(portal.pid, `${url}/api/v1/lookup/`, load);
      const bareNow = await loadOf(bare.pid, `http://127.0.0.1:${barePort}/lookup/`, load);
      if (turn === 0) continue;
      found.ours.push(oursNow);
      found.bare.push(bareNow);
    }
    return figuresOf(found, { certificates, requests, connections, rounds });
  } finally {
    await bare?.kill();
    await portal.kill();
  }
}

/** With its log, and budgets that a single address does not use up. */
function portalSettings(databaseUrl: string, port: number): Record<string, string> {
  return {
    PORTAL_DATABASE_URL: databaseUrl,
    PORT: String(port),
    INKSEAL_DATA: temporaryFolder('inkseal-bench-'),
    LEDGER_API_KEY_FILE: '/dev/null',
    LOG_LEVEL: 'info',
    RATE_LIMIT_SCALE: '1000000',
  };
}

interface Loaded {
  /** Of the server, per 1,000 requests. */
  cpuMs: number;
  p99Ms: number;
}

function figuresOf(found: Record<'ours' | 'bare', Loaded[]>, details: Record<string, number>): Figure[] {
  const of = (who: 'ours' | 'bare', what: keyof Loaded) => round(median(found[who].map((each) => each[what])), 2);
  const peer = 'bare Express + prepared pg';
  return [
    {
      name: 'look-up by number, server CPU per 1000',
      unit: 'ms',
      ours: of('ours', 'cpuMs'),
      peer: { name: peer, value: of('bare', 'cpuMs') },
      comparison: 'cost',
      target: { on: 'ratio', atMost: 1.5 },
      details,
    },
    {
      name: 'look-up by number, p99',
      unit: 'ms',
      ours: of('ours', 'p99Ms'),
      peer: { name: peer, value: of('bare', 'p99Ms') },
      comparison: 'cost',
      target: { on: 'ours', atMost: 20 },
      details,
    },
  ];
}

async function loadOf(
  pid: number,
  prefix: string,
  { requests, connections, certificates }: { requests: number; connections: number; certificates: number },
): Promise<Loaded> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let left = requests;
  const before = cpuMsOf(pid);
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const number = String(FIRST_NUMBER + BigInt(Math.floor(Math.random() * certificates)));
      const startedAt = performance.now();
      await ask(agent, `${prefix}${number}`, number);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return { cpuMs: ((cpuMsOf(pid) - before) / requests) * 1_000, p99Ms: percentile(times, 99) };
}

/** A figure bought with wrong answers would be worth nothing. */
function ask(agent: http.Agent, url: string, number: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = http.get(url, { agent }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk) => chunks.push(chunk));
    answer.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (answer.statusCode === 200 && text.includes(`"number":"${number}"`)) resolve();
      else reject(new RangeError(`${url}: ${answer.statusCode} ${text.slice(0, 200)}`));
    });
  });
  request.on('error', reject);
  return promise;
}

/** User and system time of a process so far. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS;
}

/** Certificates as the portal would have written them, as far as a look-up reads them. */
async function seed(databaseUrl: string, certificates: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(SEED_OWNER);
  await client.query(SEED_ORDERS, [certificates]);
  await client.query(SEED_CERTIFICATES, [String(FIRST_NUMBER - 1n)]);
  await client.query('VACUUM ANALYZE attestation, certificate');
  await client.end();
}

const SEED_OWNER = `
  WITH owner AS (
    INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
    VALUES (uuidv7(), '', sha256('bench'), '-', now()) RETURNING id)
  INSERT INTO work (id, account_id, title, intro) SELECT uuidv7(), id, 'bench', '' FROM owner`;

const SEED_ORDERS = `
  INSERT INTO attestation (id, order_number, account_id, work_id, form)
  SELECT uuidv7(), 1790000000000000000 + n, w.account_id, w.id, '{}' FROM work w, generate_series(1, $1::int) AS n`;

const SEED_CERTIFICATES = `
  INSERT INTO certificate (id, attestation_id, number, bundle_cipher, record, codes_cipher, lookup_code_digest,
                           typed_code_digest, pdf_cid, pdf_sha256, pdf_size, pdf_key_id, pdf_wrapped_key, parts_cipher,
                           package_sha256, package_size, issued_at)
  SELECT uuidv7(), id, $1::bigint + order_number - 1790000000000000000, '',
         json_build_object('kind', 'attestation', 'receivedAt', '2026-11-22T05:00:00.123Z',
           'manifestSha256', encode(sha256(id::text::bytea), 'hex'),
           'registry', json_build_object('chainId', '7788', 'contract', '0x' || repeat('ab', 20)),
           'anchor', json_build_object('transaction', '0x' || repeat('cd', 32), 'block', '1240',
             'blockHash', '0x' || repeat('ef', 32), 'time', '2026-11-22T05:00:04.000Z', 'root', repeat('12', 32),
             'batch', '7', 'index', 12, 'count', 300)),
         '', sha256(''), sha256(''), '-', sha256(''), 0, '-', '', '', sha256(''), 0, now()
    FROM attestation`;
