// SPDX-License-Identifier: Apache-2.0
// Creators, a reviewer and somebody from finance, who go on for as long as they are wanted.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { codeReader, createMember, expectStatus, type PortalMember } from '../support/portal.ts';
import { SoakClient } from './client.ts';
import { type Certified, type Ended, type Walk, type Way, walkOrder } from './order-walk.ts';
import type { Random } from './random.ts';
import type { SoakRecord } from './record.ts';
import type { SoakStand } from './stand.ts';

/** What is wanted often stands here often. */
const WANTED: readonly Way[] = [
  ...(['certified', 'certified', 'certified', 'certified', 'certified', 'certified'] as const),
  ...(['paid twice', 'returned', 'rejected', 'refunded', 'cancelled'] as const),
];

export interface Crowd {
  readonly certified: Certified[];
  readonly ended: Ended[];
  /** Starts new orders until it is told that there are enough; ends when each of them is at its end. */
  work(isEnough: (started: number) => boolean): Promise<void>;
}

export async function gather(
  stand: SoakStand,
  { record, random, creators }: { record: SoakRecord; random: Random; creators: number },
): Promise<Crowd> {
  const visitor = () => new SoakClient(stand.url);
  const smsCode = codeReader(path.join(stand.dataFolder, 'sms-outbox.jsonl'));
  const join = (verified: boolean) => createMember({ visitor, smsCode }, { verified });
  const owners: PortalMember[] = [];
  for (let count = 0; count < creators; count += 1) owners.push(await join(true));
  const certified: Certified[] = [];
  const ended: Ended[] = [];
  const walk: Walk = {
    record,
    reviewer: await reviewerOf(stand, visitor()),
    finance: await financeOf(stand, await join(false)),
    openRequest: async (orderId) => {
      const sql = `SELECT id FROM refund_request WHERE attestation_id = '${orderId}' AND state = 'OPEN'`;
      const [row] = await stand.database.query('portal', sql);
      return row && String(row.id);
    },
    trust: await (await fetch(`${stand.ledgers[0]?.url}/v1/trust`)).bytes(),
    onCertified: (each) => certified.push(each),
  };
  let started = 0;
  return {
    certified,
    ended,
    async work(isEnough) {
      await Promise.all(
        owners.map(async (owner) => {
          while (!isEnough(started)) {
            started += 1;
            ended.push(await walkOrder(walk, owner, random.oneOf(WANTED), started));
          }
        }),
      );
    },
  };
}

async function reviewerOf(stand: SoakStand, client: SoakClient): Promise<SoakClient> {
  const { phone, password } = JSON.parse(readFileSync(path.join(stand.dataFolder, 'keys', 'reviewer.json'), 'utf8'));
  await expectStatus(204, client.logIn(phone, password));
  return client;
}

async function financeOf(stand: SoakStand, member: PortalMember): Promise<PortalMember> {
  const number = String((await expectStatus(200, member.get('/me'))).body.userNumber).replace('ID', '');
  await stand.database.query(
    'portal',
    `INSERT INTO account_role (account_id, role, granted_by) SELECT id, 'finance', 'test' FROM account WHERE user_number = '${number}'`,
  );
  return member;
}
