import { expect } from 'chai';
import { utf8 } from '../encoding/bytes.ts';
import { readSums } from './package-lists.ts';

describe('SHA256SUMS of a package', () => {
  const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];

  for (const [what, end, mark] of [
    ['as sha256sum writes it', '\n', ' '],
    ['with Windows line ends', '\r\n', ' '],
    ['of files read as binary', '\n', '*'],
  ] as const)
    it(`${what} › lists each name with its digest`, () => {
      const text = `${one} ${mark}originals/01 鹤华.jpg${end}${two} ${mark}verify.html${end}`;
      expect([...readSums(utf8(text))]).to.deep.equal([
        ['originals/01 鹤华.jpg', one],
        ['verify.html', two],
      ]);
    });

  it('with lines of another form › lists the others', () => {
    expect([...readSums(utf8(`# sums\n${one}  a\n${two.slice(1)}  b\n`))]).to.deep.equal([['a', one]]);
    expect([...readSums(undefined)]).to.deep.equal([]);
  });
});
