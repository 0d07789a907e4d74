// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { shareFolder } from './folder-lock.ts';

describe('shared folder', () => {
  it('when others have it open › is shared without being cleared, and cleared by the next after all have ended', async () => {
    const folder = temporaryFolder();
    let cleared = 0;
    const share = () =>
      shareFolder(folder, 1_000, async () => {
        cleared += 1;
      });
    const first = await share();
    const second = await share();
    expect([first.wasAlone, second.wasAlone, cleared]).to.deep.equal([true, false, 1]);
    first.release();
    const third = await share();
    expect([third.wasAlone, cleared]).to.deep.equal([false, 1]);
    second.release();
    third.release();
    const fourth = await share();
    expect([fourth.wasAlone, cleared]).to.deep.equal([true, 2]);
    fourth.release();
  });

  it('when another is alone in it for too long › throws data-folder-in-use', async () => {
    const folder = temporaryFolder();
    const waiting = Promise.withResolvers<void>();
    const alone = shareFolder(folder, 1_000, () => waiting.promise);
    const refused = await shareFolder(folder, 0, async () => undefined).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'data-folder-in-use');
    waiting.resolve();
    (await alone).release();
  });
});
