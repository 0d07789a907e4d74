// SPDX-License-Identifier: Apache-2.0
// The hand-written parser accepts exactly what the published schema accepts.
import { assert } from 'chai';
import fc from 'fast-check';
import { DomainError } from '../errors.ts';
import { parseEntries } from './entry-parser.ts';
import { entryInputSchema } from './schemas.ts';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
const nearDigest = fc.oneof(
  digest,
  fc.stringMatching(/^[0-9a-fA-F]{63,65}$/),
  fc.string(),
  fc.constant(null),
  fc.integer(),
);
const nearReference = fc.oneof(
  fc.stringMatching(/^[\x21-\x7e]{1,200}$/),
  fc.string(),
  fc.constant('x'.repeat(201)),
  fc.boolean(),
);
const nearKind = fc.oneof(
  fc.constantFrom('attestation', 'registration', 'submission', 'audit-head', 'audit_head'),
  fc.string(),
);
const nearEntry = fc.record(
  { reference: nearReference, kind: nearKind, sha256: nearDigest, sm3: nearDigest, other: fc.jsonValue() },
  { requiredKeys: [] },
);

describe('parseEntries', () => {
  it('accepts exactly what entryInputSchema accepts, and names the same fields', () => {
    fc.assert(
      fc.property(nearEntry, (entry) => {
        const expected = entryInputSchema.safeParse(entry);
        const fields = new Set(
          expected.error?.issues.flatMap((issue) =>
            issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])],
          ),
        );
        assert.deepEqual(wrongFieldsOf({ ...entry }), [...fields].sort());
      }),
      { numRuns: 500 },
    );
  });

  it('accepts a single good entry and a list of them', () => {
    const entry = { reference: 'r', kind: 'attestation', sha256: 'ab'.repeat(32) };
    assert.deepEqual(parseEntries(entry), { inputs: [entry], isList: false });
    assert.deepEqual(parseEntries({ entries: [entry, entry] }), { inputs: [entry, entry], isList: true });
  });

  it('refuses a body of another shape with invalid-request', () => {
    for (const body of [null, undefined, [], 'x', 1, { entries: 1 }, { entries: {} }, { entries: [], more: 1 }]) {
      assert.throws(() => parseEntries(body), DomainError, 'invalid-request');
    }
  });

  it('refuses a member that only a prototype could hide', () => {
    const entry = JSON.parse(
      `{"reference":"r","kind":"attestation","sha256":"${'ab'.repeat(32)}","__proto__":{"sm3":"x"}}`,
    );
    assert.deepEqual(wrongFieldsOf(entry), ['__proto__']);
  });
});

function wrongFieldsOf(entry: unknown): string[] {
  try {
    parseEntries(entry);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.map(({ field }) => field).sort();
  }
}
