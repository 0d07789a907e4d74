// SPDX-License-Identifier: Apache-2.0
import { pause } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { testLog } from '../../../test/support/pipeline.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { type Leader, startLeader } from './leader.ts';

describe('startLeader', () => {
  it('lets one process lead at a time, and the next one when it ends', async () => {
    const databaseUrl = await freshDatabase();
    let leading = 0;
    let most = 0;
    const start = (): Leader =>
      startLeader({
        databaseUrl,
        log: testLog,
        onFollowing: () => {},
        lead: async (signal) => {
          leading += 1;
          most = Math.max(most, leading);
          await pause(60_000, signal);
          leading -= 1;
        },
      });
    const [one, two] = [start(), start()];
    const isOneLeading = await eventually(() => (one.isLeading() || two.isLeading()) && { answer: one.isLeading() });
    const [leader, follower] = isOneLeading.answer ? [one, two] : [two, one];
    await leader.stop();
    await eventually(() => follower.isLeading());
    await follower.stop();
    expect(most).to.equal(1);
  });
});
