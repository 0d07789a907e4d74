// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { routeOf, SLUGS } from './pages.ts';

describe('routeOf', () => {
  it('knows home, look-up and every page of words', () => {
    expect(routeOf('/')).to.deep.equal({ kind: 'home' });
    for (const path of ['/v', '/v/', '/v/123', '/v/123/'])
      expect(routeOf(path), path).to.deep.equal({ kind: 'lookup' });
    for (const slug of SLUGS) expect(routeOf(`/pages/${slug}`)).to.deep.equal({ kind: 'page', slug });
  });

  it('says of any other address that there is no page', () => {
    for (const path of ['/pages', '/pages/none', '/v/1/2', '/x'])
      expect(routeOf(path), path).to.deep.equal({ kind: 'missing' });
  });
});
