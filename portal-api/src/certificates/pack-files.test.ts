// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { packFiles } from './pack-files.ts';

describe('packFiles', () => {
  const file = (name: string, size: number) => ({ uploadId: name, name, size: String(size), sha256: 'aa', sm3: null });
  const included = (limitBytes: number) => {
    const files = [file('large', 70), file('small', 10)];
    const documents = [{ ...file('form', 20), kind: 'IDENTITY' }];
    const packed = packFiles({ files, documents, limitBytes });
    return [...packed.originals, ...packed.documents].filter(({ isIncluded }) => isIncluded).map(({ name }) => name);
  };

  it('when all fit to the byte › includes all; when a byte is missing › all but the largest', () => {
    expect(included(100)).to.deep.equal(['originals/01 large', 'originals/02 small', 'documents/01 IDENTITY form']);
    expect(included(99)).to.deep.equal(['originals/02 small', 'documents/01 IDENTITY form']);
  });

  it('when little fits › includes the smallest, whatever their places are', () => {
    expect(included(30)).to.deep.equal(['originals/02 small', 'documents/01 IDENTITY form']);
    expect(included(10)).to.deep.equal(['originals/02 small']);
    expect(included(9)).to.deep.equal([]);
  });

  it('gives names that every system can write, and that no proof has', () => {
    const nameOf = (name: string) =>
      packFiles({ files: [file(name, 1)], documents: [], limitBytes: 1 }).originals[0]?.name;
    expect(nameOf('../a:b|c\u202egnp.exe')).to.equal('originals/01 .._a_b_c_gnp.exe');
    expect(nameOf('dots. .')).to.equal('originals/01 dots_');
    expect(nameOf('7.proof.json')).to.equal('originals/01 7_proof.json');
    expect(nameOf('字'.repeat(200))).to.equal(`originals/01 ${'字'.repeat(120)}`);
  });
});
