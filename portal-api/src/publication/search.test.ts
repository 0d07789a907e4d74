// SPDX-License-Identifier: Apache-2.0
// The search of the public site over many works: what it finds, how it pages, and that it reads indexes alone.
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { expectStatus, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';
import { publicPlaces } from './publications.sql.ts';
import { queryTerms, termsOf } from './search-terms.ts';

const MANY = 6_000;
const STATES = ['PENDING', 'REFUSED', 'WITHDRAWN', 'TAKEN_DOWN', 'APPEALED', 'UPHELD'];

describe('GET /publications over many works', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
    const [account] = await portal.db.query<{ id: string }>(
      `INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at) VALUES ($1, '', $2, '', now()) RETURNING id`,
      [newId(), randomBytes(32)],
    );
    const works = Array.from({ length: MANY }, (_, index) => ({
      id: newId(),
      title: index % 100 === 7 ? `青花人偶文创产品${index}` : `山水长卷${index}号 Landscape`,
      category: index % 3 === 0 ? 'MUSIC' : 'DESIGN',
      author: index % 1_000 === 7 ? '林小鹤' : '青釉工作室',
      state: index % 10 === 3 ? STATES[Math.floor(index / 10) % STATES.length] : 'PUBLISHED',
    }));
    await portal.db.query(
      `INSERT INTO work (id, account_id, title, intro, state) SELECT id, $2, '', '', 'DRAFT' FROM unnest($1::uuid[]) AS id`,
      [works.map(({ id }) => id), account?.id],
    );
    await portal.db.query(
      `INSERT INTO publication (id, work_id, account_id, state, title, intro, category, tags, author, consent_at, published_at, terms)
       SELECT (each->>'id')::uuid, (each->>'id')::uuid, $2, (each->>'state')::publication_state, each->>'title', '', each->>'category',
              '{}', each->>'author', now(), '2026-01-01'::timestamptz + (n / 3) * interval '1 second',
              CASE WHEN each->>'state' = 'PUBLISHED' THEN ARRAY(SELECT jsonb_array_elements_text(each->'terms')) ELSE '{}' END
         FROM jsonb_array_elements($1) WITH ORDINALITY AS list(each, n)`,
      [
        JSON.stringify(
          works.map((work) => ({ ...work, terms: termsOf({ texts: [work.title], author: work.author }) })),
        ),
        account?.id,
      ],
    );
    await portal.db.query('ANALYZE');
  });
  after(() => portal.stop());

  const search = async (query: Record<string, string>) =>
    (await expectStatus(200, portal.visitor().get(`/publications?${new URLSearchParams(query)}`))).body;
  const allOf = async (query: Record<string, string>) => {
    const items: { id: string; title: string; author: string; category: string; publishedAt: string }[] = [];
    for (let cursor = ''; ; ) {
      const page = await search({ ...query, limit: '100', ...(cursor && { cursor }) });
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = page.next;
    }
  };

  it('G14 作品检索 › when 青花 is searched for › finds 青花人偶文创产品, page after page, each once, the newest first', async () => {
    const found = await allOf({ q: '青花' });
    expect(found).to.have.length(MANY / 100);
    expect(new Set(found.map(({ id }) => id)).size).to.equal(found.length);
    expect(found.every(({ title }) => title.startsWith('青花人偶文创产品'))).to.equal(true);
    const times = found.map(({ publishedAt }) => publishedAt);
    expect(times).to.deep.equal(times.toSorted().toReversed());
    const page = await search({ q: '青花', limit: '7' });
    expect(page.items).to.have.length(7);
    expect((await search({ q: '青花', limit: '7', cursor: page.next })).items[0].id).to.equal(found[7]?.id);
  });

  it('when one character, a part of a word, a category or an author is asked for › all conditions hold', async () => {
    expect((await search({ q: '偶' })).items).to.have.length(20);
    expect((await search({ q: 'landscape' })).items).to.have.length(20);
    expect((await search({ q: 'landsc' })).items).to.have.length(0);
    expect((await allOf({ author: '小鹤' })).every(({ author }) => author === '林小鹤')).to.equal(true);
    const music = await allOf({ q: '青花', category: 'MUSIC' });
    expect(music.length).to.be.above(0);
    expect(music.every(({ category }) => category === 'MUSIC')).to.equal(true);
  });

  it('when nothing is asked for › every public work comes, and no other', async () => {
    const [row] = await portal.db.query<{ n: string }>(
      `SELECT count(*) AS n FROM publication WHERE state = 'PUBLISHED'`,
    );
    expect(await allOf({})).to.have.length(Number(row?.n));
    expect(await allOf({ q: '山水' })).to.have.length.below(MANY);
  });

  for (const q of [
    '%',
    '_',
    '%%',
    '青%花%瓷',
    "'; DROP TABLE publication; --",
    "' OR ''='",
    '\\',
    '{青瓷}',
    '$99999',
    '！？',
    '青花 NULL',
  ])
    it(`when “${q}” is searched for › nothing is found, and nothing breaks`, async () => {
      expect(await search({ q })).to.deep.equal({ items: [], next: null });
    });

  it('when a cursor is forged or of another list › is refused', async () => {
    const forged = Buffer.from(JSON.stringify(['-publishedAt', "'; --", newId()])).toString('base64url');
    for (const cursor of ['x', forged, Buffer.from('["view","2026-01-01T00:00:00.000Z","x"]').toString('base64url')])
      expect((await portal.visitor().get(`/publications?cursor=${cursor}`)).fields).to.deep.equal([
        'cursor: malformed',
      ]);
  });

  for (const [what, query] of Object.entries({
    everything: {},
    'a keyword that many works have': { keyword: '山水' },
    'a keyword that few works have': { keyword: '青花' },
    'an author that few works have': { author: '林小鹤' },
    'a keyword that no work has': { keyword: '敦煌' },
    'a category': { category: 'MUSIC' },
    'a category and a keyword': { category: 'MUSIC', keyword: '青花' },
    'the last page': { after: { key: '2026-01-01T00:00:10.000Z', id: newId() } },
  } as Record<string, { keyword?: string; author?: string; category?: string; after?: { key: string; id: string } }>))
    it(`when PostgreSQL plans the search for ${what} › it reads no table from end to end`, async () => {
      const { category, after } = query;
      const { sql, values } = publicPlaces({ terms: queryTerms(query) ?? [], category, after, limit: 21 });
      const numbered = sql.split('?').reduce((text, part, index) => `${text}$${index}${part}`);
      const lines = await portal.db.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${numbered}`, values);
      const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan).to.match(/Index/);
      expect(plan).to.not.include('Seq Scan');
    });
});
