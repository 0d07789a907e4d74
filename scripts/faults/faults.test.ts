// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import { expect } from 'chai';
import { type Fault, faults } from '../../test/faults/index.ts';
import { applies } from './plant.ts';

const root = path.resolve(import.meta.dirname, '../..');
const within = (folder: string) => faults.filter(({ file }: Fault) => file.startsWith(folder)).length;

describe('list of faults', () => {
  it('still applies to the sources, each fault in one place', () => {
    expect(faults.filter((fault) => !applies(root, fault)).map(({ name }) => name)).to.deep.equal([]);
  });

  it('has at least twenty, from verifier, contract and sequencing', () => {
    expect(new Set(faults.map(({ name }) => name)).size).to.equal(faults.length);
    expect(faults.length).to.be.at.least(20);
    expect(within('verifier/')).to.be.at.least(8);
    expect(within('contracts/')).to.be.at.least(5);
    expect(within('ledger-service/')).to.be.at.least(6);
  });
});
