// SPDX-License-Identifier: Apache-2.0
// Content pages over HTTP: what visitors read, what staff save, and that nothing that was said disappears.
import { expect } from 'chai';
import { expectStatus, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { PAGE_SLUGS } from './pages.ts';

const FORM = {
  zh: { title: '关于我们', body: '第一段。\n\n- 一\n- 二' },
  en: { title: 'About us', body: 'A paragraph.' },
  note: '改写介绍',
};

describe('content pages', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let admin: StaffMember;
  before(async () => {
    portal = await startPortal();
    admin = await staffMember(portal, 'admin');
  });
  after(() => portal.stop());

  const read = async (slug: string) => (await expectStatus(200, portal.visitor().get(`/pages/${slug}`))).body;
  /** On top of the newest version. */
  const save = async (slug: string, change: object = {}) => {
    const { version } = await read(slug);
    return (await expectStatus(200, admin.put(`/staff/pages/${slug}`, { ...FORM, basedOn: version, ...change }))).body;
  };
  const expectCode = async (status: number, code: string, answer: ReturnType<typeof admin.get>) =>
    expect((await expectStatus(status, answer)).body.code).to.equal(code);

  it('when there is no such page or version › answers page-not-found', async () => {
    for (const path of ['nothing', 'cart', 'terms/versions/999', 'terms/versions/0', 'terms/versions/one'])
      await expectCode(404, 'page-not-found', portal.visitor().get(`/pages/${path}`));
    await expectCode(404, 'page-not-found', admin.get('/staff/pages/nothing'));
    await expectCode(404, 'page-not-found', admin.get('/staff/pages/about/versions/99'));
    await expectCode(404, 'page-not-found', admin.put('/staff/pages/nothing', { ...FORM, basedOn: 1 }));
  });

  it('when somebody is not an administrator › refuses to save, and lets auditors read', async () => {
    const body = { ...FORM, basedOn: 1 };
    await expectCode(401, 'unauthenticated', portal.visitor().put('/staff/pages/about', body));
    await expectCode(403, 'forbidden', (await portal.member()).put('/staff/pages/about', body));
    await expectCode(403, 'forbidden', (await staffMember(portal, 'reviewer')).get('/staff/pages'));
    const auditor = await staffMember(portal, 'auditor');
    await expectCode(403, 'forbidden', auditor.put('/staff/pages/about', body));
    await expectStatus(200, auditor.get('/staff/pages/about'));
  });

  it('when fields are wrong › names each of them', async () => {
    const text = { title: ' ', body: 'a'.repeat(50_001) };
    const { body } = await expectStatus(422, admin.put('/staff/pages/about', { zh: text, en: { title: 1 }, extra: 1 }));
    const fields = body.errors.map(({ field, code }: Record<string, string>) => `${field} ${code}`);
    expect(fields).to.have.members([
      'basedOn missing',
      'zh.title missing',
      'zh.body too-long',
      'en.title malformed',
      'en.body missing',
      'note missing',
      'extra unknown',
    ]);
  });

  it('when the product was just installed › shows a first version of every page in both languages', async () => {
    const { items } = (await expectStatus(200, portal.visitor().get('/pages'))).body;
    expect(items.map(({ slug }: { slug: string }) => slug)).to.deep.equal(PAGE_SLUGS);
    expect(JSON.stringify(items)).not.to.include('savedBy');
    for (const slug of PAGE_SLUGS) {
      const page = await read(slug);
      for (const text of [page.zh, page.en])
        expect(text.title && text.body, slug)
          .to.be.a('string')
          .and.not.equal('');
    }
  });

  it('when staff saves a version › visitors read it, the history and the audit log have it', async () => {
    const saved = await save('about', { zh: { title: '关于本中心', body: '<script>alert(1)</script>\r\n新' } });
    expect(saved.history[0]).to.include({ version: saved.newest, note: FORM.note });
    expect(saved.history[0].savedBy).to.match(/^ID\d+$/);
    expect(saved.history.at(-1)).to.include({ version: 1, savedBy: null });
    const page = await read('about');
    // Markdown is kept as it was written: whoever shows it makes no HTML of it.
    expect(page.zh).to.deep.equal({ title: '关于本中心', body: '<script>alert(1)</script>\n新' });
    expect(page.versions).to.have.length(1);
    const old = (await expectStatus(200, admin.get('/staff/pages/about/versions/1'))).body;
    expect(old).to.include({ version: 1, newest: saved.newest });
    const [row] = await portal.db.query(`SELECT actor, detail FROM audit WHERE action = 'page.save' ORDER BY seq DESC`);
    expect(row?.actor).to.equal(`account:${admin.id}`);
  });

  it('when two save on top of the same version › the second gets version-conflict', async () => {
    const { version } = await read('licensing');
    const tries = ['一', '二', '三'].map((note) =>
      admin.put('/staff/pages/licensing', { ...FORM, note, basedOn: version }),
    );
    const answers = await Promise.all(tries);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).to.equal('version-conflict');
    await expectCode(409, 'version-conflict', admin.put('/staff/pages/licensing', { ...FORM, basedOn: version + 50 }));
  });

  it('when the terms change › every version stays readable with its day; of other pages only the newest is public', async () => {
    const first = await read('terms');
    await save('terms', { zh: { title: '用户协议', body: '新的协议。' } });
    const now = await read('terms');
    expect(now.versions.map(({ version }: { version: number }) => version)).to.deep.equal([
      first.version + 1,
      ...first.versions.map(({ version }: { version: number }) => version),
    ]);
    const old = (await expectStatus(200, portal.visitor().get(`/pages/terms/versions/${first.version}`))).body;
    expect(old.zh).to.deep.equal(first.zh);
    await save('contact');
    await expectCode(404, 'page-not-found', portal.visitor().get('/pages/contact/versions/1'));
  });

  it('when somebody who owns the tables tries to change a version › the database refuses', async () => {
    for (const statement of [
      `UPDATE page_version SET body_zh = ''`,
      `DELETE FROM page_version`,
      `TRUNCATE page_version CASCADE`,
    ]) {
      const outcome = await portal.db.query(statement).then(
        () => 'changed',
        (error: Error) => String(error.cause ?? error),
      );
      expect(outcome, statement).to.include('versions are never changed');
    }
  });
});
