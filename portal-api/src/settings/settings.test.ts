// SPDX-License-Identifier: Apache-2.0
// Settings over HTTP: who may save them, what is refused, what visitors read, and what the history says.
import { expect } from 'chai';
import { expectStatus, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { DEFAULT_VALUES, type SiteValues } from './settings.ts';

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
  const formOf = (change: Partial<SiteValues> = {}, basedOn = 0) => ({
    basedOn,
    values: { ...DEFAULT_VALUES, ...change },
    note: '更名',
  });
  /** On top of the newest version. */
  const save = async (change: Partial<SiteValues>) => {
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

  it('when nobody saved any › visitors read the values of the product', () => {
    expect(atFirst.site).to.deep.equal(DEFAULT_VALUES);
    expect(atFirst.settings).to.deep.equal({ version: 0, values: DEFAULT_VALUES, history: [] });
  });

  it('when an administrator saves › visitors read it, and history and audit log say who changed what', async () => {
    const before = await read();
    const saved = await save({ name: NAME, telephone: '０５３１－８８８８６６６６' });
    expect(saved.values).to.include({ telephone: '0531-88886666' });
    const { savedBy, changes } = saved.history[0];
    expect(savedBy).to.match(/^ID\d+$/);
    expect(changes).to.deep.equal([
      { field: 'name.zh', from: before.values.name.zh, to: NAME.zh },
      { field: 'name.en', from: before.values.name.en, to: NAME.en },
      { field: 'telephone', from: before.values.telephone, to: '0531-88886666' },
    ]);
    expect((await site()).body).to.deep.equal({ ...DEFAULT_VALUES, name: NAME, telephone: '0531-88886666' });
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
