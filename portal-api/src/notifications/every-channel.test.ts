// SPDX-License-Identifier: Apache-2.0
// Each kind of message as its reader gets it: in the inbox, by text message and by mail, in both languages.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { DAY, ID, sampleOf, TITLE } from '../../../test/support/message-samples.ts';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { LANGUAGES, type Language } from './kind.ts';
import { type DataOf, KIND_NAMES, KINDS, type KindName } from './kinds.ts';
import { notify } from './notify.ts';

interface Sent {
  kind?: string;
  subject?: string;
  text: string;
}

describe('each kind of message, as it arrives', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let member: PortalMember;
  let accountId: string;
  before(async () => {
    portal = await startPortal();
    member = await portal.member({ verified: true });
    await expectStatus(200, member.put('/identity/contact', { email: MAIL, address: '山东省济南市历下区测试路2号' }));
    const [account] = await portal.db.query('SELECT id FROM account ORDER BY created_at DESC LIMIT 1');
    accountId = String(account?.id);
  });
  after(() => portal.stop());

  const MAIL = 'crane@example.org';
  const outbox = (file: 'sms' | 'mail', to: string): Sent[] => {
    const name = path.join(portal.dataFolder, `${file}-outbox.jsonl`);
    const lines = existsSync(name) ? readFileSync(name, 'utf8').split('\n').filter(Boolean) : [];
    return lines.map((line) => JSON.parse(line)).filter((each) => !each.code && (each.phone ?? each.to) === to);
  };
  const sentBy = (channel: 'sms' | 'mail') =>
    KIND_NAMES.filter((name) => KINDS[name].channels.some((each) => each === channel));
  const tellAll = (round: number) =>
    portal.db.transaction(async (tx) => {
      for (const kind of KIND_NAMES) {
        const data = sampleOf(KINDS[kind].data) as DataOf<KindName>; // of this kind's own schema
        await notify(tx, { to: { accountId }, kind, subject: `test:${ID}`, round, data });
      }
    });
  const isDue = (kind: KindName) => /deadline|expiresAt/.test(JSON.stringify(sampleOf(KINDS[kind].data)));

  async function expectEach(language: Language, before: { sms: number; mail: number }) {
    const { items } = (await expectStatus(200, member.get('/messages?limit=100'))).body;
    const sms = outbox('sms', member.phone).slice(before.sms);
    const mails = outbox('mail', MAIL).slice(before.mail);
    for (const kind of KIND_NAMES) {
      const inbox = items.find((each: { kind: string }) => each.kind === kind);
      const text = inbox.text[language];
      const { channels } = KINDS[kind];
      const byMail = mails.find(({ subject }) => subject === text.title);
      const bySms = sms.find((each) => each.kind === kind);
      if (isDue(kind)) expect(text.body, kind).to.include(DAY);
      expect(Boolean(byMail), `${kind} by mail`).to.equal((channels as readonly string[]).includes('mail'));
      expect(Boolean(bySms), `${kind} by SMS`).to.equal((channels as readonly string[]).includes('sms'));
      if (byMail)
        expect(byMail.text, kind)
          .to.include(text.body)
          .and.to.include(portal.url + inbox.path);
      if (bySms && isDue(kind)) expect(bySms.text, kind).to.include(DAY);
      if (bySms) expect(bySms.text, kind).to.not.include(TITLE);
    }
    return { items, sms, mails };
  }

  for (const [index, language] of LANGUAGES.entries())
    it(`when members read ${language} › each channel says what happened, until when, and where to go on`, async () => {
      const before = { sms: outbox('sms', member.phone).length, mail: outbox('mail', MAIL).length };
      await expectStatus(200, member.put('/message-preference', { language, off: { sms: [], mail: [] } }));
      await tellAll(index + 1);
      await eventually(
        () =>
          outbox('sms', member.phone).length === before.sms + sentBy('sms').length &&
          outbox('mail', MAIL).length === before.mail + sentBy('mail').length,
        { withinMs: 60_000 },
      );
      const all = JSON.stringify(await expectEach(language, before));
      const { fullName, idNumber } = (await expectStatus(200, member.get('/identity'))).body;
      for (const personal of [fullName, idNumber]) expect(all).to.not.include(personal);
    });

  it('when groups are switched off for a channel › that channel carries only the required ones', async () => {
    const off = { sms: ['certificates', 'security'], mail: ['certificates'] };
    await expectStatus(200, member.put('/message-preference', { language: 'zh', off }));
    const before = { sms: outbox('sms', member.phone).length, mail: outbox('mail', MAIL).length };
    const left = (channel: 'sms' | 'mail') =>
      sentBy(channel).filter((name) => !off[channel].includes(KINDS[name].group));
    await tellAll(3);
    const arrived = () => ({
      sms: outbox('sms', member.phone)
        .slice(before.sms)
        .map(({ kind }) => kind),
      mail: outbox('mail', MAIL).slice(before.mail),
    });
    await eventually(
      async () =>
        (await portal.db.query(`SELECT 1 FROM outbox WHERE topic LIKE 'message-%' AND done_at IS NULL`)).length === 0,
      { withinMs: 60_000 },
    );
    expect(arrived().sms).to.have.members(left('sms'));
    expect(arrived().mail).to.have.length(left('mail').length);
    expect(left('sms').length).to.be.below(left('mail').length);
  });
});
