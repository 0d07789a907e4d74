// SPDX-License-Identifier: Apache-2.0
// The short form of `npm run soak`: two portals, two ledgers, nginx, PostgreSQL with its standby and Redis from nothing, used
// while they are killed, frozen and cut off.
import { expect } from 'chai';
import { runSoak } from '../soak/run-soak.ts';
import { INVARIANTS } from '../soak/watch.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ORDERS = 24;
/** Each once: what costs a machine of two cores least, and all that has to take over from another. */
const KINDS =
  /^(kill (portal 1|ledger 1|primary|standby|Redis|nginx|chain)|fail-over|hold nginx → portal 2|cut portal 2 → PostgreSQL|cut ledger 2 → PostgreSQL)$/;
const FAULTS = 9;

describe('the whole system', function () {
  this.timeout(600_000);
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

  it(`when its parts are killed and cut off (SEED=${seed}) › gives each paid order one certificate, and keeps each fen`, async () => {
    const result = await runSoak({
      folder: temporaryFolder(),
      set: 'small',
      seed,
      ms: 0,
      orders: ORDERS,
      faults: FAULTS,
      mostFaults: FAULTS,
      kinds: KINDS,
      creators: 8,
      quietMs: [100, 800],
      lastsMs: [200, 2_500],
    });
    console.log(
      `      ${result.seconds} s after ${result.startSeconds} s of starting: ${JSON.stringify(result.faultsMade)}`,
    );
    expect(result.faults).to.deep.equal([]);
    expect(result.made).to.be.at.least(FAULTS);
    expect(Object.values(result.orders).reduce((sum, count) => sum + count, 0)).to.be.at.least(ORDERS);
    expect(result.certificates).to.equal(result.paidOrders).and.to.be.greaterThan(0);
    expect(result.money.kept + result.money.back).to.equal(result.money.taken);
    expect(result.audit).to.deep.equal({ exitCode: 0, listed: [] });
    // Each invariant was looked at, so that none holds for want of a look.
    for (const invariant of Object.values(INVARIANTS)) expect(result.looks[invariant], invariant).to.be.greaterThan(0);
  });
});
