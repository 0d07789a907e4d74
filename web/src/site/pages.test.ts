// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { routeOf, SLUGS } from './pages.ts';

describe('routeOf', () => {
  it('knows home, look-up, public works and every page of words', () => {
    expect(routeOf('/')).to.deep.equal({ kind: 'home' });
    for (const path of ['/v', '/v/', '/v/123', '/v/123/'])
      expect(routeOf(path), path).to.deep.equal({ kind: 'lookup' });
    for (const path of ['/notices', '/notices/']) expect(routeOf(path), path).to.deep.equal({ kind: 'notices' });
    expect(routeOf('/transparency')).to.deep.equal({ kind: 'transparency' });
    for (const path of ['/works', '/works/']) expect(routeOf(path), path).to.deep.equal({ kind: 'works' });
    const id = '0195f0a0-0000-7000-8000-000000000001';
    expect(routeOf(`/works/${id}`)).to.deep.equal({ kind: 'work', id });
    for (const slug of SLUGS) expect(routeOf(`/pages/${slug}`)).to.deep.equal({ kind: 'page', slug });
  });

  it('says of any other address that there is no page', () => {
    for (const path of ['/pages', '/pages/none', '/v/1/2', '/works/1', '/works/../v', '/x'])
      expect(routeOf(path), path).to.deep.equal({ kind: 'missing' });
  });
});
