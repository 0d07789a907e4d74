import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { ENTRY_KINDS, encodeStatement, type Statement } from './statement.ts';

const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const decimal = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const statements: fc.Arbitrary<Statement> = fc.record(
  {
    v: fc.constant(1 as const),
    registry: fc.record({ chainId: decimal, contract: hex(40).map((h) => `0x${h}`) }),
    number: decimal,
    kind: fc.constantFrom(...ENTRY_KINDS),
    sha256: hex(64),
    sm3: hex(64),
    receivedAt: fc
      .date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString()),
    notBefore: fc.record({ block: decimal, hash: hex(64).map((h) => `0x${h}`) }),
  },
  { requiredKeys: ['v', 'registry', 'number', 'kind', 'sha256', 'receivedAt', 'notBefore'] },
);

describe('encodeStatement', () => {
  it('gives the bytes of RFC 8785', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        expect(new TextDecoder().decode(encodeStatement(statement))).to.equal(canonicalize(statement));
      }),
      { numRuns: 300 },
    );
  });
});
