// SPDX-License-Identifier: Apache-2.0
// The mail driver against a real mail server that shows what arrived.
import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { findMailpit, type Mailpit, type MailpitOptions, startMailpit } from '../../../test/support/mailpit.ts';
import { DomainError } from '../errors.ts';
import { NotYet } from '../queue/failures.ts';
import type { MailMessage } from './message.ts';
import { type SmtpServer, smtpMail } from './smtp.ts';

const program = findMailpit();
const FROM = 'notice@evidence.example';

describe(`mails over SMTP${program ? '' : ' (skipped: no Mailpit; set MAILPIT_BIN)'}`, function () {
  this.timeout(30_000);
  let mailpit: Mailpit | undefined;
  let refused: object[] = [];
  before(function () {
    if (!program) this.skip();
  });
  afterEach(async () => {
    await mailpit?.stop();
    [mailpit, refused] = [undefined, []];
  });

  const start = async (options: MailpitOptions = {}): Promise<Mailpit> => {
    mailpit = await startMailpit(program ?? '', options);
    return mailpit;
  };
  const driver = (server: Partial<SmtpServer> & { port: number }, restMs = 1_000) =>
    smtpMail(
      { host: '127.0.0.1', isImplicitTls: false, from: FROM, ...server },
      { restMs, onRefused: (refusal) => void refused.push(refusal) },
    );
  const mail = (to: string, more: Partial<MailMessage> = {}): MailMessage => ({
    id: '019aaaaa-0000-7000-8000-000000000001',
    to,
    language: 'zh',
    subject: '《鹤华抱枕》审核退回，共 2 项',
    text: '请在 2026-12-28 前修改。\n1. 图像不清晰：𠮷野家\n2. .\n.\nhttps://evidence.example/member',
    ...more,
  });
  const failureOf = (work: Promise<void>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('when a mail has Chinese and rare characters › they arrive as they were, in subject and body', async () => {
    const server = await start();
    const message = mail('crane@example.org');
    await driver(server)(message);
    const [arrived] = await server.mailsTo('crane@example.org');
    expect(arrived?.subject).to.equal(message.subject);
    expect(arrived?.text.trimEnd()).to.equal(message.text);
    expect(arrived?.from).to.equal(FROM);
    expect(arrived?.messageId).to.equal(`${message.id}@evidence.example`);
    expect(arrived?.raw)
      .to.match(/^Auto-Submitted: auto-generated\r?$/m)
      .and.match(/^Content-Language: zh-CN\r?$/m);
    const signs = [...(arrived?.raw ?? '')].map((sign) => sign.codePointAt(0) ?? 0);
    expect(Math.max(...signs), 'only ASCII on the wire').to.be.below(128);
  });

  for (const [what, more] of Object.entries({
    subject: { subject: '审核退回\r\nBcc: thief@example.org' },
    'subject, with a bare line feed': { subject: '审核退回\nBcc: thief@example.org' },
    address: { to: 'crane@example.org\r\nBcc: thief@example.org' },
  }))
    it(`when a line break is in the ${what} › refuses it, and sends nothing`, async () => {
      const server = await start();
      const failure = await failureOf(driver(server)(mail('crane@example.org', more)));
      expect(failure).to.be.instanceOf(DomainError).and.to.have.property('code', 'internal');
      for (const address of ['crane@example.org', 'thief@example.org'])
        expect(await server.mailsTo(address)).to.deep.equal([]);
    });

  it('when an address holds a comma › never sends to two', async () => {
    const server = await start();
    await failureOf(driver(server)(mail('crane@example.org,thief@example.org')));
    for (const address of ['crane@example.org', 'thief@example.org'])
      expect(await server.mailsTo(address)).to.deep.equal([]);
  });

  it('when the server speaks TLS and wants a login › gives it, to the right certificate only', async () => {
    const login = { user: 'portal', password: 'p-4711' };
    const server = await start({ security: 'tls', login });
    const secure = { ...server, host: 'localhost', isImplicitTls: true, login, authority: server.certificate };
    await driver(secure)(mail('crane@example.org'));
    expect(await server.mailsTo('crane@example.org')).to.have.length(1);
    for (const wrong of [{ authority: undefined }, { login: { ...login, password: 'wrong' } }]) {
      const failure = await failureOf(driver({ ...secure, ...wrong })(mail('other@example.org')));
      expect(failure).to.be.instanceOf(DomainError).and.to.have.property('code', 'mail-unavailable');
    }
    expect(await server.mailsTo('other@example.org')).to.deep.equal([]);
  });

  it('when a server elsewhere offers no STARTTLS › sends it nothing', async () => {
    const server = await start();
    // Another name of this machine, which the driver does not know as such.
    const failure = await failureOf(driver({ ...server, host: 'ip6-localhost.invalid' })(mail('crane@example.org')));
    expect(failure).to.have.property('code', 'mail-unavailable');
    const here = await failureOf(driver({ ...server, host: '0.0.0.0' })(mail('crane@example.org')));
    expect(here).to.have.property('code', 'mail-unavailable');
    expect(await server.mailsTo('crane@example.org')).to.deep.equal([]);
  });

  it('when the server refuses an address for good › says so and gives up; for now › asks to come again', async () => {
    const server = await start();
    const send = driver(server);
    await server.answerRecipients(550);
    await send(mail('nobody@example.org'));
    expect(refused).to.deep.equal([{ id: mail('').id, responseCode: 550 }]);
    await server.answerRecipients(451);
    expect(await failureOf(send(mail('busy@example.org')))).to.be.instanceOf(NotYet);
    await server.answerRecipients(undefined);
    await send(mail('busy@example.org'));
    expect(await server.mailsTo('busy@example.org')).to.have.length(1);
    expect(refused).to.have.length(1);
  });

  it('when the server is away › fails once, rests, and sends when it is back', async () => {
    const port = await freePort();
    const send = driver({ port }, 500);
    expect(await failureOf(send(mail('crane@example.org')))).to.have.property('code', 'mail-unavailable');
    expect(await failureOf(send(mail('crane@example.org')))).to.be.instanceOf(NotYet);
    const server = await start({ port });
    await eventually(async () => (await failureOf(send(mail('crane@example.org')))) === undefined);
    expect(await server.mailsTo('crane@example.org')).to.have.length(1);
  });

  it('when the server takes connections and says nothing › lets two mails wait, and no more', async () => {
    const sockets: Socket[] = [];
    const silent: Server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const send = driver({ port: typeof address === 'object' && address ? address.port : 0 });
    const waiting = [failureOf(send(mail('a@example.org'))), failureOf(send(mail('b@example.org')))];
    expect(await failureOf(send(mail('c@example.org')))).to.be.instanceOf(NotYet);
    await eventually(() => sockets.length === 2);
    for (const socket of sockets) socket.destroy();
    for (const failure of await Promise.all(waiting)) expect(failure).to.have.property('code', 'mail-unavailable');
    silent.close();
  });
});
