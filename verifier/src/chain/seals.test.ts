// How many seals are enough. Forged ones are vectors: `own-seals` and its neighbours in vectors/cases/forged.ts.
import { expect } from 'chai';
import { makeHeader, makeValidators, seeded } from '../../vectors/support/chain.ts';
import { VerificationError } from '../errors.ts';
import { parseHeader } from './header.ts';
import { quorum, verifySeals } from './seals.ts';

// More than a simple majority: two quorums have an honest validator in common while less than a third are not.
const QUORUMS = [1, 2, 2, 3, 4, 4, 5, 6, 6, 7];

describe('quorum of validators', () => {
  it('is two thirds, rounded up', () => {
    expect(QUORUMS.map((_, index) => quorum(index + 1))).to.deep.equal(QUORUMS);
  });

  it('is what a header needs, and one seal less is too few', () => {
    const validators = makeValidators('quorum', 5);
    const trusted = validators.map(({ address }) => address);
    const sealedBy = (count: number) => {
      const sealers = validators.slice(0, count);
      const header = makeHeader({ number: 7, timestamp: 7, stateRoot: seeded('state'), validators, sealers });
      return () => verifySeals(parseHeader(header), trusted);
    };
    expect(sealedBy(4)()).to.have.lengthOf(4);
    expect(sealedBy(3)).to.throw(VerificationError).with.property('code', 'seals-insufficient');
  });
});
