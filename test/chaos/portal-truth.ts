// SPDX-License-Identifier: Apache-2.0
// What is true of the orders in the end: the ledger's entries, the payment provider's own book, and files that the
// creator gets and the command-line verifier judges. Of the portal's tables only those are asked that say what waits.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Order, readOrder } from '../../scripts/demo/order.ts';
import type { Session } from '../../scripts/demo/session.ts';
import { verify } from '../../scripts/demo/verify.ts';
import { eventually } from '../../scripts/processes/eventually.ts';
import type { PortalStand } from './portal-stand.ts';
import { entriesOf } from './truth.ts';

export interface PortalTruth {
  orders: number;
  certificates: number;
  payments: number;
  consistent: number;
  /** Everything that should not be; empty when all is well. */
  faults: string[];
}

const SETTLED_WITHIN_MS = 180_000;

export async function findPortalTruth(
  stand: PortalStand,
  creator: Session,
  orders: readonly Order[],
): Promise<PortalTruth> {
  const faults: string[] = [];
  const trust = path.join(stand.folder, 'trust.json');
  writeFileSync(trust, await (await fetch(`${stand.behind.url}/v1/trust`)).bytes());
  const numbers = new Set<string>();
  let consistent = 0;
  for (const order of orders) {
    const { certificate } = await readOrder(creator, order.id);
    const number = certificate?.number ?? 'none';
    numbers.add(number);
    const entries = await attestationsOf(stand, order.id);
    if (entries.join() !== number) faults.push(`${order.orderNumber}: certificate ${number}, entries ${entries}`);
    const bundle = await filesOf({ stand, creator, orderId: order.id, faults });
    const { verdict } = await verify(bundle, { trust });
    if (verdict === 'consistent') consistent += 1;
    else faults.push(`${order.orderNumber}: the proof is ${verdict}`);
  }
  const payments = paymentsIn(stand.folder);
  for (const [state, count] of payments) if (state !== 'paid') faults.push(`${count} payments are ${state}`);
  faults.push(...(await waiting(stand, orders.length)));
  return {
    orders: orders.length,
    certificates: numbers.size,
    payments: payments.get('paid') ?? 0,
    consistent,
    faults,
  };
}

/** The numbers of all entries that the ledger has for an order's certificate. */
async function attestationsOf({ behind }: PortalStand, orderId: string): Promise<string[]> {
  const entries = await entriesOf(behind, `attestation:${orderId}:1`);
  return entries.flatMap(({ number }) => number ?? []);
}

interface FilesOptions {
  stand: PortalStand;
  creator: Session;
  orderId: string;
  faults: string[];
}

/** Each file is there, and the same when it is asked for again. Answers the path of the bundle. */
async function filesOf({ stand, creator, orderId, faults }: FilesOptions): Promise<string> {
  const folder = path.join(stand.folder, 'issued', orderId);
  mkdirSync(folder, { recursive: true });
  for (const name of ['bundle', 'certificate', 'package']) {
    const [first = '', second = ''] = ['1', '2'].map((turn) => path.join(folder, `${name}.${turn}`));
    for (const file of [first, second]) await creator.save(`/attestations/${orderId}/${name}`, file);
    if (digestOf(first) !== digestOf(second)) faults.push(`${orderId}: two downloads of ${name} differ`);
  }
  return path.join(folder, 'bundle.1');
}

const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** How many payments the sandbox provider has in each state, by its own book. */
function paymentsIn(folder: string): Map<string, number> {
  const book = path.join(folder, 'sandbox-payments');
  const counts = new Map<string, number>();
  for (const file of readdirSync(book).filter((name) => name.endsWith('.json'))) {
    const { state } = JSON.parse(readFileSync(path.join(book, file), 'utf8')) as { state: string };
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return counts;
}

/** What is not over although all certificates are out. */
async function waiting({ behind }: PortalStand, orders: number): Promise<string[]> {
  const client = new pg.Client({ connectionString: await behind.databaseUrl('portal') });
  await client.connect();
  try {
    const left = async (sql: string) => (await client.query<{ left: string }>(sql)).rows.map(({ left: what }) => what);
    const isDone = async () => (await left(OPEN_WORK)).length === 0;
    await eventually(isDone, { what: 'open work of the portal', withinMs: SETTLED_WITHIN_MS }).catch(() => undefined);
    const certificates = await left('SELECT count(*)::text AS left FROM certificate');
    const isOneEach = certificates.join() === String(orders);
    return [
      ...(await left(OPEN_WORK)),
      ...(await left(NOT_SETTLED_ONCE)),
      ...(isOneEach ? [] : [`${certificates} certificates for ${orders} orders`]),
    ];
  } finally {
    await client.end();
  }
}

const OPEN_WORK = `SELECT 'outbox: ' || topic AS left FROM outbox WHERE done_at IS NULL
  UNION ALL SELECT 'order ' || order_number || ' is ' || state FROM attestation WHERE state <> 'CERTIFIED'`;

const NOT_SETTLED_ONCE = `SELECT 'order ' || a.order_number || ' was paid ' || count(p.id) || ' times' AS left
  FROM attestation AS a LEFT JOIN payment AS p ON p.attestation_id = a.id AND p.state = 'PAID'
  GROUP BY a.id HAVING count(p.id) <> 1`;
