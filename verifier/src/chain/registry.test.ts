import { expect } from 'chai';
import { decodeBatch, decodeNextNumber, decodeRevocation } from './registry.ts';

const U64 = 2n ** 64n;

describe('words of the registry', () => {
  it('name the reason of a revocation by the contract’s number for it', () => {
    const names = Array.from({ length: 9 }, (_, reason) => decodeRevocation((BigInt(reason) << 64n) | 1n)?.name);
    expect(names).to.deep.equal([
      undefined,
      'holder-request',
      'facts-untrue',
      'unlawful-content',
      'duplicate',
      'court-order',
      'issued-in-error',
      'key-compromise',
      undefined,
    ]);
    expect(decodeRevocation((5n << 64n) | (U64 - 1n))).to.include({ revokedAt: U64 - 1n, reason: 5 });
    expect(decodeRevocation(0n)).to.equal(undefined);
  });

  it('hold a batch in 224 bits, and nothing beside it', () => {
    const word = (4n << 160n) | (3n << 128n) | (2n << 64n) | 1n;
    expect(decodeBatch(word)).to.deep.equal({ id: 1n, firstNumber: 2n, count: 3, anchoredAt: 4n });
    expect(decodeBatch(word | (1n << 224n))).to.equal(undefined);
    expect(decodeBatch(0n)).to.equal(undefined);
  });

  it('hold the next number in the low 64 bits', () => {
    expect(decodeNextNumber((9n << 64n) | 7n)).to.equal(7n);
  });
});
