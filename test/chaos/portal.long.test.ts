// SPDX-License-Identifier: Apache-2.0
// The short form of `npm run chaos -- --portal`.
import { expect } from 'chai';
import { temporaryFolder } from '../support/temporary.ts';
import { POINTS } from './portal-stand.ts';
import { runPortalChaos } from './run-portal-chaos.ts';

describe('the portal', () => {
  describe('when it, its ledger and its database are killed on the way from payment to certificate', () => {
    it('gives each paid order one certificate, and takes each payment once', async function () {
      this.timeout(1_500_000);
      const result = await runPortalChaos({ folder: temporaryFolder(), kills: 1 });
      expect(result.faults).to.deep.equal([]);
      const orders = POINTS.length + 2;
      expect(result).to.include({ orders, certificates: orders, payments: orders, consistent: orders });
      for (const point of POINTS) expect(result.kills[point], point).to.equal(1);
    });
  });
});
