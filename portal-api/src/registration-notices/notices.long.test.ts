// SPDX-License-Identifier: Apache-2.0
// What the public reads of registered works.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { decide, reviewableRegistration } from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

describe('notices of registered works', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let first: StaffMember;
  let second: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    first = await staffMember(portal, 'reviewer');
    second = await staffMember(portal, 'senior-reviewer');
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  /** An erased one is not shown: each test sees its own alone. */
  beforeEach(() => portal.db.query(`UPDATE registration SET form = jsonb_set(form, '{title}', '""')`));

  let numbers = 900_000_000;

  /** Approved, and then in the state that its certificate gives it: this ledger has no chain that could finish it. */
  async function registered(title: string, state = 'REGISTERED'): Promise<string> {
    const { id } = await reviewableRegistration(member);
    await expectStatus(200, decide(first, id, { level: 'initial' }));
    const { registrationNumber } = (await expectStatus(200, decide(second, id, { level: 'final' }))).body;
    numbers += 1;
    await portal.db.query(
      `UPDATE registration SET state = $2::registration_state, registered_at = clock_timestamp(), certificate_number = $3,
        form = jsonb_set(form, '{title}', to_jsonb($4::text)),
        frozen = jsonb_set(frozen, '{content,form,title}', to_jsonb($4::text)) WHERE id = $1`,
      [id, state, numbers, title],
    );
    return registrationNumber;
  }

  const list = async (query = '') =>
    (await expectStatus(200, portal.visitor().get(`/registration-notices${query}`))).body;

  it('show registered works alone, the newest first, and nobody in full', async () => {
    const [one, two] = [await registered('青花人偶'), await registered('泉城印象')];
    await reviewableRegistration(member);
    const { items } = await list();
    expect(items.map(({ registrationNumber }: Order) => registrationNumber)).to.deep.equal([two, one]);
    expect(items[0]).to.include({ title: '泉城印象', workType: 'FINE_ART', isRevoked: false });
    expect(items[0].owners).to.have.length(1);
    expect(items[0].owners[0]).to.match(/^.\*+$/);
    expect(items[0].registeredOn).to.match(/^20\d\d-\d\d-\d\d$/);
  });

  it('are found by a part of the title, by the number and by the kind of work, page by page', async () => {
    for (const title of ['青花人偶', '泉城印象']) await registered(title);
    const number = await registered('鹤华抱枕');
    const titles = async (query: string) => (await list(query)).items.map(({ title }: Order) => title);
    expect(await titles(`?q=${encodeURIComponent('华抱')}`)).to.deep.equal(['鹤华抱枕']);
    expect(await titles(`?q=${encodeURIComponent('抱华')}`)).to.deep.equal([]);
    expect(await titles(`?q=${encodeURIComponent('%')}`)).to.deep.equal([]);
    expect(await titles(`?q=${encodeURIComponent(number)}`)).to.deep.equal(['鹤华抱枕']);
    expect(await titles('?workType=MUSIC')).to.deep.equal([]);
    const page = await list('?limit=2');
    expect(page.items).to.have.length(2);
    const rest = await list(`?limit=2&cursor=${page.next}`);
    expect(rest.items.map(({ title }: Order) => title)).to.deep.equal(['青花人偶']);
    expect(rest.next).to.equal(null);
    expect((await portal.visitor().get('/registration-notices?workType=NONE')).code).to.equal('invalid-request');
  });

  it('mark what was revoked, and drop what was erased', async () => {
    const number = await registered('已撤销的作品', 'REVOKED');
    const { items } = await list();
    expect(items).to.have.length(1);
    expect(items[0]).to.include({ registrationNumber: number, isRevoked: true });
    await portal.db.query(
      `UPDATE registration SET form = jsonb_set(form, '{title}', '""') WHERE registration_number = $1`,
      [number],
    );
    expect((await list()).items).to.deep.equal([]);
  });

  it('come as feeds whose XML holds whatever a title holds', async () => {
    const number = await registered('<b>“鹤” & ]]>华</b>');
    const rss = await fetch(`${portal.url}/api/v1/registration-notices/rss`);
    expect(rss.headers.get('content-type')).to.match(/^application\/rss\+xml/);
    expect(rss.headers.get('cache-control')).to.equal('public, max-age=300');
    const xml = await rss.text();
    expect(xml).to.include(`${number} 《&lt;b&gt;“鹤” &amp; ]]&gt;华&lt;/b&gt;》`);
    expect(xml.match(/<item>/g)).to.have.length(1);
    const feed: Order = await (await fetch(`${portal.url}/api/v1/registration-notices/feed`)).json();
    expect(feed.version).to.equal('https://jsonfeed.org/version/1.1');
    expect(feed.items[0]).to.include({ id: number, title: `${number} 《<b>“鹤” & ]]>华</b>》` });
    expect(feed.items[0].url).to.match(/\/v\/\d+$/);
  });
});
