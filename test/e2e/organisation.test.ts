// SPDX-License-Identifier: Apache-2.0
// An organisation in the browser: its form by the labels of the guide, and what is open while it waits for its review.
import { beginOrganisationWalk, type OrganisationWalk } from './organisation-walk.ts';

describe('an organisation (in order)', function () {
  this.timeout(300_000);
  this.bail(true);
  let walk: OrganisationWalk;
  let step = 0;
  before(async () => {
    walk = await beginOrganisationWalk({ width: 1440, language: 'zh' });
  });
  after(() => walk?.close());
  afterEach(async function () {
    step += 1;
    await walk.look(`${step}`, this.currentTest?.state === 'passed');
  });

  it('G52 G62 G63 G64 G65 G66 G67 G68 G69 单位 › when the form is complete › is sent to 系统审核', () => walk.submit());

  it('G70 审核中 › when another page is opened › leads back to 资料档案', () => walk.showWaiting());
});
