import { expect } from 'chai';
import type { JsonValue } from '../src/encoding/json.ts';
import { makeWorld } from '../vectors/support/world.ts';
import { statedIn } from './stated.ts';

async function peopleIn(contents: Record<string, JsonValue>) {
  const { bundle } = await makeWorld();
  const sections = Object.entries(contents).map(([name, content]) => ({ name, salt: '0'.repeat(64), content }));
  return statedIn({ ...bundle, sections }).people;
}

describe('the people stated in a proof', () => {
  it('are named by their role, in full with their share where person:n says so', async () => {
    const people = await peopleIn({
      'party:1': { role: 'owner', name: '沈**', idNumber: '370***2417' },
      'party:2': { role: 'owner', name: '王**' },
      'party:3': { role: 'applicant', name: '沈**' },
      'party:4': { role: 'agent', name: '李*' },
      'person:1': { name: '沈砚秋', idType: 'RESIDENT_ID', idNumber: '370***2417', shareBasisPoints: '3334' },
      'person:2': { name: '王小明', shareBasisPoints: '6666' },
    });
    expect(people).to.deep.equal([
      { role: 'owner', name: '沈砚秋', idNumber: '370***2417', shareBasisPoints: 3_334 },
      { role: 'owner', name: '王小明', shareBasisPoints: 6_666 },
      { role: 'applicant', name: '沈**' },
      { role: 'agent', name: '李*' },
    ]);
  });

  it('when a share or a role has another form › are named without it', async () => {
    const people = await peopleIn({
      'party:1': { role: 'depositor', name: '沈**' },
      'person:1': { name: '沈砚秋', shareBasisPoints: 5_000 },
      'party:2': { role: 'landlord', name: '王**', shareBasisPoints: '10001' },
    });
    expect(people).to.deep.equal([
      { role: 'depositor', name: '沈砚秋' },
      { role: 'author', name: '王**' },
    ]);
  });
});
