// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { menuOf } from './page-names.ts';
import { withoutPage, withPage } from './page-tabs.ts';

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

describe('menuOf', () => {
  it('when the page is a step of an order › is 确权作品', () => {
    for (const path of ['/member/attest/1', '/member/attestations/1/payment', '/member/attestations']) {
      expect(menuOf(path)).to.equal('/member/attestations');
    }
    expect(menuOf('/member/publish/1')).to.equal('/member/publish');
  });
});
