// SPDX-License-Identifier: Apache-2.0
// Certificates that the portal issued, for an audit: each went the whole way of a member's order over HTTP, from the upload of its
// picture to the review, and got its number, page, signature and package as for anybody.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSession } from '@inkseal/service-kit';
import { z } from 'zod';
import { approve, paidOrder } from '../../test/support/orders.ts';
import { type PortalMember, photo } from '../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../test/support/portal-process.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWholeLedger, type WholeLedger } from '../../test/support/whole-ledger.ts';
import { eventually } from '../processes/eventually.ts';

/** Who apply, one order after another each: more keep two cores no busier. */
const MEMBERS = 8;
type Session = ReturnType<typeof openSession>;

const PATIENTLY = { withinMs: 6 * 3_600_000, everyMs: 1_000 };
const SOON = { withinMs: 600_000, everyMs: 100 };
/** As they are built: each package holds them. */
const WEB = path.resolve(import.meta.dirname, '../../web/dist');
const PAGES = ['verify.html', 'court-guide.html', 'court-guide.en.html'];

export interface Issued {
  ledger: WholeLedger;
  portal: PortalProcess;
  perSecond: number;
  stop(): Promise<void>;
}

export async function issueCertificates(count: number): Promise<Issued> {
  return withPortal(async (site) => {
    const startedAt = performance.now();
    await issue(site.portal, count);
    return { ...site, perSecond: (count / (performance.now() - startedAt)) * 1_000 };
  });
}

export interface Rate {
  perSecond: number;
  seconds: number;
}

/** Certificates a second, of orders that are paid and wait for their review: from the first approval to the last certificate. */
export async function measureIssuing(count: number): Promise<Rate> {
  const { stop, ...rate } = await withPortal(async ({ portal, stop }) => {
    const session = openSession(portal.databaseUrl, {});
    await session.connect();
    try {
      await submit(portal, count);
      const waiting = await eventually(async () => {
        const ids = await ordersIn(session, 'UNDER_REVIEW');
        return ids.length === count && ids;
      }, PATIENTLY);
      const reviewers = [await portal.reviewer(), await portal.reviewer()];
      const startedAt = performance.now();
      await each(reviewers, waiting[Symbol.iterator](), approve);
      await eventually(async () => (await ordersIn(session, 'CERTIFIED')).length === count, SOON);
      const seconds = (performance.now() - startedAt) / 1_000;
      return { perSecond: count / seconds, seconds, stop };
    } finally {
      await session.end();
    }
  });
  await stop();
  return rate;
}

type Site = Omit<Issued, 'perSecond'>;

/** What `use` answers is to be stopped by whoever asked; a failure stops it here. */
async function withPortal<T>(use: (site: Site) => Promise<T>): Promise<T> {
  const ledger = await startWholeLedger();
  const portal = await portalProcess({
    LEDGER_URL: ledger.url,
    LEDGER_API_KEY_FILE: ledger.keyFile,
    WEB_DIST: folderWithPages(),
  });
  const stop = async () => {
    await portal.remove();
    await ledger.stop();
  };
  try {
    await portal.start();
    return await use({ ledger, portal, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function issue(portal: PortalProcess, count: number): Promise<void> {
  const session = openSession(portal.databaseUrl, {});
  await session.connect();
  try {
    await Promise.all([submit(portal, count), review(portal, session, count)]);
    await eventually(async () => (await ordersIn(session, 'CERTIFIED')).length === count, PATIENTLY);
  } finally {
    await session.end();
  }
}

/** Paid, each of a picture of its own. */
async function submit(portal: PortalProcess, count: number): Promise<void> {
  const members: PortalMember[] = [];
  for (let index = 0; index < Math.min(MEMBERS, count); index += 1) members.push(await portal.member());
  const picture = await photo();
  await each(members, numbered(count), async (member, number) => {
    await paidOrder(member, Buffer.concat([picture, Buffer.from(`work ${number}`)]));
  });
}

/** Two reviewers decide on orders as they come. */
async function review(portal: PortalProcess, session: Session, count: number): Promise<void> {
  const reviewers = [await portal.reviewer(), await portal.reviewer()];
  const waiting = async () => {
    const ids = await ordersIn(session, 'UNDER_REVIEW');
    return ids.length > 0 && ids;
  };
  for (let decided = 0; decided < count; ) {
    const ids = await eventually(waiting, PATIENTLY);
    await each(reviewers, ids[Symbol.iterator](), approve);
    decided += ids.length;
  }
}

async function ordersIn(session: Session, state: string): Promise<string[]> {
  const { rows } = await session.query('SELECT id FROM attestation WHERE state = $1::text::attestation_state', [state]);
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** Everybody takes the next piece of work once they are done with the one before. */
async function each<Person, Work>(
  people: readonly Person[],
  work: Iterator<Work>,
  take: (person: Person, work: Work) => Promise<void>,
): Promise<void> {
  const all = { [Symbol.iterator]: () => work };
  await Promise.all(
    people.map(async (person) => {
      for (const one of all) await take(person, one);
    }),
  );
}

function* numbered(count: number): Generator<number> {
  for (let number = 1; number <= count; number += 1) yield number;
}

function folderWithPages(): string {
  const folder = path.join(temporaryFolder(), 'web');
  mkdirSync(folder, { recursive: true });
  for (const name of PAGES) copyFileSync(path.join(WEB, name), path.join(folder, name));
  return folder;
}
