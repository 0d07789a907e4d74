// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { listed, manifestJson, sumsText } from './package-lists.ts';

const digestOf = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

describe('the lists of an evidence package', () => {
  const pointer = { name: 'originals/01 a', size: 5_000_000_000, sha256: 'aa', sm3: undefined, isIncluded: false };
  const page = listed('verify.html', '页');

  it('when manifest.json is written › has both digests and the exact size, sorted, and says what is left out', () => {
    const { v, number, files } = JSON.parse(manifestJson('7', [page, pointer]));
    expect([v, number]).to.deep.equal([1, '7']);
    expect(files).to.deep.equal([
      { name: 'originals/01 a', size: '5000000000', sha256: 'aa', isIncluded: false },
      { name: 'verify.html', size: '3', sha256: digestOf('sha256', '页'), sm3: digestOf('sm3', '页') },
    ]);
  });

  it('when SHA256SUMS is written › has a line in the form of sha256sum for each, sorted', () => {
    expect(sumsText([page, pointer])).to.equal(`aa  originals/01 a\n${digestOf('sha256', '页')}  verify.html\n`);
  });
});
