// SPDX-License-Identifier: Apache-2.0
import type { ListedFile } from '@inkseal/verifier';
import { expect } from 'chai';
import { nearestTo } from './nearest.ts';

const listedFile = (name: string, size: string): ListedFile => ({
  name,
  size,
  mediaType: 'image/png',
  sha256: '00'.repeat(32),
});
const LISTED = [listedFile('a.png', '900'), listedFile('b.png', '100'), listedFile('c.pdf', '501')];
const nearest = (name: string, size: number) => nearestTo({ name, size, sha256: '11'.repeat(32) }, LISTED)?.name;

describe('nearestTo', () => {
  it('when a listed file has the same name › is that one, whatever its size', () => {
    expect(nearest('a.png', 100)).to.equal('a.png');
  });

  it('when none has › is the one of the same ending whose size is closest, larger or smaller', () => {
    expect(nearest('x.png', 499)).to.equal('b.png');
    expect(nearest('x.png', 501)).to.equal('a.png');
    expect(nearest('x.pdf', 100)).to.equal('c.pdf');
  });

  it('when none has its ending either › is the one whose size is closest', () => {
    expect(nearest('x.mp4', 500)).to.equal('c.pdf');
    expect(nearest('', 101)).to.equal('b.png');
  });
});
