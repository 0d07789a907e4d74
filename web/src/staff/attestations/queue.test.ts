// SPDX-License-Identifier: Apache-2.0
// What reviewers see before they decide: the queue, and what an applicant changed.
import { expect } from 'chai';
import { createElement } from 'react';
import { staffOrderOf, staffSummaryOf } from '../../../testing/examples.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Change, StaffSummary } from '../../api/staff.ts';
import type { Changes as ChangesOf } from './changes.tsx';
import type { Queue as QueueOf } from './queue.tsx';

describe('the queue of reviewers', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let Queue: typeof QueueOf;
  before(async () => {
    pages = await openWebPages();
    ({ Queue } = await pages.load<{ Queue: typeof QueueOf }>('staff/attestations/queue.tsx'));
  });
  after(() => pages.stop());

  const open = (items: StaffSummary[], search = '') =>
    pages.live(createElement(Queue, { current: 'second' }), {
      at: `/staff${search}`,
      answer: () => ({ items, next: null }),
    });
  const first = staffSummaryOf({ id: 'first', title: '甲' });
  const second = staffSummaryOf({ id: 'second', title: '乙', round: 2 });
  const third = staffSummaryOf({ id: 'third', title: '丙', round: 3, isOwn: true });
  const titles = (page: { all(selector: string): Element[] }) =>
    page.all('.queue-item strong').map(({ textContent }) => textContent);

  it('when nothing is chosen › asks for what waits, the longest first, and marks the one on show', async () => {
    const page = await open([first, second, third]);
    expect(page.asked.map(({ line }) => line)).to.deep.equal([
      'GET /staff/attestations?sort=stateAt&limit=100&state=UNDER_REVIEW',
    ]);
    expect(titles(page)).to.deep.equal(['甲', '乙', '丙']);
    expect(page.find('[aria-current="true"]').textContent).to.include('乙');
    expect(page.text()).to.include('3 件');
  });

  it('when those that came back are wanted › leaves out every first round, also from the count', async () => {
    const page = await open([first, second, third], '?view=back');
    expect(titles(page)).to.deep.equal(['乙', '丙']);
    expect(page.text()).to.include('2 件');
    expect((await open([first], '?view=back')).text())
      .to.include('没有补正回来的订单。')
      .and.include('0 件');
  });

  it('when all are wanted › asks for every state, the newest first', async () => {
    const page = await open([staffSummaryOf({ state: 'CERTIFIED' })], '?view=all');
    expect(page.asked.map(({ line }) => line)).to.deep.equal(['GET /staff/attestations?sort=-createdAt&limit=100']);
    expect(page.text()).to.include('已出证').and.not.include('已等');
  });

  it('when a view is chosen › goes there', async () => {
    const page = await open([first, second]);
    await page.click(page.named('补正回来'));
    expect(page.address()).to.equal('/staff?view=back');
    expect(titles(page)).to.deep.equal(['乙']);
  });

  it('when an order is the reviewer’s own › says so there alone', async () => {
    const page = await open([first, third]);
    expect(page.all('.queue-item').map(({ textContent }) => textContent?.includes('本人订单'))).to.deep.equal([
      false,
      true,
    ]);
  });
});

describe('the changes of an applicant', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let Changes: typeof ChangesOf;
  before(async () => {
    pages = await openWebPages();
    ({ Changes } = await pages.load<{ Changes: typeof ChangesOf }>('staff/attestations/changes.tsx'));
  });
  after(() => pages.stop());

  const side = (uploadId: string) => ({ uploadId, size: '2048', sha256: uploadId.repeat(4), mediaType: 'image/png' });
  const change = (part: Partial<Change>): Change => ({
    field: 'files',
    kind: 'replaced',
    before: '鹤.png',
    after: '鹤.png',
    files: { before: side('old'), after: side('new') },
    ...part,
  });
  const open = (changes: Change[]) => pages.live(createElement(Changes, { order: staffOrderOf({ changes }) }));

  it('when a file was replaced › shows the old one as the last round and the new one as this round', async () => {
    const page = await open([change({})]);
    const shown = page
      .all('figure')
      .map((figure) => [
        figure.querySelector('figcaption')?.textContent,
        /files\/(\w+)\/thumbnail/.exec(figure.innerHTML)?.[1],
      ]);
    expect(shown).to.deep.equal([
      ['上一轮 · 2.00 KB', 'old'],
      ['本轮 · 2.00 KB', 'new'],
    ]);
    const digests = page.all('details li').map(({ textContent }) => textContent);
    expect(digests[0]).to.include('上一轮 SHA-256').and.include('oldold');
    expect(digests[1]).to.include('本轮 SHA-256').and.include('newnew');
  });

  it('when a file was added or removed › shows that one only', async () => {
    const added = await open([change({ kind: 'added', before: null, files: { before: null, after: side('new') } })]);
    expect(added.all('figure')).to.have.length(1);
    expect(added.find('li > p').textContent).to.equal('添加作品文件：鹤.png');
    const removed = await open([change({ kind: 'removed', after: null, files: { before: side('old'), after: null } })]);
    expect(removed.all('figure')).to.have.length(1);
    expect(removed.find('li > p').textContent).to.equal('删除作品文件：鹤.png');
  });

  it('when a file has another name › says that its content is the same, and shows no pictures', async () => {
    const page = await open([change({ kind: 'renamed', after: '华.png' })]);
    expect(page.all('figure')).to.have.length(0);
    expect(page.text()).to.include('改名：作品文件：鹤.png → 华.png （内容没有变）');
  });

  for (const [field, before, after, sentence] of [
    ['title', '鹤', '鹤华', '作品名称：鹤 → 鹤华'],
    ['intro', null, '新的介绍', '填写作品介绍：新的介绍'],
    ['tags', '画\n鹤', null, '清空作品标签：画、鹤'],
    ['workType', 'TEXT', 'FINE_ART', '作品类型：文字作品 → 美术作品'],
    ['creationNature', 'ORIGINAL', 'ADAPTATION', '创作性质：原创 → 改编'],
    ['acquisition', 'ORIGINAL', 'DERIVATIVE', '权利获取：原始 → 继受'],
    ['term', 'PERMANENT', '2026-01-01/2036-01-01', '有效期限：永久 → 2026-01-01 至 2036-01-01'],
  ] as const)
    it(`when ${field} was changed › says “${sentence}”`, async () => {
      const page = await open([change({ field, kind: 'changed', before, after, files: null })]);
      expect(page.find('li > p').textContent).to.equal(sentence);
      expect(page.text()).to.include('申请人改了 1 处');
    });
});
