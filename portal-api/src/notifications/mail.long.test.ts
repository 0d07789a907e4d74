// SPDX-License-Identifier: Apache-2.0
// Mails of events, as they arrive at a real mail server.
import { expect } from 'chai';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { findMailpit, type Mailpit, startMailpit } from '../../../test/support/mailpit.ts';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { notify } from './notify.ts';

const program = findMailpit();
/** Longer than a mail server that is away is left alone. */
const WITHIN = { withinMs: 60_000, everyMs: 200 };

describe(`mails of events${program ? '' : ' (skipped: no Mailpit; set MAILPIT_BIN)'}`, function () {
  this.timeout(90_000);
  let port: number;
  let mailpit: Mailpit;
  let portal: TestPortal;
  let member: PortalMember;
  let email: string;
  let rounds = 0;
  before(async function () {
    if (!program) return this.skip();
    port = await freePort();
    mailpit = await startMailpit(program, { port });
    portal = await startPortal({
      environment: {
        MAIL_DRIVER: 'smtp',
        MAIL_SMTP_URL: `smtp://127.0.0.1:${port}`,
        MAIL_FROM: 'notice@evidence.example',
      },
    });
  });
  after(async () => {
    await portal?.stop();
    await mailpit?.stop();
  });
  beforeEach(async () => {
    member = await portal.member({ verified: true });
    email = `crane-${Date.now()}@example.org`;
    const contact = { email, address: '山东省济南市历下区测试路2号' };
    await expectStatus(200, member.put('/identity/contact', contact));
  });

  const tell = async () => {
    rounds += 1;
    const [account] = await portal.db.query('SELECT id FROM account ORDER BY created_at DESC LIMIT 1');
    const data = { title: '鹤华抱枕', orderNumber: '1311051137889075200' };
    await portal.db.transaction((tx) =>
      notify(tx, {
        to: { accountId: account?.id },
        kind: 'order-withdrawn',
        subject: 'attestation:1',
        round: rounds,
        data,
      }),
    );
  };
  const arrived = () =>
    eventually(async () => {
      const mails = await mailpit.mailsTo(email);
      return mails.length > 0 && mails;
    }, WITHIN);

  it('when an event happens › sends one mail in the member’s language, with a link to its subject', async () => {
    await tell();
    const [mail] = await arrived();
    expect(mail?.subject).to.equal('《鹤华抱枕》已视为撤回');
    expect(mail?.text).to.include(`${portal.url}/member/attestations/1`).and.to.include('1311051137889075200');
    await expectStatus(200, member.put('/message-preference', { language: 'en', off: { sms: [], mail: [] } }));
    await tell();
    await eventually(async () => (await mailpit.mailsTo(email)).length === 2, WITHIN);
    const [second] = await mailpit.mailsTo(email);
    expect(second?.subject).to.equal('“鹤华抱枕” counts as withdrawn');
    expect(second?.text).to.include('sent automatically');
  });

  it('when the mail server is away › delays no event, and the mail arrives when it is back', async () => {
    await mailpit.stop();
    await tell();
    expect((await expectStatus(200, member.get('/messages'))).body.unread).to.equal(1);
    await eventually(
      async () =>
        (await portal.db.query(`SELECT 1 FROM outbox WHERE topic = 'message-mail' AND last_error IS NOT NULL`))[0],
      WITHIN,
    );
    mailpit = await startMailpit(program ?? '', { port });
    const mails = await arrived();
    expect(mails.map(({ subject }) => subject)).to.deep.equal(['《鹤华抱枕》已视为撤回']);
    const [row] = await portal.db.query(
      `SELECT attempts, parked_at FROM outbox WHERE topic = 'message-mail' ORDER BY id DESC LIMIT 1`,
    );
    expect(row?.parked_at, 'an outage parks nothing').to.equal(null);
  });
});
