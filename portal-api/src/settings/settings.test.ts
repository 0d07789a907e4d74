// SPDX-License-Identifier: Apache-2.0
// Settings over HTTP: who may save them, what is refused, what visitors read, and what the history says.
import { expect } from 'chai';
import { expectStatus, newPhone, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { DEFAULT_SITE, NO_BANK, type SettingValues } from './settings.ts';

/** Of a portal whose environment says nothing else. */
const DEFAULT_VALUES: SettingValues = {
  ...DEFAULT_SITE,
  priceFen: 3_000,
  registrationFen: 3_000,
  refundFourEyesFen: 100_000,
  bank: NO_BANK,
  captchaAfterCodes: 3,
  retention: {
    idImageDays: 30,
    identityDraftDays: 7,
    knownLoginDays: 180,
    messageDays: 1_095,
    invitationDays: 90,
    reportDays: 180,
  },
};
const NAME = { zh: '山东文创版权交易中心', en: 'Shandong Cultural Creative Copyright Trading Center' };

describe('settings', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let admin: StaffMember;
  /** Before anybody saved. */
  let atFirst: { site: unknown; settings: unknown };
  before(async () => {
    portal = await startPortal();
    admin = await staffMember(portal, 'admin');
    atFirst = { site: (await site()).body, settings: await read() };
  });
  after(() => portal.stop());

  const site = () => expectStatus(200, portal.visitor().get('/site'));
  const read = async () => (await expectStatus(200, admin.get('/staff/settings'))).body;
  const formOf = (change: Partial<SettingValues> = {}, basedOn = 0) => ({
    basedOn,
    values: { ...DEFAULT_VALUES, ...change },
    note: '更名',
  });
  /** On top of the newest version. */
  const save = async (change: Partial<SettingValues>) => {
    const { version } = await read();
    return (await expectStatus(200, admin.put('/staff/settings', formOf(change, version)))).body;
  };
  const expectCode = async (status: number, code: string, answer: ReturnType<typeof admin.get>) =>
    expect((await expectStatus(status, answer)).body.code).to.equal(code);

  it('when somebody is not an administrator › refuses to save, and lets auditors read', async () => {
    await expectCode(401, 'unauthenticated', portal.visitor().put('/staff/settings', formOf()));
    await expectCode(403, 'forbidden', (await portal.member()).put('/staff/settings', formOf()));
    await expectCode(403, 'forbidden', (await staffMember(portal, 'reviewer')).get('/staff/settings'));
    const auditor = await staffMember(portal, 'auditor');
    await expectCode(403, 'forbidden', auditor.put('/staff/settings', formOf()));
    await expectStatus(200, auditor.get('/staff/settings'));
  });

  it('when fields are wrong › names each of them', async () => {
    const values = {
      name: { zh: ' ', en: 'a'.repeat(81) },
      short: { zh: '印' },
      telephone: '12',
      hours: { ...DEFAULT_VALUES.hours, fr: '9 h' },
      filing: 1,
      logo: 'x',
      priceFen: 0,
      bank: { holder: '印信', name: '', number: '62-1' },
      captchaAfterCodes: null,
      retention: {
        ...DEFAULT_VALUES.retention,
        idImageDays: 0,
        messageDays: 89,
        reportDays: 1.5,
        invitationDays: '90',
      },
    };
    const { body } = await expectStatus(422, admin.put('/staff/settings', { values, note: '' }));
    const fields = body.errors.map(({ field, code }: Record<string, string>) => `${field} ${code}`);
    expect(fields).to.have.members([
      'basedOn missing',
      'values.name.zh missing',
      'values.name.en too-long',
      'values.short.zh too-short',
      'values.short.en missing',
      'values.telephone malformed',
      'values.hours.fr unknown',
      'values.filing malformed',
      'values.logo unknown',
      'values.priceFen out-of-range',
      'values.registrationFen missing',
      'values.refundFourEyesFen missing',
      'values.bank.name missing',
      'values.bank.number malformed',
      'values.captchaAfterCodes malformed',
      'values.retention.idImageDays out-of-range',
      'values.retention.messageDays out-of-range',
      'values.retention.reportDays malformed',
      'values.retention.invitationDays malformed',
      'note missing',
    ]);
  });

  for (const telephone of [
    '',
    '0531',
    '0531-123',
    '1390000000',
    '400-12-34',
    '<b>0531-00000001</b>',
    '0531-00000001 ext',
  ])
    it(`when the telephone is “${telephone}” › refuses it`, async () => {
      const { body } = await expectStatus(422, admin.put('/staff/settings', formOf({ telephone })));
      expect(body.errors.map(({ field }: { field: string }) => field)).to.deep.equal(['values.telephone']);
    });

  it('when nobody saved any › the values are those of the product and of the environment', () => {
    expect(atFirst.site).to.deep.equal(DEFAULT_SITE);
    expect(atFirst.settings).to.deep.equal({ version: 0, values: DEFAULT_VALUES, history: [] });
  });

  it('when an administrator saves › visitors read it, and history and audit log say who changed what', async () => {
    const before = await save({});
    const saved = await save({ name: NAME, telephone: '０５３１－８８８８６６６６' });
    expect(saved.values).to.include({ telephone: '0531-88886666' });
    const { savedBy, changes } = saved.history[0];
    expect(savedBy).to.match(/^ID\d+$/);
    expect(changes).to.deep.equal([
      { field: 'name.zh', from: before.values.name.zh, to: NAME.zh },
      { field: 'name.en', from: before.values.name.en, to: NAME.en },
      { field: 'telephone', from: before.values.telephone, to: '0531-88886666' },
    ]);
    expect((await site()).body).to.deep.equal({ ...DEFAULT_SITE, name: NAME, telephone: '0531-88886666' });
    const [row] = await portal.db.query(
      `SELECT actor, detail FROM audit WHERE action = 'settings.save' ORDER BY seq DESC`,
    );
    expect(row?.actor).to.equal(`account:${admin.id}`);
    expect(JSON.parse(String(row?.detail))).to.deep.equal({ version: saved.version });
  });

  it('when a visitor asks › lets the answer be kept for a minute, and those of staff not at all', async () => {
    const answer = await fetch(`${portal.url}/api/v1/site`);
    expect(answer.headers.get('Cache-Control')).to.equal('public, max-age=60');
    expect(answer.headers.get('Set-Cookie')).to.equal(null);
    const staff = await fetch(`${portal.url}/api/v1/staff/settings`);
    expect(staff.headers.get('Cache-Control')).to.equal('no-store');
  });

  it('when two save on top of the same version › the second gets version-conflict', async () => {
    const { version } = await read();
    const tries = ['95588', '12345', '4001234567'].map((telephone) =>
      admin.put('/staff/settings', formOf({ telephone }, version)),
    );
    const answers = await Promise.all(tries);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).to.equal('version-conflict');
    await expectCode(409, 'version-conflict', admin.put('/staff/settings', formOf({}, version + 50)));
  });

  it('when price, limit and periods are saved › visitors read the price at once, and the history has old and new', async () => {
    const retention = { ...DEFAULT_VALUES.retention, idImageDays: 14 };
    await save({});
    const saved = await save({ priceFen: 4_550, captchaAfterCodes: 0, retention });
    expect(saved.history[0].changes).to.deep.equal([
      { field: 'priceFen', from: '3000', to: '4550' },
      { field: 'captchaAfterCodes', from: '3', to: '0' },
      { field: 'retention.idImageDays', from: '30', to: '14' },
    ]);
    const { body } = await expectStatus(200, portal.visitor().get('/prices'));
    expect(body).to.deep.equal({ attestationFen: 4_550, registrationFen: 3_000 });
    const code = portal.visitor().post('/sms-codes', { phone: newPhone(), purpose: 'REGISTER' });
    await expectCode(428, 'captcha-required', code);
    await save({});
  });

  it('when the bank account is saved › members with a verified name read it, and nobody reads one that was taken away', async () => {
    const member = await portal.member({ verified: true });
    const read = async () => (await expectStatus(200, member.get('/bank-account'))).body;
    await save({});
    expect(await read()).to.deep.equal({ account: null });
    const bank = { holder: '印信版权存证中心', name: '测试银行济南分行', number: '３７０１ 0012-3456' };
    const saved = await save({ bank });
    expect(saved.history[0].changes.at(-1)).to.deep.equal({ field: 'bank.number', from: '', to: '370100123456' });
    const account = { holder: bank.holder, bank: bank.name, number: '370100123456' };
    expect(await read()).to.deep.equal({ account });
    await expectCode(403, 'identity-required', (await portal.member()).get('/bank-account'));
    await save({});
    expect(await read()).to.deep.equal({ account: null });
  });

  it('when a version was saved before a setting existed › the environment says its value', async () => {
    const { version } = await read();
    await portal.db.query(
      `INSERT INTO setting_version (version, "values", note, saved_by) VALUES (${version + 1}, $1, 'x', $2)`,
      [JSON.stringify(DEFAULT_SITE), admin.id],
    );
    expect(await read()).to.deep.include({ version: version + 1, values: DEFAULT_VALUES });
  });

  it('when somebody who owns the tables tries to change a version › the database refuses', async () => {
    await save({ telephone: '0531-88886667' });
    for (const statement of [
      `UPDATE setting_version SET note = ''`,
      `DELETE FROM setting_version`,
      `TRUNCATE setting_version`,
    ]) {
      const outcome = await portal.db.query(statement).then(
        () => 'changed',
        (error: Error) => String(error.cause ?? error),
      );
      expect(outcome, statement).to.include('versions are never changed');
    }
  });
});
