// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import {
  expectStatus,
  newResidentId,
  type PortalMember,
  startPortal,
  type TestPortal,
} from '../../../test/support/portal.ts';
import {
  addHolder,
  DECLARATION,
  HAIDIAN,
  holderImage,
  LIXIA,
  organisationForm,
  personForm,
} from '../../../test/support/right-holders.ts';
import { dayInChina } from '../china-time.ts';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => dayInChina(new Date(Date.now() + days * DAY_MS));
const period = (to: string, from = '2016-01-01') => ({ kind: 'PERIOD', from, to });

describe('right holders over HTTP', function () {
  this.timeout(30_000);
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());
  beforeEach(async () => {
    member = await portal.member({ verified: true });
  });

  const add = (form: object) => member.post('/right-holders', form);
  const list = async (query = '') => (await expectStatus(200, member.get(`/right-holders${query}`))).body.items;
  const namesIn = async (query = '') => (await list(query)).map(({ name }: { name: string }) => name);

  it('G102 G103 when the form is empty › names every wrong field at once', async () => {
    expect((await add({})).fields).to.deep.equal([
      'backImageId: missing',
      'contactPhone: missing',
      'declaration: consent-missing',
      'documentAddress: missing',
      'documentNumber: missing',
      'frontImageId: missing',
      'name: missing',
      'region: missing',
      'roles: missing',
      'validity: missing',
    ]);
    expect((await add({ nature: 'ORGANISATION', documentType: 'BUSINESS_LICENCE' })).fields).to.include.members([
      'email: missing',
      'legalRepresentative: missing',
      'licenceImageId: missing',
    ]);
  });

  it('G104 to G111 when each field is wrong › names all of them with what is wrong', async () => {
    const form = {
      ...(await personForm(member)),
      name: '张',
      documentNumber: '370102199003072416',
      contactPhone: '12345',
      documentAddress: '短',
      region: '379999',
      validity: period('2020-01-01', '2021-01-01'),
      frontImageId: await holderImage(member, 'back'),
      declaration: '2020-01-01',
    };
    expect((await add(form)).fields).to.deep.equal([
      'contactPhone: malformed',
      'declaration: consent-missing',
      'documentAddress: too-short',
      'documentNumber: checksum-wrong',
      'frontImageId: not-found',
      'name: too-short',
      'region: not-an-option',
      'validity.to: out-of-range',
    ]);
  });

  it('G114 when a person is complete › is added, and shown with the number and the telephone masked', async () => {
    const number = newResidentId();
    const form = await personForm(member, { name: ' 阿卜杜拉•买买提 ', documentNumber: ` ${number.toLowerCase()} ` });
    const holder = await addHolder(member, form);
    expect(holder).to.deep.include({
      version: 1,
      name: '阿卜杜拉·买买提',
      roles: ['OWNER', 'AUTHOR'],
      documentNumber: `370***********${number.slice(-4)}`,
      contactPhone: '139****1234',
      validUntil: null,
      documentState: 'VALID',
      isSelf: false,
      isArchived: false,
    });
    expect((await member.get(`/right-holders/${holder.id}`)).body).to.deep.equal(holder);
    expect(await list()).to.deep.equal([holder]);
  });

  it('G106 when the number is in the list already, archived or not › says duplicate; another member may have it', async () => {
    const form = await personForm(member);
    const { id } = await addHolder(member, form);
    await expectStatus(200, member.put(`/right-holders/${id}/archived`, { isArchived: true }));
    expect((await add(form)).fields).to.deep.equal(['documentNumber: duplicate']);
    const other = await portal.member({ verified: true });
    await addHolder(other, await personForm(other, { documentNumber: form.documentNumber }));
    const twice = await personForm(member);
    const answers = await Promise.all([add(twice), add(twice)]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([201, 422]);
  });

  it('G113 when a person is from outside the home province › demands the residence permit', async () => {
    const form = await personForm(member, { region: HAIDIAN });
    expect((await add(form)).fields).to.deep.equal(['permitImageId: missing']);
    await addHolder(member, { ...form, permitImageId: await holderImage(member, 'permit') });
    const permit = { documentType: 'HK_MO_TW_PERMIT', documentNumber: '810000199001010019', region: HAIDIAN };
    await addHolder(member, await personForm(member, permit));
    const passport = { documentType: 'PASSPORT', documentNumber: 'e12345678', region: '', backImageId: '' };
    await addHolder(member, await personForm(member, passport));
    expect((await add(await personForm(member, { documentNumber: '810000199001010019' }))).fields).to.deep.equal([
      'documentNumber: mismatch',
    ]);
  });

  it('G115 when it is an organisation › takes code, licence, representative, e-mail and a landline', async () => {
    const holder = await addHolder(member, await organisationForm(member));
    expect(holder).to.deep.include({ nature: 'ORGANISATION', name: '青釉文化有限公司', isCodeUnchecked: false });
    const wrong = await organisationForm(member, { documentType: 'RESIDENT_ID', contactPhone: '88880000' });
    expect((await add(wrong)).fields).to.include.members(['contactPhone: malformed', 'documentType: not-an-option']);
  });

  it('G115 when an early credit code fails its check › is taken once it was compared with the licence, and says so', async () => {
    const form = await organisationForm(member, { documentNumber: '91350100M000100Y44' });
    expect((await add(form)).fields).to.deep.equal(['documentNumber: checksum-wrong']);
    expect(await addHolder(member, { ...form, isCodeCompared: true })).to.include({ isCodeUnchecked: true });
    const person = await personForm(member, { documentNumber: '370102199003072416', isCodeCompared: true });
    expect((await add(person)).fields).to.deep.equal(['documentNumber: checksum-wrong']);
  });

  it('G109 G110 when the document ends › is expiring thirty days before, and expired the day after its last', async () => {
    expect((await add(await personForm(member, { validity: period(dayIn(-1)) }))).fields).to.deep.equal([
      'validity.to: expired',
    ]);
    expect((await add(await personForm(member, { validity: { kind: 'PERIOD' } }))).fields).to.deep.equal([
      'validity.from: missing',
      'validity.to: missing',
    ]);
    for (const [days, state] of [
      [0, 'EXPIRING'],
      [30, 'EXPIRING'],
      [31, 'VALID'],
    ] as const)
      expect(await addHolder(member, await personForm(member, { validity: period(dayIn(days)) }))).to.include({
        documentState: state,
        validUntil: dayIn(days),
      });
    const { id } = await addHolder(member, await personForm(member, { name: '过期', validity: period(dayIn(3)) }));
    await portal.db.query('UPDATE right_holder_version SET valid_until = $2 WHERE right_holder_id = $1', [
      id,
      dayIn(-1),
    ]);
    expect(await namesIn('?state=EXPIRED')).to.deep.equal(['过期']);
    expect(await list('?state=EXPIRING')).to.have.length(2);
    expect(await list('?state=VALID')).to.have.length(1);
  });

  it('when it is edited › keeps the versions with what changed, and the number unless another is given', async () => {
    const form = await personForm(member);
    const { id } = await addHolder(member, form);
    const left = (await expectStatus(200, member.get(`/right-holders/${id}/form`))).body;
    expect(left).to.deep.include({ savedAt: null });
    expect(left.form).to.deep.include({
      name: '张三丰',
      documentNumber: '',
      region: LIXIA,
      roles: ['OWNER', 'AUTHOR'],
    });
    const change = { ...left.form, name: '张君宝', region: HAIDIAN, declaration: DECLARATION, version: 1 };
    expect((await member.put(`/right-holders/${id}`, change)).fields).to.deep.equal(['permitImageId: missing']);
    change.permitImageId = await holderImage(member, 'permit');
    const { body } = await expectStatus(200, member.put(`/right-holders/${id}`, change));
    expect(body).to.include({
      version: 2,
      name: '张君宝',
      documentNumber: `370***********${form.documentNumber.slice(-4)}`,
    });
    expect((await member.put(`/right-holders/${id}`, change)).code).to.equal('version-conflict');
    const { items } = (await expectStatus(200, member.get(`/right-holders/${id}/versions`))).body;
    expect(items.map(({ savedAt: _, documentNumber: __, ...item }: Record<string, unknown>) => item)).to.deep.equal([
      { version: 2, name: '张君宝', declaration: DECLARATION, changed: ['name', 'region', 'permitImageId'] },
      { version: 1, name: '张三丰', declaration: DECLARATION, changed: [] },
    ]);
  });

  it('when it is archived › leaves the list and comes back', async () => {
    const { id } = await addHolder(member, await personForm(member));
    const put = (isArchived: boolean) => expectStatus(200, member.put(`/right-holders/${id}/archived`, { isArchived }));
    expect((await put(true)).body.isArchived).to.equal(true);
    expect(await list()).to.deep.equal([]);
    expect(await list('?isArchived=true')).to.have.length(1);
    await put(false);
    await put(false);
    expect(await list()).to.have.length(1);
  });

  it('G100 when somebody searches › finds part of the name or the whole number, filtered and page by page', async () => {
    const number = newResidentId();
    await addHolder(member, await personForm(member, { name: '王一一', documentNumber: number, roles: ['AUTHOR'] }));
    for (const name of ['王二二', '李三三', 'Wang Four']) await addHolder(member, await personForm(member, { name }));
    await addHolder(member, await organisationForm(member));
    expect(await namesIn('?search=王')).to.deep.equal(['王二二', '王一一']);
    expect(await namesIn('?search=wang')).to.deep.equal(['Wang Four']);
    expect(await namesIn(`?search=${number.toLowerCase()}`)).to.deep.equal(['王一一']);
    expect(await namesIn(`?search=${number.slice(0, 17)}`)).to.deep.equal([]);
    expect(await namesIn('?role=AUTHOR&nature=PERSONAL&search=王一')).to.deep.equal(['王一一']);
    expect(await namesIn('?nature=ORGANISATION')).to.deep.equal(['青釉文化有限公司']);
    const names: string[] = [];
    for (let query = '?search=王&limit=1'; query; ) {
      const { items, next } = (await expectStatus(200, member.get(`/right-holders${query}`))).body;
      names.push(...items.map(({ name }: { name: string }) => name));
      query = next && `?search=王&limit=1&cursor=${next}`;
    }
    expect(names).to.deep.equal(['王二二', '王一一']);
  });

  it("when somebody guesses another's id › finds nothing to read, edit, archive or use", async () => {
    const form = await personForm(member);
    const { id } = await addHolder(member, form);
    const other = await portal.member({ verified: true });
    const tries = [
      other.get(`/right-holders/${id}`),
      other.get(`/right-holders/${id}/form`),
      other.get(`/right-holders/${id}/versions`),
      other.put(`/right-holders/${id}`, { ...form, version: 1 }),
      other.put(`/right-holders/${id}/form`, {}),
      other.put(`/right-holders/${id}/archived`, { isArchived: true }),
    ];
    for (const answer of await Promise.all(tries)) expect(answer.code).to.equal('right-holder-not-found');
    const stolen = await personForm(other, { frontImageId: form.frontImageId });
    expect((await other.post('/right-holders', stolen)).fields).to.deep.equal(['frontImageId: not-found']);
    const unverified = await portal.member();
    expect((await unverified.get('/right-holders')).code).to.equal('identity-required');
    expect((await portal.visitor().get('/right-holders')).code).to.equal('unauthenticated');
  });

  it('when a form is left half filled › gives it back for some days, for a new entry and for each that is edited', async () => {
    expect((await member.get('/right-holder-form')).body).to.deep.equal({ form: null, savedAt: null });
    await expectStatus(204, member.put('/right-holder-form', { name: '半', documentNumber: '3701' }));
    expect((await member.get('/right-holder-form')).body.form).to.include({ name: '半', documentNumber: '3701' });
    const { id } = await addHolder(member, await personForm(member));
    expect((await member.get('/right-holder-form')).body.form).to.equal(null);
    await expectStatus(204, member.put(`/right-holders/${id}/form`, { name: '改' }));
    expect((await member.get(`/right-holders/${id}/form`)).body.form.name).to.equal('改');
    await portal.sweep(new Date(Date.now() + 8 * DAY_MS));
    expect((await member.get(`/right-holders/${id}/form`)).body.form.name).to.equal('张三丰');
  });

  it('when it is saved › leaves an audit row with the version of the declaration and nothing personal', async () => {
    const { id } = await addHolder(member, await personForm(member));
    const rows = await portal.db.query('SELECT action, detail FROM audit WHERE subject = $1', [`right-holder:${id}`]);
    expect(rows).to.deep.equal([
      { action: 'right-holder.create', detail: JSON.stringify({ version: 1, declaration: DECLARATION }) },
    ]);
  });
});
