import { expect } from 'chai';
import { fromHex, toHex } from '../encoding/bytes.ts';
import { DerError, readDer } from './der.ts';

describe('readDer', () => {
  it('when every value has its one form › gives the elements', () => {
    const { tag, children } = readDer(fromHex('300f0201000101ff06032a030403020780'));
    expect(tag).to.equal(0x30);
    expect(children.map(({ content }) => toHex(content))).to.deep.equal(['00', 'ff', '2a0304', '0780']);
  });

  const refused: [string, string][] = [
    ['nothing', ''],
    ['a tag alone', '30'],
    ['an element cut short', '300302'],
    ['bytes left over', '020100ff'],
    ['two elements', '020100020100'],
    ['a length in a longer form', '30810302010a'],
    ['a length of unknown size', '30800201000000'],
    ['an endless length', '3084000000030201ff'],
    ['a tag of several bytes', '1f0100'],
    ['a string in parts', '240404020102'],
    ['a list without parts', '1000'],
    ['true as 1', '010101'],
    ['an empty number', '0200'],
    ['a padded number', '02020001'],
    ['a padded negative number', '0202ff80'],
    ['a null with content', '050100'],
    ['an empty identifier', '0600'],
    ['an identifier cut short', '06022a83'],
    ['a padded identifier', '06032a8001'],
    ['unused bits that are set', '03020701'],
    ['more unused bits than a byte has', '03020800'],
    ['unused bits of nothing', '030101'],
    ['an end of contents', '0000'],
  ];
  for (const [what, hex] of refused) {
    it(`when there is ${what} › refuses it`, () => {
      expect(() => readDer(fromHex(hex))).to.throw(DerError);
    });
  }

  it('when lists are nested too deeply › refuses them', () => {
    let nested = new Uint8Array();
    for (let depth = 0; depth < 40; depth++) nested = Uint8Array.of(0x30, nested.length, ...nested);
    expect(() => readDer(nested)).to.throw(DerError);
  });
});
