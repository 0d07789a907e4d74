// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { askedFor } from './address.ts';
import { readCode } from './look-up.ts';
import { isOurs, ownKindOf, readAsked, readNumber } from './read-number.ts';

describe('readAsked', () => {
  it('when it may be the number of another system › keeps it as it was typed, dashes too', () => {
    for (const [typed, asked] of [
      [' 鲁著证字（2014）第0005号 ', '鲁著证字(2014)第0005号'],
      ['2014–0005', '2014-0005'],
      ['201905061234567890', '201905061234567890'],
      ['12ab', '12AB'],
    ] as const) {
      expect(readAsked(typed)).to.equal(asked);
      expect(isOurs(readNumber(typed) ?? '')).to.equal(false);
    }
  });

  it('when it is a number of ours › reads it as one', () => {
    for (const [typed, asked] of [
      ['100000-000000-018264', '100000000000018264'],
      ['1795829622312055003', '1795829622312055003'],
      ['c320 2611220000000182', 'C3202611220000000182'],
      ['鲁作登字2014A005026', '鲁作登字-2014-A-005026'],
    ] as const) {
      expect(readAsked(typed)).to.equal(asked);
      expect(isOurs(asked)).to.equal(true);
    }
  });

  it('when it is empty, too long or no text › is nothing', () => {
    for (const typed of ['', ' \u200b', 'a'.repeat(129), 'a\u0007']) expect(readAsked(typed)).to.equal(undefined);
  });
});

describe('askedFor', () => {
  it('takes the number from the path and the code from the fragment', () => {
    const number = '100000000000018264';
    expect(askedFor(`/v/${number}`, '#q7M-x_2')).to.deep.equal({ kind: 'number', number, code: 'q7M-x_2' });
    expect(askedFor('/v/1%20000/', '')).to.deep.equal({ kind: 'number', number: '1 000', code: undefined });
  });

  it('takes the token of a share link from the fragment', () => {
    expect(askedFor('/v/shared', '#q7M-x_2')).to.deep.equal({ kind: 'shared', token: 'q7M-x_2' });
    for (const cut of ['', '#'])
      expect(askedFor('/v/shared/', cut)).to.deep.equal({ kind: 'shared', token: undefined });
  });

  it('asks for nothing on the empty page, and keeps what cannot be decoded', () => {
    expect(askedFor('/v', '#code')).to.equal(undefined);
    expect(askedFor('/v/%E0%A4', '')).to.deep.equal({ kind: 'number', number: '%E0%A4', code: undefined });
  });
});

describe('readNumber', () => {
  it('takes numbers as they are printed and as they are typed', () => {
    for (const typed of ['100000 000000 018264', '１０００００-000000-018264', '100000000000018264 ']) {
      expect(readNumber(typed)).to.equal('100000000000018264');
    }
  });

  it('takes a document number, whatever its case and spacing', () => {
    expect(readNumber(' c320 2611220000000182 ')).to.equal('C3202611220000000182');
    for (const typed of ['C32026', 'abc', 'C4202611220000000182']) expect(readNumber(typed)).to.equal(undefined);
  });

  it('takes a registration number with any dash or none, and says what it is', () => {
    const printed = '测作登字-2026-F-00000001';
    for (const typed of [
      printed,
      ' 测作登字 - 2026 - f - 00000001 ',
      '测作登字—２０２６—F—00000001',
      '测作登字2026F00000001号',
    ])
      expect(readNumber(typed)).to.equal(printed);
    expect(readNumber('鲁作登字-2014-A-005026')).to.equal('鲁作登字-2014-A-005026');
    for (const typed of ['测作登字', '作登字-2026-F-00000001', '测作登字-2026-Z-00000001', `${printed}<b>`])
      expect(readNumber(typed)).to.equal(undefined);
    const kinds = [printed, 'C3202611220000000182', '100000000000018264'].map(ownKindOf);
    expect(kinds).to.deep.equal(['registration', 'document', undefined]);
  });

  it('takes nothing that cannot be a number', () => {
    for (const typed of ['', '0', '012', '12ab', '1'.repeat(21), '../1']) expect(readNumber(typed)).to.equal(undefined);
  });
});

describe('readCode', () => {
  it('reads a typed code in any case and spacing, and leaves a long one alone', () => {
    expect(readCode(' 7q4m2-2xkdp ')).to.equal('7Q4M22XKDP');
    expect(readCode('aB3dEfGhIjKlMnOpQrStUv')).to.equal('aB3dEfGhIjKlMnOpQrStUv');
    expect(readCode('  ')).to.equal(undefined);
  });
});
