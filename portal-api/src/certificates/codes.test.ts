// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import { lookupDigest, newCodes, readCode } from './codes.ts';
import { documentNumberOf } from './document-number.ts';

const TYPED = /^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$/;

describe('the codes of a certificate', () => {
  it('when they are made › are new each time, and hold no sign that is mistaken on paper', () => {
    const codes = Array.from({ length: 200 }, () => newCodes());
    expect(new Set(codes.map(({ lookup }) => lookup)).size).to.equal(200);
    expect(new Set(codes.map(({ typed }) => typed)).size).to.equal(200);
    for (const { lookup, typed } of codes) {
      expect(lookup).to.match(/^[\w-]{22}$/);
      expect(typed).to.match(TYPED);
    }
    const used = new Set(codes.flatMap(({ typed }) => [...typed]));
    expect(used.size, 'every sign of the alphabet comes').to.equal(30);
  });

  it('when a typed code comes in small letters or with hyphens › is the code that was printed', () => {
    fc.assert(
      fc.property(fc.constant(null), () => {
        const { typed } = newCodes();
        const spellings = [typed, typed.toLowerCase(), `${typed.slice(0, 5)}-${typed.slice(5)}`, `-${typed}-`];
        for (const text of spellings) expect(readCode(text)).to.deep.equal({ kind: 'typed', code: typed });
      }),
    );
  });

  it('when a long code comes › keeps its letters as they are', () => {
    const { lookup } = newCodes();
    expect(readCode(lookup)).to.deep.equal({ kind: 'lookup', code: lookup });
  });

  it('when one sign is missing or too many › is not taken for a long code', () => {
    const { lookup } = newCodes();
    for (const text of [lookup.slice(1), `${lookup}A`, `${lookup.slice(1)}!`])
      expect(readCode(text).kind, text).to.equal('typed');
  });

  it('when one sign of a code is another › its digest is another, at every place', () => {
    const { lookup } = newCodes();
    for (const place of [...lookup].keys()) {
      const other = lookup[place] === 'a' ? 'b' : 'a';
      const changed = lookup.slice(0, place) + other + lookup.slice(place + 1);
      expect(lookupDigest(changed).equals(lookupDigest(lookup)), String(place)).to.equal(false);
    }
  });
});

describe('documentNumberOf', () => {
  for (const [instant, serial, number] of [
    ['2026-11-22T15:59:59.999Z', 1, 'C3202611220000000001'],
    ['2026-11-22T16:00:00.000Z', 1, 'C3202611230000000001'],
    ['2026-12-31T16:00:00.000Z', 9_999_999_999, 'C3202701019999999999'],
  ] as const)
    it(`when it is ${instant} › has the day in Beijing`, () => {
      expect(documentNumberOf(new Date(instant), serial)).to.equal(number);
    });
});
