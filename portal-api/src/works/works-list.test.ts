// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';

describe('GET /works', () => {
  let portal: TestPortal;
  let owner: PortalMember;
  const titles = ['a', 'b', 'c', 'd', 'e', '100%', 'x_y'];
  before(async () => {
    portal = await startPortal();
    owner = await portal.member({ verified: true });
    for (const title of titles)
      await expectStatus(201, owner.post('/works', { title, tags: [`tag-${title}`], state: 'DRAFT' }));
  });
  after(() => portal.stop());
  const titlesOf = (items: { title: string }[]) => items.map(({ title }) => title);
  async function walk(query: string) {
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await expectStatus(200, owner.get(`/works?limit=2&${query}${cursor}`));
      found.push(...titlesOf(body.items));
      cursor = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
    } while (cursor);
    return found;
  }

  it('pages through all of it once, in each order', async () => {
    expect(await walk('')).to.deep.equal(titles.toReversed());
    expect(await walk('sort=createdAt')).to.deep.equal(titles);
    expect(await walk('sort=title')).to.deep.equal(titles.toSorted());
    expect(await walk('sort=-title')).to.deep.equal(titles.toSorted().toReversed());
  });

  it('when titles are equal across the end of a page › shows each work once, in the same order both ways', async () => {
    const other = await portal.member({ verified: true });
    for (let count = 0; count < 5; count++)
      await expectStatus(201, other.post('/works', { title: '鹤', tags: [], state: 'DRAFT' }));
    const idsIn = async (sort: string) => {
      const found: string[] = [];
      let cursor = '';
      do {
        const { body } = await expectStatus(200, other.get(`/works?limit=2&sort=${sort}${cursor}`));
        found.push(...body.items.map(({ id }: { id: string }) => id));
        cursor = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
      } while (cursor && found.length < 20);
      return found;
    };
    const rising = await idsIn('title');
    expect(new Set(rising).size).to.equal(5);
    expect(rising).to.have.length(5);
    expect(await idsIn('-title')).to.deep.equal(rising.toReversed());
  });

  for (const [what, change] of [
    ['saves the last work of a page', (member: PortalMember, { bottom }: Page) => save(member, bottom)],
    ['deletes the last work of a page', (member: PortalMember, { bottom }: Page) => erase(member, bottom)],
    [
      'deletes all works of a page',
      (member: PortalMember, { all }: Page) => Promise.all(all.map((id) => erase(member, id))),
    ],
  ] as const)
    for (const sort of ['-updatedAt', 'title'])
      it(`when the owner ${what} while the page is read by ${sort} › the next page shows the works after it`, async () => {
        const other = await portal.member({ verified: true });
        for (const title of ['1', '2', '3', '4', '5'])
          await expectStatus(201, other.post('/works', { title, tags: [], state: 'DRAFT' }));
        const { items } = (await expectStatus(200, other.get(`/works?sort=${sort}`))).body;
        const ids: string[] = items.map(({ id }: { id: string }) => id);
        const restore = beforeRows(portal, () => change(other, { all: ids.slice(0, 2), bottom: ids[1] ?? '' }));
        const { body } = await expectStatus(200, other.get(`/works?limit=2&sort=${sort}`)).finally(restore);
        expect(body.next).to.be.a('string');
        const rest = await expectStatus(200, other.get(`/works?limit=3&sort=${sort}&cursor=${body.next}`));
        expect(rest.body.items.map(({ id }: { id: string }) => id)).to.deep.equal(ids.slice(2));
      });

  it('searches titles and tags, and takes wildcards as they stand', async () => {
    const search = async (text: string) =>
      titlesOf((await owner.get(`/works?search=${encodeURIComponent(text)}`)).body.items);
    expect(await search('TAG-C')).to.deep.equal(['c']);
    expect(await search('%')).to.deep.equal(['100%']);
    expect(await search('_')).to.deep.equal(['x_y']);
    expect(await search('\\')).to.deep.equal([]);
    expect(await search(`'; DROP TABLE work; --`)).to.deep.equal([]);
  });

  it('when the cursor is forged, or of another order › refuses it', async () => {
    const { next } = (await owner.get('/works?limit=1')).body;
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const cursors = [
      'x',
      forged({}),
      ...['no date', '1', '2026-02-30T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'].map(
        (key) => forged(['-createdAt', key, newId()]),
      ),
      forged(['-createdAt', '2026-01-01', 'no id']),
    ];
    for (const cursor of [...cursors, forged(['-title', 'a\0b', newId()])]) {
      expect((await owner.get(`/works?cursor=${cursor}`)).fields).to.deep.equal(['cursor: malformed']);
    }
    expect((await owner.get(`/works?sort=title&cursor=${next}`)).fields).to.deep.equal(['cursor: malformed']);
  });

  it('when limit, sort or an unknown key is wrong › names each', async () => {
    const { fields } = await owner.get('/works?limit=101&sort=size&page=2');
    expect(fields).to.deep.equal(['limit: out-of-range', 'page: unknown', 'sort: not-an-option']);
  });
});

interface Page {
  readonly all: readonly string[];
  readonly bottom: string;
}

/** Runs the change once, after a page of works was chosen and before its rows are read. */
function beforeRows({ db }: TestPortal, change: () => Promise<unknown>): () => void {
  const { work } = db.prisma;
  const { findMany } = work;
  const restore = () => void Object.assign(work, { findMany });
  const changed = async (query: never) => {
    restore();
    await change();
    return findMany(query);
  };
  Object.assign(work, { findMany: changed });
  return restore;
}

const save = (member: PortalMember, id: string) =>
  expectStatus(200, member.put(`/works/${id}`, { title: 'z', tags: [], state: 'DRAFT', version: 1 }));

const erase = (member: PortalMember, id: string) => expectStatus(204, member.delete(`/works/${id}`));
