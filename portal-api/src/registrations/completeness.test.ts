// SPDX-License-Identifier: Apache-2.0
// What a submission demands that only a long form shows; the rest is in registrations.test.ts.
import { expect } from 'chai';
import { completenessFaults } from './completeness.ts';
import { registrationFormSchema } from './registrations.schema.ts';

const people = (count: number, source: 'holder' | 'named') =>
  Array.from({ length: count }, (_, index) =>
    source === 'named'
      ? { source, name: `作者${index}` }
      : { source, rightHolderId: `00000000-0000-4000-8000-00000000000${index}` },
  );

describe('the shares of owners', () => {
  const faultsOf = (...shares: (number | undefined)[]) => {
    const owners = people(shares.length, 'holder').map((owner, index) => ({
      ...owner,
      ...(shares[index] !== undefined && { shareBasisPoints: shares[index] }),
    }));
    const faults = completenessFaults(registrationFormSchema.parse({ owners }));
    return faults.flatMap(({ field, code }) => (/^owners\b/.test(field) ? [`${field} ${code}`] : []));
  };

  it('are stated by all or by nobody, and together the whole', () => {
    expect(faultsOf(3_334, 3_333, 3_333)).to.deep.equal([]);
    expect(faultsOf(5_000, undefined)).to.deep.equal(['owners.1.shareBasisPoints missing']);
    expect(faultsOf(5_000, 4_999)).to.deep.equal(['owners sum-wrong']);
  });

  it('are of owners alone', () => {
    const [owner] = people(1, 'holder');
    for (const list of ['authors', 'applicants'])
      expect(registrationFormSchema.safeParse({ [list]: [{ ...owner, shareBasisPoints: 10_000 }] }).success).to.equal(
        false,
      );
  });
});

describe('the people of a registration', () => {
  const faultsOf = (authors: number) => {
    const owners = people(10, 'holder');
    const form = registrationFormSchema.parse({
      owners,
      applicants: owners.slice(0, 9),
      authors: people(authors, 'named'),
    });
    return completenessFaults(form).filter(({ code }) => code === 'too-many');
  };

  it('when there are more than a proof has sections for › are too many', () => {
    expect(faultsOf(9)).to.deep.equal([]);
    expect(faultsOf(10)).to.deep.equal([{ field: 'authors', code: 'too-many' }]);
  });
});
