// SPDX-License-Identifier: Apache-2.0
// Orders go from payment to certificate while the portal is killed at named points, and the ledger and PostgreSQL
// under it. Creator and reviewer only ever try again what got no answer, as people do.
import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { approve, type Order, pay, readOrder, saveWork, submitOrder } from '../../scripts/demo/order.ts';
import { creator as logInCreator, reviewer as logInReviewer } from '../../scripts/demo/person.ts';
import type { Session } from '../../scripts/demo/session.ts';
import { uploadBytes } from '../../scripts/demo/upload.ts';
import { eventually } from '../../scripts/processes/eventually.ts';
import { POINTS, type Point, PortalStand } from './portal-stand.ts';
import { findPortalTruth, type PortalTruth } from './portal-truth.ts';

export interface PortalChaosOptions {
  folder: string;
  /** How often the portal is killed at each named point, and the others at random; an order for each kill. */
  kills: number;
  log?: (line: string) => void;
}

export interface PortalChaosResult extends PortalTruth {
  kills: Record<string, number>;
}

interface People {
  readonly creator: Session;
  readonly reviewer: Session;
}

const OTHERS = ['ledger', 'PostgreSQL'] as const;
const REACHED_WITHIN_MS = 180_000;
const CERTIFIED_WITHIN_MS = 360_000;

export async function runPortalChaos({
  folder,
  kills,
  log = () => {},
}: PortalChaosOptions): Promise<PortalChaosResult> {
  const stand = new PortalStand(folder);
  const counts: Record<string, number> = {};
  try {
    await stand.start();
    const demo = { url: stand.url, dataFolder: folder, say: () => {} };
    const people = { creator: await logInCreator(demo), reviewer: await logInReviewer(demo) };
    const targets = [...POINTS, ...OTHERS].flatMap((target) => Array.from({ length: kills }, () => target));
    const orders: Order[] = [];
    for (const target of targets) {
      const order = await begin(people.creator);
      orders.push(order);
      await Promise.all([untilCertified(people, order.id), killDuring(stand, target)]);
      counts[target] = (counts[target] ?? 0) + 1;
      log(`${target}: killed, and order ${order.orderNumber} has its certificate`);
    }
    return { ...(await findPortalTruth(stand, people.creator, orders)), kills: counts };
  } finally {
    await stand.stop();
  }
}

/** All is well until the order waits for its payment. */
async function begin(creator: Session): Promise<Order> {
  const name = `${randomBytes(6).toString('hex')}.bin`;
  const stored = await uploadBytes(creator, randomBytes(2_000), name);
  return submitOrder(creator, await saveWork(creator, name, stored));
}

async function untilCertified(people: People, orderId: string): Promise<void> {
  const isCertified = async () => {
    const order = await readOrder(people.creator, orderId);
    if (order.state === 'SUBMITTED' || order.state === 'AWAITING_PAYMENT') await pay(people.creator, order);
    if (order.state === 'UNDER_REVIEW') await approve(people, order);
    return order.certificate !== null;
  };
  await eventually(isCertified, { what: `the certificate of ${orderId}`, withinMs: CERTIFIED_WITHIN_MS, everyMs: 200 });
}

async function killDuring(stand: PortalStand, target: Point | (typeof OTHERS)[number]): Promise<void> {
  if (target === 'ledger' || target === 'PostgreSQL') {
    await pause(randomInt(50, 2_500));
    return target === 'ledger' ? stand.killLedger() : stand.killPostgres();
  }
  await stand.killPortal();
  await stand.startPortal(target);
  const ended = await stand.portalEnds(REACHED_WITHIN_MS);
  if (ended !== 'ended by SIGKILL') throw new Error(`the portal did not die at ${target}: ${ended ?? 'it ran on'}`);
  await stand.startPortal();
}
