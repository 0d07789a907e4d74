// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { code, parseFields, pasted, recordId } from './validation.ts';

const form = z.strictObject({
  title: z.string().min(2).max(4),
  tags: z.array(z.string().max(2)).min(1).max(2),
  count: z.int().min(1).max(3),
  kind: z.enum(['one', 'two']),
  phone: z.string().refine((text) => text.startsWith('1'), code('checksum-wrong')),
});
const GOOD = { title: '鹤华', tags: ['a'], count: 1, kind: 'one', phone: '1' };

function faultsOf(input: unknown, schema: z.ZodType = form): unknown {
  try {
    parseFields(schema, input);
    return [];
  } catch (error) {
    return error instanceof DomainError ? error.errors?.map(({ field, code: found }) => `${field}: ${found}`) : error;
  }
}

describe('parseFields', () => {
  it('when nothing is wrong › gives what was parsed', () => {
    expect(parseFields(form, GOOD)).to.deep.equal(GOOD);
  });

  for (const [part, fault] of [
    [{ title: undefined }, 'title: missing'],
    [{ title: 'a' }, 'title: too-short'],
    [{ title: 'abcde' }, 'title: too-long'],
    [{ title: 5 }, 'title: malformed'],
    [{ title: 'a\0' }, 'title: malformed'],
    [{ title: 'a\ud800' }, 'title: malformed'],
    [{ tags: [] }, 'tags: too-few'],
    [{ tags: ['a', 'b', 'c'] }, 'tags: too-many'],
    [{ tags: ['a', 'long'] }, 'tags.1: too-long'],
    [{ count: 0 }, 'count: out-of-range'],
    [{ count: 4 }, 'count: out-of-range'],
    [{ count: 1.5 }, 'count: malformed'],
    [{ kind: 'three' }, 'kind: not-an-option'],
    [{ phone: '2' }, 'phone: checksum-wrong'],
    [{ other: 1 }, 'other: unknown'],
  ] as const)
    it(`when the input has ${JSON.stringify(part)} › says ${fault}`, () => {
      expect(faultsOf({ ...GOOD, ...part })).to.deep.equal([fault]);
    });

  it('when several fields are wrong › names all of them, each once', () => {
    expect(faultsOf({ title: 'a\0', tags: [], count: 9, kind: 'x', phone: '2', a: 1, b: 2 })).to.have.members([
      'title: malformed',
      'tags: too-few',
      'count: out-of-range',
      'kind: not-an-option',
      'phone: checksum-wrong',
      'a: unknown',
      'b: unknown',
    ]);
  });

  it('when a text deep inside holds a NUL › names its path, however deep', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}"b\\u0000"${'}'.repeat(20_000)}`);
    const faults = faultsOf(deep, z.unknown());
    expect(faults).to.deep.equal([`${Array(20_000).fill('a').join('.')}: malformed`]);
  });
});

describe('pasted', () => {
  const digits = z.object({ number: pasted(z.string().regex(/^\d{4}$/)) });

  it('when people paste a number with spaces and full-width digits › reads the number', () => {
    for (const number of ['1234', ' 12 34\n', '１２３４', '\u200b1234'])
      expect(parseFields(digits, { number }), number).to.deep.equal({ number: '1234' });
  });

  it('when more is pasted than anybody would type › refuses it before cleaning', () => {
    expect(faultsOf({ number: `1234${' '.repeat(197)}` }, digits)).to.deep.equal(['number: too-long']);
    expect(faultsOf({ number: `1234${' '.repeat(196)}` }, digits)).to.deep.equal([]);
  });
});

describe('recordId', () => {
  it('when text is no id › is an id that nothing has', () => {
    expect(recordId.parse("1'; DROP TABLE work")).to.equal('00000000-0000-0000-0000-000000000000');
    expect(recordId.parse('0197b1a0-0000-7000-8000-000000000001')).to.equal('0197b1a0-0000-7000-8000-000000000001');
  });
});
