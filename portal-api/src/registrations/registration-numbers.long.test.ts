// SPDX-License-Identifier: Apache-2.0
// Fifty reviewers approve two thousand registrations at once, through two portals on one database that are killed again and again,
// from outside and between the commit and the answer. The numbers have no gap and no repetition.
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import type { Program } from '../../../test/support/processes.ts';
import { completeForm, decide, draftRegistration } from '../../../test/support/registrations.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { WORK_TYPES } from '../works/index.ts';
import { nextRegistrationNumber } from './registration-number.ts';

const REVIEWERS = 50;
const REGISTRATIONS = 2_000;
/** From outside; every portal that starts again after one ends itself once more, between a commit and its answer. */
const KILLS = 4;
const LONGEST_CRASH = 40;
/** Accounts that are made at once: their passwords cost time. */
const MADE_AT_ONCE = 5;
const REGISTRABLE = WORK_TYPES.filter((each) => each !== 'SOFTWARE');
const OF_EACH = REGISTRATIONS / REGISTRABLE.length;

interface Server {
  url: string;
  environment: Record<string, string>;
  program: Program;
  /** Settles when it answers. */
  ready: Promise<unknown>;
  ends: number;
}

describe('numbers of registrations', function () {
  this.timeout(900_000);
  let portal: PortalProcess;
  let db: Database;
  let reviewers: PortalMember[];
  let waiting: string[];
  let isOver = false;
  const servers: Server[] = [];
  before(async () => {
    const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
    writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
    portal = await portalProcess({ REDIS_URL: '', LEDGER_API_KEY_FILE: keyFile, REGISTRATION_AMOUNT_FEN: '0' });
    await serve(portal.url);
    db = openDatabase(portal.databaseUrl);
    reviewers = await seniorReviewers();
    waiting = await waitingRegistrations();
    // The second one later: codes to people's telephones are in the folder of the portal that sends them.
    const port = String(await freePort());
    await serve(`http://127.0.0.1:${port}`, {
      PORT: port,
      INKSEAL_DATA: temporaryFolder(),
      INKSEAL_KEY_FILE: path.join(portal.dataFolder, 'keys', 'portal-master-key.json'),
    });
  });
  after(async () => {
    isOver = true;
    await Promise.allSettled(servers.map(({ ready }) => ready));
    await Promise.all(servers.map(({ program }) => program.kill()));
    await db?.close();
    await portal.remove();
  });

  async function serve(url: string, environment: Record<string, string> = {}): Promise<void> {
    const server: Server = { url, environment, ends: 0, ...launch(url, environment) };
    servers.push(server);
    await server.ready;
    void keepUp(server);
  }

  function launch(url: string, environment: Record<string, string>) {
    const program = portal.launch(environment);
    const isReady = async () => (await fetch(`${url}/readyz`)).ok;
    return { program, ready: eventually(isReady, { withinMs: 120_000 }) };
  }

  async function keepUp(server: Server): Promise<void> {
    for (;;) {
      await server.program.exited;
      if (isOver) return;
      server.ends += 1;
      const crashAt = server.ends % 2 === 1 ? `registration:${randomInt(1, LONGEST_CRASH)}` : '';
      Object.assign(server, launch(server.url, { ...server.environment, CRASH_AT: crashAt }));
    }
  }

  async function seniorReviewers(): Promise<PortalMember[]> {
    const made: PortalMember[] = [];
    while (made.length < REVIEWERS) {
      const some = Array.from({ length: MADE_AT_ONCE }, () => portal.member({ verified: false }));
      made.push(...(await Promise.all(some)));
    }
    await db.query(
      `INSERT INTO account_role (account_id, role, granted_by)
       SELECT id, 'senior-reviewer', 'test' FROM account ORDER BY user_number DESC LIMIT $1`,
      [REVIEWERS],
    );
    return made;
  }

  /** One of each letter goes its whole way to the second review; the others are copies of these. */
  async function waitingRegistrations(): Promise<string[]> {
    const owner = await portal.member();
    const reviewer = await portal.reviewer();
    for (const workType of REGISTRABLE) {
      const draft = await draftRegistration(owner);
      const form = await completeForm(owner, draft, { workType, workTypeNote: '沙画' });
      const address = `/registrations/${draft.id}`;
      const saved = await expectStatus(200, owner.put(address, { ...form, version: draft.version }));
      const submission = { version: saved.body.version, priceFen: 0 };
      await expectStatus(200, owner.post(`${address}/submission`, submission));
      await expectStatus(200, decide(reviewer, draft.id, { level: 'initial' }));
    }
    await db.query(COPIES, [OF_EACH - 1]);
    const rows = await db.query<{ id: string }>(`SELECT id FROM registration WHERE state = 'FINAL_REVIEW'`);
    return rows.map(({ id }) => id);
  }

  /** From one portal to the other until there is an answer; `undefined` when it was decided before. */
  async function approve(desks: readonly PortalClient[], id: string): Promise<string | undefined> {
    for (let attempt = randomInt(2); ; attempt += 1) {
      const desk = desks[attempt % desks.length];
      const answer = desk && (await decide(desk, id, { level: 'final' }).catch(() => undefined));
      if (answer?.status === 200) return answer.body.registrationNumber;
      if (answer?.code === 'review-conflict') return undefined;
      // One that is about to start, or has lost its database for a moment.
      if (answer && answer.status !== 503) throw new Error(`${answer.status} ${answer.code}`);
      await Promise.race(servers.map(({ ready }) => ready));
    }
  }

  it('when fifty people approve two thousand and the portals are killed › have no gap and no repetition', async () => {
    expect(waiting).to.have.length(REGISTRATIONS);
    // Every tenth lies on two desks.
    const queue = shuffled([...waiting, ...waiting.filter((_, index) => index % 10 === 0)]);
    const told = new Map<string, string>();
    const work = async (member: PortalMember) => {
      // A portal may have crashed already.
      await eventually(() => member.csrfHeader());
      const { cookie, csrfToken } = member;
      const desks = servers.map(({ url }) => Object.assign(new PortalClient(url), { cookie, csrfToken }));
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        const number = await approve(desks, id);
        if (number) told.set(id, number);
      }
    };
    await Promise.all([...reviewers.map(work), killAgain(queue)]);

    await expectWholeSequences();
    const rows = await db.query('SELECT id, registration_number AS number FROM registration');
    for (const { id, number } of rows) expect(told.get(id) ?? number).to.equal(number);
    expect(told.size).to.be.above(REGISTRATIONS / 2);
    const ends = servers.reduce((sum, server) => sum + server.ends, 0);
    expect(ends, 'from outside and by themselves').to.be.above(KILLS);
  });

  /** One of the portals, in each part of the queue once. */
  async function killAgain(queue: readonly string[]): Promise<void> {
    const all = queue.length;
    for (let count = 0; count < KILLS; count += 1) {
      const share = (count + Math.random()) / (KILLS + 1);
      await eventually(async () => queue.length <= all * (1 - share), { withinMs: 600_000 });
      const server = servers[randomInt(servers.length)];
      await server?.ready;
      await server?.program.kill();
    }
  }

  async function expectWholeSequences(): Promise<void> {
    const sequences = await db.query<{ letter: string; numbers: number[] }>(
      `SELECT split_part(registration_number, '-', 3) AS letter,
          array_agg(split_part(registration_number, '-', 4)::int ORDER BY registration_number) AS numbers
         FROM registration WHERE state = 'REGISTERING' GROUP BY 1 ORDER BY 1`,
    );
    const counts = sequences.map(({ letter, numbers }) => [letter, numbers.length]);
    expect(counts).to.deep.equal([...'ABCDEFGHIJKLMNOP'].map((letter) => [letter, OF_EACH]));
    const wrong = sequences.flatMap(({ letter, numbers }) =>
      numbers.filter((number, index) => number !== index + 1).map((number) => `${letter} ${number}`),
    );
    expect(wrong, 'after a gap').to.deep.equal([]);
    for (const once of [
      `registration_review WHERE level = 'FINAL'`,
      `audit WHERE action = 'registration.approve'`,
      `outbox WHERE topic = 'registration-entry'`,
    ])
      expect(await db.query(`SELECT count(*)::int AS count FROM ${once}`)).to.deep.equal([{ count: REGISTRATIONS }]);
  }

  it('when the year ends in Beijing, and some approvals fail › each year and letter has a sequence of its own', async () => {
    const prefix = '年作登字';
    const last = new Date('2030-12-31T15:59:59.999Z');
    const ask = (index: number): Promise<string> =>
      db.transaction(async (tx) => {
        const at = new Date(last.getTime() + (index % 2));
        const workType = index % 3 === 0 ? 'TEXT' : 'MODEL';
        const number = await nextRegistrationNumber(tx, { prefix, workType, at });
        if (index % 5 === 0) throw new RangeError('this one fails');
        return number;
      });
    /** A busy machine may not begin so many transactions in time: what has no answer is asked for again. */
    const given = async (index: number): Promise<string | undefined> => {
      const failed = (error: unknown) => (error instanceof RangeError ? 'failed' : undefined);
      const answer = await eventually(() => ask(index).catch(failed));
      return answer === 'failed' ? undefined : answer;
    };
    const answers = await Promise.all(Array.from({ length: 120 }, (_, index) => given(index)));
    const numbers = answers.filter((number) => number !== undefined).toSorted();
    const wanted = ['2030-A', '2030-P', '2031-A', '2031-P'].flatMap((sequence) =>
      Array.from(
        { length: sequence.endsWith('A') ? 16 : 32 },
        (_, index) => `${prefix}-${sequence}-${String(index + 1).padStart(8, '0')}`,
      ),
    );
    expect(numbers).to.deep.equal(wanted);
  });
});

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((each) => [Math.random(), each] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, each]) => each);

