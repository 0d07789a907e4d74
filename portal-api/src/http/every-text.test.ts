// SPDX-License-Identifier: Apache-2.0
// What becomes of characters that nobody sees, in every text of every request. The fields are read off the endpoints, so
// that a new one is covered without being named here.
import { expect } from 'chai';
import { z } from 'zod';
import { goodText, isForPrograms, UNSEEN, UNSTORABLE } from '../../../test/support/dirty-texts.ts';
import { type RequestText, requestTextsOf } from '../../../test/support/request-schemas.ts';
import { portalOperations } from '../describe.ts';
import { DomainError } from '../errors.ts';
import { describeWithProblems } from './operation.ts';
import { parseFields } from './validation.ts';

/** By name. Everything else is cleaned, or is an id or an entry of a closed list and refused. */
const EXCEPTIONS: Readonly<Record<string, { does: 'keeps' | 'refuses'; because: string }>> = {
  password: { does: 'keeps', because: 'a password is exactly what was typed' },
  passwordRepeat: { does: 'keeps', because: 'like the password' },
  cursor: { does: 'keeps', because: 'it is opaque: the portal made it, and decodeCursor() judges it' },
  limit: { does: 'refuses', because: 'a program wrote it' },
  field: { does: 'refuses', because: 'the page took it from a list of places in the form' },
  day: { does: 'refuses', because: 'a link of a list holds it' },
  nonce: { does: 'refuses', because: 'the portal made the challenge' },
  salt: { does: 'refuses', because: 'like the nonce' },
  keyPrefix: { does: 'refuses', because: 'like the nonce' },
  signature: { does: 'refuses', because: 'like the nonce' },
  derivedKey: { does: 'refuses', because: 'a program solved the challenge' },
};

type Result = 'refuses' | 'cleans' | 'keeps';

describe('every text of every request', () => {
  const { open, session, bodies } = portalOperations();
  const operations = [...open, ...session].map((each) => describeWithProblems(each, { isOpen: true }));
  const texts = requestTextsOf(
    [...operations, ...bodies].map(({ method, path, described }) => ({ method, path, operation: described })),
  );

  it('when it is clean › is accepted', () => {
    const refused = texts.filter(({ schema, json }) => resultOf(schema, json, goodText(json)) !== 'cleans');
    expect(
      refused.map(({ where }) => where),
      'give these an example',
    ).to.deep.equal([]);
    expect(texts).to.have.length.above(100);
  });

  for (const [what, dirtied] of Object.entries(UNSTORABLE))
    it(`when it holds ${what} › is refused`, () => {
      expect(texts.filter((text) => resultOfDirty(text, dirtied) !== 'refuses')).to.deep.equal([]);
    });

  for (const [what, dirtied] of Object.entries(UNSEEN))
    it(`when it holds ${what} › is cleaned, or its name stands on the list of exceptions`, () => {
      const wrong = texts.flatMap((text) => {
        const result = resultOfDirty(text, dirtied);
        const isRight = result === 'cleans' || result === (isForPrograms(text.json) ? 'refuses' : exceptionOf(text));
        return isRight ? [] : [`${text.where}: ${result}`];
      });
      expect(wrong).to.deep.equal([]);
    });

  it('when a name stands on the list of exceptions › a field has it', () => {
    expect(texts.map(({ name }) => name)).to.include.members(Object.keys(EXCEPTIONS));
  });
});

const exceptionOf = ({ name }: RequestText): Result | undefined => EXCEPTIONS[name]?.does;

const resultOfDirty = ({ schema, json }: RequestText, dirtied: (text: string) => string): Result =>
  resultOf(schema, json, dirtied(goodText(json)));

/** A field in a path that gives way to an id which nobody has refuses as well: the answer is 404. */
function resultOf(schema: z.ZodType, json: unknown, text: string): Result {
  const kept = parsed(schema, text);
  if (kept === undefined) return 'refuses';
  if (kept === parsed(schema, goodText(json))) return 'cleans';
  return schema instanceof z.ZodCatch ? 'refuses' : 'keeps';
}

function parsed(schema: z.ZodType, text: string): unknown {
  try {
    return parseFields(z.object({ text: schema }), { text }).text;
  } catch (error) {
    if (error instanceof DomainError && error.errors.some(({ field }) => field === 'text')) return undefined;
    throw error;
  }
}
