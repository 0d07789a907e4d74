// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { menuOf } from './page-names.ts';
import { namesOf, withAbout, withoutPage, withPage } from './page-tabs.ts';

const page = (path: string, search = '') => ({ path, address: path + search });

describe('page tabs', () => {
  it('when a page is opened again › keeps its place and remembers the newest address', () => {
    const pages = withPage([page('/a'), page('/b')], page('/a', '?state=DRAFT'));
    expect(pages).to.deep.equal([page('/a', '?state=DRAFT'), page('/b')]);
  });

  it('when there are too many › drops the oldest', () => {
    const many = Array.from({ length: 12 }, (_, index) => page(`/${index}`));
    const pages = withPage(many, page('/new'));
    expect(pages).to.have.length(12);
    expect(pages[0]).to.deep.equal(page('/1'));
  });

  it('when the last of three is closed › leads to the one before', () => {
    const { pages, neighbour } = withoutPage([page('/a'), page('/b'), page('/c', '?x')], '/c');
    expect(neighbour).to.equal('/b');
    expect(pages).to.have.length(2);
  });

  it('when the first is closed › leads to the next', () => {
    expect(withoutPage([page('/a'), page('/b', '?x')], '/a').neighbour).to.equal('/b?x');
  });

  it('when the only one is closed › leads nowhere', () => {
    expect(withoutPage([page('/a')], '/a')).to.deep.equal({ pages: [], neighbour: undefined });
  });
});

describe('namesOf', () => {
  const nameOf = (path: string) => (path.startsWith('/o') ? '订单详情' : '我的作品');
  const pages = withAbout(
    withAbout([page('/works'), page('/o/1'), page('/o/2')], '/o/1', { title: '鹤', number: '1795829622312055003' }),
    '/o/2',
    { title: '鹤', number: '1795829622312058404' },
  );

  it('when pages are about different things › says what each is about', () => {
    expect(namesOf(withAbout(pages, '/o/2', { title: '青釉' }), nameOf)).to.deep.equal([
      '我的作品',
      '订单详情 · 鹤',
      '订单详情 · 青釉',
    ]);
  });

  it('when two are about things of one name › tells them apart by number', () => {
    expect(namesOf(pages, nameOf)).to.deep.equal(['我的作品', '订单详情 · 鹤 (5003)', '订单详情 · 鹤 (8404)']);
  });

  it('when a page is opened again › still knows what it is about', () => {
    expect(namesOf(withPage(pages, page('/o/1', '?x')), nameOf)[1]).to.equal('订单详情 · 鹤 (5003)');
  });
});

describe('menuOf', () => {
  it('when the page is a step of an order › is 确权作品', () => {
    for (const path of ['/member/attest/1', '/member/attestations/1/payment', '/member/attestations']) {
      expect(menuOf(path)).to.equal('/member/attestations');
    }
    expect(menuOf('/member/publish/1')).to.equal('/member/publish');
  });
});
