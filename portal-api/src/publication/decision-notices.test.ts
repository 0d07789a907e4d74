// SPDX-License-Identifier: Apache-2.0
// What owners are told when staff decide about their public works: in the inbox, by mail and by text message.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { archiveWork, makeStaff, submitPublication } from '../../../test/support/publications.ts';

const MAIL = 'owner@example.org';
const REASON = { ground: 'COPYRIGHT', text: '与他人作品相同。' };

interface Mail {
  subject: string;
  text: string;
}

describe('decisions about public works, as their owner hears of them', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let owner: PortalMember;
  let staff: PortalMember;
  let colleague: PortalMember;
  before(async () => {
    portal = await startPortal();
    [owner, staff, colleague] = [
      await portal.member({ verified: true }),
      await makeStaff(portal, 'reviewer'),
      await makeStaff(portal, 'senior-reviewer'),
    ];
    const contact = { email: MAIL, address: '山东省济南市历下区测试路2号' };
    await expectStatus(200, owner.put('/identity/contact', contact));
  });
  after(() => portal.stop());

  const sent = (file: 'sms' | 'mail'): Record<string, string>[] => {
    const name = path.join(portal.dataFolder, `${file}-outbox.jsonl`);
    const lines = existsSync(name) ? readFileSync(name, 'utf8').split('\n').filter(Boolean) : [];
    return lines.map((line) => JSON.parse(line));
  };
  const inbox = async (kind: string) =>
    (await expectStatus(200, owner.get('/messages?limit=100'))).body.items.find(
      (each: { kind: string }) => each.kind === kind,
    );
  const mailWith = (subject: string) =>
    eventually(async () => sent('mail').find((each) => each.to === MAIL && each.subject === subject), {
      withinMs: 60_000,
    }) as Promise<unknown> as Promise<Mail>; // lines of our own driver

  it('when works are refused, approved, taken down, restored and refused again › each decision reaches inbox, mail and telephone', async () => {
    const title = '青花人偶';
    const work = await archiveWork(owner, { title });
    let publication = (await expectStatus(200, submitPublication(owner, work))).body.publication;
    const decide = async (by: PortalMember, decision: string, reason = {}) => {
      const body = { round: publication.round, decision, ...reason };
      await expectStatus(200, by.post(`/staff/publications/${publication.id}/decision`, body));
    };
    const appeal = () =>
      expectStatus(200, owner.post(`/works/${work.id}/publication/appeal`, { text: '作品是我画的。' }));
    const hears = async (kind: string, subject: string) => {
      const message = await inbox(kind);
      expect(message.text.zh.title).to.equal(subject);
      const mail = await mailWith(subject);
      expect(mail.text).to.include(message.text.zh.body).and.to.include(`/member/works/${work.id}/publication`);
      await eventually(async () => sent('sms').some((each) => each.phone === owner.phone && each.kind === kind), {
        withinMs: 60_000,
      });
      return message.text.zh.body;
    };

    await decide(staff, 'REFUSE', REASON);
    expect(await hears('publication-refused', `《${title}》公开审核未通过`)).to.include(REASON.text);
    publication = (await expectStatus(200, submitPublication(owner, work))).body.publication;
    await decide(staff, 'APPROVE');
    await hears('publication-approved', `《${title}》已公开展示`);
    await decide(staff, 'TAKE_DOWN', REASON);
    expect(await hears('publication-taken-down', `《${title}》已从公共网站下架`)).to.include(REASON.text);
    await appeal();
    await decide(colleague, 'RESTORE');
    await hears('publication-restored', `《${title}》申诉成立，已恢复展示`);
    await decide(staff, 'TAKE_DOWN', REASON);
    await appeal();
    await decide(colleague, 'UPHOLD', REASON);
    expect(await hears('publication-upheld', `《${title}》申诉不成立，维持下架`)).to.include(REASON.text);
    const twice = (await expectStatus(200, owner.get('/messages?limit=100'))).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'publication-taken-down',
    );
    expect(twice, 'each time it was taken down').to.have.length(2);
  });
});
