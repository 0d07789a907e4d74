// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { LEAST_CONNECTIONS, shareConnections } from './connection-shares.ts';

describe('shareConnections', () => {
  for (const total of [LEAST_CONNECTIONS, 30, 31, 200])
    it(`when ${total} are allowed › gives out all of them and no more`, () => {
      const { requests, work, reads, queue } = shareConnections(total);
      expect(requests + work + reads + queue + 1).to.equal(total);
      expect(Math.min(requests, work, reads)).to.be.at.least(4);
    });
});
