// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type PortalClient, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';

const BOARD = '/staff/queues';
const SECRET = 'what-the-work-is-about';

describe('the queues of the staff console', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let member: PortalMember;
  let admin: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    portal = await startPortal();
    member = await portal.member();
    admin = await portal.member();
    await grant('admin');
    reviewer = await portal.member();
    await grant('reviewer');
  });
  after(() => portal.stop());

  const grant = (role: string) =>
    portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by)
         SELECT id, $1, 'test' FROM account ORDER BY user_number DESC LIMIT 1`,
      [role],
    );
  const send = (client: PortalClient, path = '', init: RequestInit = {}) =>
    fetch(`${portal.url}${BOARD}${path}`, { ...init, headers: { Cookie: client.cookie ?? '', ...init.headers } });
  /** What a browser does: takes the token from the page's cookie and sends it as axios does. */
  const change = async (client: PortalClient, path: string, method = 'PUT') => {
    const cookies = (await send(client)).headers.getSetCookie().join();
    const token = /XSRF-TOKEN=([^;]+)/.exec(cookies)?.[1] ?? '';
    return send(client, path, { method, headers: { 'X-XSRF-TOKEN': token } });
  };
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
  const parkRow = async () => {
    const [row] = await portal.db.query(
      `INSERT INTO outbox (topic, payload, attempts, parked_at, last_error)
       VALUES ('certificate', $1, 10, now(), 'internal') RETURNING id::text`,
      [{ attestationId: SECRET }],
    );
    return String(row?.id);
  };
  const rowOf = async (id: string) =>
    (await portal.db.query('SELECT parked_at, discarded_at FROM outbox WHERE id = $1', [id]))[0];
  const auditOf = (id: string) =>
    portal.db.query('SELECT actor, action FROM audit WHERE subject = $1 ORDER BY seq', [`outbox:${id}`]);

  for (const path of ['', '/api/queues', '/static/favicon.ico'])
    it(`when ${path || 'the page'} is asked for › is given to administrators alone`, async () => {
      expect(await codeOf(await send(portal.visitor(), path))).to.deep.equal([401, 'unauthenticated']);
      expect(await codeOf(await send(member, path))).to.deep.equal([403, 'forbidden']);
      expect(await codeOf(await send(reviewer, path))).to.deep.equal([403, 'forbidden']);
      expect((await send(admin, path)).status).to.equal(200);
    });

  it('when the page is opened › gives the token in a cookie for this path only', async () => {
    const answer = await send(admin);
    expect(await answer.text()).to.include('<base href="/staff/queues/"');
    expect(answer.headers.get('content-security-policy'))
      .to.include("base-uri 'self'")
      .and.to.include("script-src 'self'");
    const cookie = answer.headers.getSetCookie().find((each) => each.startsWith('XSRF-TOKEN='));
    expect(cookie).to.match(/; Path=\/staff\/queues; SameSite=Strict$/);
  });

  it('when it lists the queues › shows the outbox and three queues, and never what work is about', async () => {
    const id = await parkRow();
    const list = await send(admin, '/api/queues?activeQueue=outbox&status=failed&page=1&jobsPerPage=10');
    const text = await list.text();
    const queues = JSON.parse(text).queues as { name: string; jobs: object[]; readOnlyMode: boolean }[];
    expect(queues.map(({ name, readOnlyMode }) => [name, readOnlyMode])).to.deep.equal([
      ['outbox', false],
      ['inkseal-portal-work', true],
      ['inkseal-portal-heavy', true],
      ['inkseal-portal-schedule', true],
    ]);
    expect(queues[0]?.jobs[0]).to.include({ id, name: 'certificate', attempts: 10, failedReason: 'internal' });
    const job = await (await send(admin, `/api/queues/outbox/${id}`)).text();
    expect(JSON.parse(job)).to.include({ status: 'failed' });
    expect(text + job).to.not.include(SECRET);
    const schedules = await send(admin, '/api/queues?activeQueue=inkseal-portal-schedule&page=1&jobsPerPage=10');
    expect(await schedules.text()).to.include('"data":"hidden"');
  });

  it('when an administrator retries a row › gives it all its attempts again, and audits it', async () => {
    const id = await parkRow();
    expect((await change(admin, `/api/queues/outbox/${id}/retry`)).status).to.equal(200);
    await eventually(async () => (await rowOf(id))?.parked_at === null);
    const [{ actor, action } = {}] = await auditOf(id);
    expect(action).to.equal('outbox.retry');
    expect(actor).to.match(/^account:/);
    await portal.db.query('DELETE FROM outbox WHERE id = $1', [id]);
  });

  it('when an administrator discards a row › keeps it as discarded, audits it, and shows it no more', async () => {
    const id = await parkRow();
    expect((await change(admin, `/api/queues/outbox/${id}/clean`)).status).to.equal(200);
    expect((await rowOf(id))?.discarded_at).to.be.instanceOf(Date);
    expect((await auditOf(id)).map(({ action }) => action)).to.deep.equal(['outbox.discard']);
    expect((await send(admin, `/api/queues/outbox/${id}`)).status).to.equal(404);
    const again = await change(admin, `/api/queues/outbox/${id}/retry`);
    expect(await codeOf(again)).to.deep.equal([409, 'state-conflict']);
  });

  it('when the token is missing, or of another session › changes nothing', async () => {
    const id = await parkRow();
    const path = `/api/queues/outbox/${id}/retry`;
    const refused = await (await send(admin, path, { method: 'PUT' })).json();
    // Without `error` the board would say that it has worked.
    expect(refused).to.deep.include({ status: 403, code: 'csrf-invalid', error: 'The CSRF token is missing or wrong' });
    const { token } = (await member.get('/csrf')).body;
    expect((await send(admin, path, { method: 'PUT', headers: { 'X-XSRF-TOKEN': token } })).status).to.equal(403);
    expect(await auditOf(id)).to.deep.equal([]);
  });

  const FORBIDDEN = [
    ['POST', '/api/queues/inkseal-portal-work/add'],
    ['PUT', '/api/queues/pause'],
    ['PUT', '/api/queues/outbox/empty'],
    ['PUT', '/api/queues/outbox/retry/failed'],
    ['PUT', '/api/queues/outbox/clean/failed'],
    ['PUT', '/api/queues/inkseal-portal-work/pause'],
    ['PUT', '/api/queues/inkseal-portal-work/obliterate'],
    ['PUT', '/api/queues/inkseal-portal-work/promote'],
    ['PUT', '/api/queues/inkseal-portal-work/outbox-1-1/retry'],
    ['PUT', '/api/queues/inkseal-portal-work/outbox-1-1/clean'],
    ['PUT', '/api/queues/inkseal-portal-schedule/job-schedulers/scrub/remove'],
    ['PUT', '/api/queues/inkseal-portal-schedule/job-schedulers/scrub/run'],
    ['PATCH', '/api/queues/inkseal-portal-schedule/job-schedulers/scrub'],
    ['PATCH', '/api/queues/inkseal-portal-work/outbox-1-1/update-data'],
    ['GET', '/api/queues/inkseal-portal-work/outbox-1-1/flow'],
    ['GET', '/api/redis/stats'],
  ] as const;
  for (const [method, path] of FORBIDDEN)
    it(`when ${method} ${path} is asked for › refuses it, to administrators as well`, async () => {
      const answer = method === 'GET' ? send(admin, path) : change(admin, path, method);
      expect(await codeOf(await answer)).to.deep.equal([403, 'forbidden']);
    });
});
