// SPDX-License-Identifier: Apache-2.0
// The walk of an organisation with a telephone and in English; organisation-guide.long.test.ts has it wide and in Chinese.
import { beginOrganisationWalk, type OrganisationWalk } from './organisation-walk.ts';

for (const [width, language] of [
  [390, 'zh'],
  [1440, 'en'],
  [390, 'en'],
] as const)
  describe(`an organisation at ${width} px, ${language} (in order)`, function () {
    this.timeout(300_000);
    let walk: OrganisationWalk;
    let step = 0;
    before(async () => {
      walk = await beginOrganisationWalk({ width, language });
    });
    after(() => walk?.close());
    afterEach(async function () {
      step += 1;
      await walk.look(`${step}`, this.currentTest?.state === 'passed');
    });

    it('sends its form', () => walk.submit());
    it('waits for its review', () => walk.showWaiting());
    it('is returned once, and sends it again', () => walk.returnOnce());
    it('is approved', () => walk.approve());
    it('invites a clerk, who accepts', () => walk.inviteClerk());
    it('gets two right holders from the clerk', () => walk.addRightHolders());
    it('gets three works from the clerk', () => walk.publishWorks());
  });
