// SPDX-License-Identifier: Apache-2.0
// When the end of a session is written.
import { expect } from 'chai';
import type { SessionData } from 'express-session';
import { type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { accountIdOf } from '../../../test/support/staff.ts';
import { createSessionStore } from './session-store.ts';

describe('the end of a session', () => {
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
    member = await portal.member();
  });
  after(() => portal?.stop());

  /** `xmin` changes with each write of the row. */
  const versions = () => portal.db.query('SELECT sid, xmin::text AS version FROM session ORDER BY sid');

  it('when a member asks often › is not written for each request', async () => {
    await member.get('/me');
    const before = await versions();
    for (let request = 0; request < 5; request += 1) expect((await member.get('/me')).status).to.equal(200);
    expect(before).to.have.length(1);
    expect(await versions()).to.deep.equal(before);
  });

  it('when a member asks nothing more › comes four hours later, for the cookie and for the row', async () => {
    const other = await portal.member();
    const from = Date.now();
    const { headers } = await other.get('/me');
    const [, expires = ''] = /Expires=([^;]+)/.exec(headers.getSetCookie()[0] ?? '') ?? [];
    const id = await accountIdOf(portal, other);
    const [row] = await portal.db.query(`SELECT expire FROM session WHERE sess->>'accountId' = $1`, [id]);
    // The row is written once a minute.
    for (const end of [Date.parse(expires), Number(row?.expire)])
      expect(end - from).to.be.within(4 * 3_600_000 - 60_000, 4 * 3_600_000 + 60_000);
    await portal.db.query(`UPDATE session SET expire = now() WHERE sess->>'accountId' = $1`, [id]);
    expect((await other.get('/me')).code).to.equal('unauthenticated');
    await portal.db.query(`DELETE FROM session WHERE sess->>'accountId' = $1`, [id]);
  });

  for (const [what, touchEveryMs, written] of [
    ['a moment ago', 60_000, '2100-01-01'],
    ['long enough ago', 0, '2101-01-01'],
  ] as const)
    it(`when it was written ${what} › stays at ${written}`, async () => {
      const { sid } = (await versions())[0] ?? {};
      const store = createSessionStore({ pool: portal.db.pool, onError: () => {}, touchEveryMs });
      for (const end of ['2100-01-01', '2101-01-01'])
        await new Promise<void>((resolve) =>
          store.touch?.(sid, { cookie: { expires: new Date(end) } } as SessionData, () => resolve()),
        );
      store.close();
      const [row] = await portal.db.query('SELECT expire FROM session WHERE sid = $1', [sid]);
      expect(row?.expire).to.deep.equal(new Date(written));
    });
});
