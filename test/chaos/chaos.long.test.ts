// SPDX-License-Identifier: Apache-2.0
// The short form of `npm run chaos`.
import { expect } from 'chai';
import { temporaryFolder } from '../support/temporary.ts';
import { runChaos } from './run-chaos.ts';
import { STAGES } from './stand.ts';

describe('the ledger', () => {
  describe('when it, its chain and its database are killed while a client submits', () => {
    it('makes every accepted entry final exactly once', async function () {
      this.timeout(600_000);
      const result = await runChaos({
        folder: temporaryFolder(),
        entries: 300,
        bulk: 10,
        paceMs: 300,
        stageKills: 1,
        randomKills: 1,
        chainKills: 1,
        postgresKills: 1,
        cliSample: 30,
      });
      expect(result.faults).to.deep.equal([]);
      expect(result.accepted).to.be.at.least(300);
      expect(result.consistent).to.equal(result.accepted);
      expect(result.verified).to.equal(30);
      expect(result.anchored).to.equal(result.accepted);
      for (const stage of STAGES) expect(result.kills[`ledger at ${stage}`], stage).to.equal(1);
    });
  });
});