/** Each with a work of its own: a work has one registration at a time. */
const COPIES = `WITH copy AS (
    SELECT r.id AS source, r.work_id AS work, gen_random_uuid() AS id, gen_random_uuid() AS work_id,
      r.order_number + n AS order_number
    FROM registration r CROSS JOIN generate_series(1, $1::int) n WHERE r.state = 'FINAL_REVIEW'),
  works AS (INSERT INTO work SELECT made.* FROM copy JOIN work w ON w.id = copy.work, LATERAL jsonb_populate_record(w,
      jsonb_build_object('id', copy.work_id, 'serial', nextval('work_serial_seq'))) made),
  registrations AS (INSERT INTO registration SELECT made.* FROM copy JOIN registration r ON r.id = copy.source,
      LATERAL jsonb_populate_record(r, to_jsonb(copy) - 'source' - 'work') made),
  rounds AS (INSERT INTO registration_round SELECT made.* FROM copy JOIN registration_round r ON r.registration_id = copy.source,
      LATERAL jsonb_populate_record(r, jsonb_build_object('registration_id', copy.id)) made),
  files AS (INSERT INTO registration_file SELECT made.* FROM copy JOIN registration_file f ON f.registration_id = copy.source,
      LATERAL jsonb_populate_record(f, jsonb_build_object('registration_id', copy.id)) made)
  INSERT INTO registration_review SELECT made.* FROM copy JOIN registration_review r ON r.registration_id = copy.source,
      LATERAL jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'registration_id', copy.id)) made`;
