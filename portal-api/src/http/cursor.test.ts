// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { decodeCursor, encodeCursor, pageQuery, type SortType } from './cursor.ts';
import { parseFields } from './validation.ts';

const query = z.object(pageQuery);
const BY_TITLE = { sort: 'title', type: 'text' } as const;
const ID = '0197b1a0-0000-7000-8000-000000000001';
const at = (order: { sort: string; type: SortType }, parts: unknown) =>
  decodeCursor(order, Buffer.from(JSON.stringify(parts)).toString('base64url'));

function fieldsOf(work: () => unknown): unknown {
  try {
    work();
    return [];
  } catch (error) {
    return error instanceof DomainError ? (error.errors ?? []) : error;
  }
}

describe('the limit of a list', () => {
  for (const limit of ['1', '2', '99', '100', '020'])
    it(`when it is ${limit} › is taken`, () => {
      expect(parseFields(query, { limit }).limit).to.equal(Number(limit));
    });

  for (const [limit, code] of [
    ['0', 'out-of-range'],
    ['101', 'out-of-range'],
    ['999', 'out-of-range'],
    ['1000', 'malformed'],
    ['', 'malformed'],
    ['-1', 'malformed'],
    ['1.5', 'malformed'],
    [' 5', 'malformed'],
  ])
    it(`when it is ${JSON.stringify(limit)} › is refused as ${code}`, () => {
      expect(fieldsOf(() => parseFields(query, { limit }))).to.deep.equal([{ field: 'limit', code }]);
    });

  it('when none is given › is 20', () => {
    expect(parseFields(query, {}).limit).to.equal(20);
  });
});

describe('a cursor', () => {
  it('when it is any key and id › comes back as it was, for its own order alone', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(key, fc.uuid(), (text, id) => {
        const cursor = encodeCursor('title', { key: text, id });
        expect(decodeCursor(BY_TITLE, cursor)).to.deep.equal({ key: text, id });
        expect(cursor).to.match(/^[\w-]*$/);
        expect(fieldsOf(() => decodeCursor({ sort: '-title', type: 'text' }, cursor))).to.have.length(1);
      }),
    );
  });

  for (const [what, parts] of [
    ['no list', {}],
    ['a part missing', ['title', 'a']],
    ['a part too many', ['title', 'a', ID, 1]],
    ['no id', ['title', 'a', 'b']],
    ['a key that is no text', ['title', 1, ID]],
    ['a NUL', ['title', 'a\0', ID]],
  ] as const)
    it(`when it has ${what} › is refused`, () => {
      expect(fieldsOf(() => at(BY_TITLE, parts))).to.deep.equal([{ field: 'cursor', code: 'malformed' }]);
    });

  it('when it is no JSON, or empty › is refused', () => {
    for (const cursor of ['', '!', 'bm90IGpzb24'])
      expect(
        fieldsOf(() => decodeCursor(BY_TITLE, cursor)),
        cursor,
      ).to.have.length(1);
  });

  it('when the order is by time › takes times as JSON has them, and no other', () => {
    const byTime = { sort: 'createdAt', type: 'timestamptz' } as const;
    const key = '2026-11-22T05:00:04.123Z';
    expect(at(byTime, ['createdAt', key, ID])).to.deep.equal({ key, id: ID });
    for (const wrong of [
      '2026-11-22',
      '2026-11-22T05:00:04Z',
      '0000-01-01T00:00:00.000Z',
      '2026-02-30T00:00:00.000Z',
      'a',
    ])
      expect(
        fieldsOf(() => at(byTime, ['createdAt', wrong, ID])),
        wrong,
      ).to.have.length(1);
  });
});
