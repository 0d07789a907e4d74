// SPDX-License-Identifier: Apache-2.0
// An organisation in the browser, from its form to the works of its clerk, by the labels of the guide.
import { beginOrganisationWalk, type OrganisationWalk } from './organisation-walk.ts';

describe('an organisation (in order)', function () {
  this.timeout(300_000);
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
  it('G71 审核退回 › when staff return it › shows why, and takes it again', () => walk.returnOnce());
  it('G71 审核通过 › when staff approve it › shows so, and opens the rest', () => walk.approve());
  it('单位成员 › when a clerk is invited › acts for the organisation', () => walk.inviteClerk());
  it('人员档案 › when the clerk adds a person and the organisation › has both', () => walk.addRightHolders());
  it('作品发布 › when the clerk adds three works › has them', () => walk.publishWorks());
});
