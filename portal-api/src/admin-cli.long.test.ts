// SPDX-License-Identifier: Apache-2.0
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { expectStatus, newPhone, startPortal, type TestPortal } from '../../test/support/portal.ts';
import { runNode } from '../../test/support/processes.ts';

const PASSWORD = 'Crane-and-reed-26';

describe('admin-cli', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let passwordFile: string;
  before(async () => {
    portal = await startPortal();
    passwordFile = path.join(portal.dataFolder, 'password');
  });
  after(() => portal.stop());
  beforeEach(async () => {
    writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
    chmodSync(passwordFile, 0o600);
    await portal.db.query('DELETE FROM account_role');
  });

  async function run(...args: string[]): Promise<{ code: unknown; output: string }> {
    const program = runNode(path.join(import.meta.dirname, 'admin-cli.ts'), args, {
      env: { PORTAL_DATABASE_URL: portal.db.url, INKSEAL_DATA: portal.dataFolder },
    });
    return { code: await program.exited, output: program.output() };
  }
  const create = (phone: string, role: string, ...more: string[]) =>
    run('create', '--phone', phone, '--role', role, ...more);

  it('when there is none yet › makes a security administrator who can log in and make others; the log says that the system did', async () => {
    const phone = newPhone();
    const { code, output } = await create(phone, 'security-admin', '--password-file', passwordFile);
    expect(code, output).to.equal(0);
    expect(output)
      .to.match(/^ID\d+ is security-admin$/m)
      .and.to.not.include(PASSWORD);
    const security = portal.visitor();
    await expectStatus(204, security.logIn(phone, PASSWORD));
    expect((await security.get('/me')).body.roles).to.deep.equal(['security-admin']);
    const [entry] = await portal.db.query(
      `SELECT actor, detail FROM audit WHERE action = 'account.create-admin' ORDER BY seq DESC LIMIT 1`,
    );
    expect(entry).to.deep.equal({ actor: 'system', detail: '{"role":"security-admin"}' });
  });

  it('when there is one already › refuses a second one without --another', async () => {
    await create(newPhone(), 'security-admin', '--password-file', passwordFile);
    const phone = newPhone();
    const refused = await create(phone, 'security-admin', '--password-file', passwordFile);
    expect(refused.code).to.equal(1);
    expect(refused.output).to.include('--another');
    expect((await portal.visitor().logIn(phone, PASSWORD)).code).to.equal('credentials-invalid');
    expect((await create(phone, 'security-admin', '--password-file', passwordFile, '--another')).code).to.equal(0);
  });

  it('when the telephone has an account › gives it the role and leaves its password', async () => {
    const member = await portal.member();
    const { code, output } = await create(member.phone, 'admin');
    expect(code, output).to.equal(0);
    expect((await member.get('/me')).body.roles).to.deep.equal(['admin']);
    await expectStatus(204, member.logIn(member.phone, member.password));
  });

  it('when the password is weak, others can read its file, or there is neither file nor terminal › makes nothing', async () => {
    const phone = newPhone();
    const another = ['--another', '--password-file'];
    writeFileSync(passwordFile, 'crane-and-reed\n');
    expect((await create(phone, 'admin', ...another, passwordFile)).output).to.include('password: too-weak');
    writeFileSync(passwordFile, PASSWORD);
    chmodSync(passwordFile, 0o644);
    expect((await create(phone, 'admin', ...another, passwordFile)).output).to.include('0600');
    expect((await create(phone, 'admin', '--another')).output).to.include('--password-file');
    expect((await portal.visitor().logIn(phone, PASSWORD)).code).to.equal('credentials-invalid');
  });

  it('when it does not understand › says how it is used', async () => {
    for (const args of [
      [],
      ['create'],
      ['create', '--phone', '123', '--role', 'admin'],
      ['create', '--phone', newPhone(), '--role', 'reviewer'],
      ['create', '--password', 'x'],
    ]) {
      const { code, output } = await run(...args);
      expect([code, /^usage/m.test(output)]).to.deep.equal([2, true]);
    }
  });
});
