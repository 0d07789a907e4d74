// SPDX-License-Identifier: Apache-2.0
// The portal is killed during a save or a decision: before the commit, and after the commit but before the answer. Whoever got no
// answer asks again, as people do; then it has happened once.
import { expect } from 'chai';
import { Client } from 'pg';
import { eventually } from '../support/eventually.ts';
import {
  expectStatus,
  type PortalAnswer,
  type PortalClient,
  type PortalMember,
  photo,
  uploadFile,
} from '../support/portal.ts';
import { type PortalProcess, portalProcess } from '../support/portal-process.ts';
import type { Program } from '../support/processes.ts';
import { archiveWork, submitPublication } from '../support/publications.ts';
import { personForm } from '../support/right-holders.ts';

interface Act {
  ask(): Promise<PortalAnswer>;
  /** How often it has happened, by the database. */
  count: string;
  /** Of the answer to the request that is sent again after the first one was committed. */
  again: number;
}

describe('a portal that is killed', function () {
  this.timeout(300_000);
  let portal: PortalProcess;
  let program: Program;
  let db: Client;
  let member: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    portal = await portalProcess({ LEDGER_API_KEY_FILE: '/dev/null' });
    program = await portal.start();
    db = new Client({ connectionString: portal.databaseUrl });
    await db.connect();
    member = await portal.member();
    reviewer = await portal.reviewer();
  });
  after(async () => {
    await db.end();
    await portal.remove();
  });

  let acts = 0;
  const kinds: Readonly<Record<string, () => Promise<Act>>> = {
    async 'a new work'() {
      acts += 1;
      const uploadId = await uploadFile(member, '鹤.jpg', await photo(400 + acts));
      const id = crypto.randomUUID();
      const form = { ...WORK, id, title: `鹤${acts}`, files: [{ uploadId }] };
      return { ask: () => member.post('/works', form), count: `FROM work WHERE title = '鹤${acts}'`, again: 201 };
    },

    async 'a save of a work'() {
      acts += 1;
      const { id, version } = (await expectStatus(201, member.post('/works', WORK))).body;
      const form = { ...WORK, title: `青花${acts}`, version };
      return {
        ask: () => member.put(`/works/${id}`, form),
        count: `FROM audit WHERE subject = 'work:${id}' AND action = 'work.save' AND detail LIKE '%"version":${version + 1}%'`,
        // Somebody has saved since: oneself.
        again: 409,
      };
    },

    async 'a right holder'() {
      const form = await personForm(member);
      const [{ count }] = (await db.query('SELECT count(*)::int FROM right_holder_version')).rows;
      return {
        ask: () => member.post('/right-holders', form),
        count: `FROM (SELECT FROM right_holder_version OFFSET ${count})`,
        // The number is in the list already: said at its field.
        again: 422,
      };
    },

    async 'a decision on a publication'() {
      const { publication } = (await expectStatus(200, submitPublication(member, await archiveWork(member)))).body;
      const decision = { round: publication.round, decision: 'APPROVE' };
      return {
        ask: () => reviewer.post(`/staff/publications/${publication.id}/decision`, decision),
        count: `FROM publication_decision WHERE publication_id = '${publication.id}'`,
        again: 409,
      };
    },
  };

  const timesOf = async ({ count }: Act): Promise<number> =>
    (await db.query<{ times: number }>(`SELECT count(*)::int AS times ${count}`)).rows[0]?.times ?? Number.NaN;

  for (const [name, prepare] of Object.entries(kinds)) {
    it(`${name} › when the kill comes before the commit › has left nothing, and happens once when asked again`, async () => {
      const act = await prepare();
      const letGo = await holdAuditLog();
      const answer = act.ask().catch(() => 'no answer');
      await eventually(isSomebodyWaiting);
      await program.kill();
      await letGo();
      expect(await answer).to.equal('no answer');
      program = await portal.start();
      expect(await timesOf(act), 'what a torn transaction left').to.equal(0);
      const { status, body } = await act.ask();
      expect(status, JSON.stringify(body)).to.be.oneOf([200, 201]);
      expect(await timesOf(act)).to.equal(1);
    });

    it(`${name} › when the kill comes after the commit › is kept, and not doubled when asked again`, async () => {
      const act = await prepare();
      // Whatever answer comes is lost on its way.
      const answer = act.ask().catch(() => undefined);
      await eventually(async () => (await timesOf(act)) === 1, { everyMs: 5 });
      await program.kill();
      await answer;
      program = await portal.start();
      expect(await timesOf(act), 'what was committed').to.equal(1);
      expect((await act.ask()).status).to.equal(act.again);
      expect(await timesOf(act)).to.equal(1);
    });
  }

  /** Every change writes its row there last, and then commits. */
  async function holdAuditLog(): Promise<() => Promise<void>> {
    const holder = new Client({ connectionString: portal.databaseUrl });
    await holder.connect();
    await holder.query(`SELECT pg_advisory_lock(hashtext('inkseal audit'))`);
    return () => holder.end();
  }

  async function isSomebodyWaiting(): Promise<boolean> {
    const { rows } = await db.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory' AND query ILIKE '%insert into%audit%'`,
    );
    return rows.length > 0;
  }
});

const WORK = {
  title: '鹤',
  intro: '以鹤为题的图案。',
  creatorNature: 'PERSONAL',
  publishCategory: 'DESIGN',
  tags: ['创意设计'],
  completedOn: '2025-06-01',
  files: [],
  cover: null,
  display: [],
  state: 'DRAFT',
};
