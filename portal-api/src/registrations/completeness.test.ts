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
