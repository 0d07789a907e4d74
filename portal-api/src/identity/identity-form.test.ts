// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import {
  expectStatus,
  newResidentId,
  type PortalMember,
  startPortal,
  type TestPortal,
  verify,
} from '../../../test/support/portal.ts';

const DAY_MS = 86_400_000;
const EMPTY = {
  documentType: 'CARD',
  name: '',
  idNumber: '',
  nationality: '',
  birthDate: '',
  expiresOn: '',
  email: '',
  address: '',
  frontImageId: '',
  backImageId: '',
};

describe('real-name form over HTTP', () => {
  let portal: TestPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());
  beforeEach(async () => {
    member = await portal.member();
  });

  const read = async () => (await expectStatus(200, member.get('/identity/form'))).body;

  it('when somebody leaves it half filled › gives it back to them alone, and keeps nothing in clear', async () => {
    expect(await read()).to.deep.equal({ form: EMPTY, savedAt: null });
    const idNumber = newResidentId();
    const form = { ...EMPTY, name: '欧阳小', idNumber: idNumber.slice(0, 12), email: 'half@' };
    await expectStatus(204, member.put('/identity/form', form));
    const left = await read();
    expect(left.form).to.deep.equal(form);
    expect(left.savedAt).to.be.a('string');
    const other = await portal.member();
    expect((await expectStatus(200, other.get('/identity/form'))).body.form).to.deep.equal(EMPTY);
    const rows = await portal.db.query<{ text: string }>('SELECT t::text AS text FROM identity_draft t');
    for (const secret of ['欧阳小', idNumber.slice(0, 12), 'half@']) {
      expect(rows[0]?.text).to.not.include(secret).and.to.not.include(Buffer.from(secret).toString('hex'));
    }
  });

  it('when it holds too much, or what does not belong there › names it', async () => {
    const form = { ...EMPTY, name: 'x'.repeat(200), frontImageId: 'no id', consent: true };
    expect((await member.put('/identity/form', form)).fields).to.deep.equal([
      'consent: unknown',
      'frontImageId: malformed',
      'name: too-long',
    ]);
    expect((await portal.visitor().get('/identity/form')).code).to.equal('unauthenticated');
  });

  it('when it is saved, or left for a week › is forgotten', async () => {
    await expectStatus(204, member.put('/identity/form', { ...EMPTY, name: '测' }));
    await portal.sweep(new Date(Date.now() + 6 * DAY_MS));
    expect((await read()).form.name).to.equal('测');
    await portal.sweep(new Date(Date.now() + 8 * DAY_MS));
    expect((await read()).form.name).to.equal('');
    await expectStatus(204, member.put('/identity/form', { ...EMPTY, name: '测' }));
    await expectStatus(200, verify(member));
    expect((await read()).savedAt).to.equal(null);
  });

  it('when somebody is verified › starts from what is on record, without the number and the card', async () => {
    await expectStatus(200, verify(member));
    const { form } = await read();
    const address = '山东省济南市历下区测试路1号';
    expect(form).to.deep.equal({ ...EMPTY, name: '测试员', email: 'test@example.org', address });
  });

  it('when the e-mail address changes › needs neither number nor card, and stays verified as of before', async () => {
    const contact = { email: 'new@example.org', address: '山东省青岛市市南区测试路2号' };
    expect((await member.put('/identity/contact', contact)).code).to.equal('identity-required');
    await expectStatus(200, verify(member));
    const before = (await member.get('/identity')).body;
    const wrong = await member.put('/identity/contact', { email: 'a@b@c', address: 'x' });
    expect(wrong.fields).to.deep.equal(['address: too-short', 'email: malformed']);
    const { body } = await expectStatus(200, member.put('/identity/contact', contact));
    expect(body).to.deep.equal({ ...before, version: 2, email: 'n***@example.org' });
    expect((await read()).form).to.include({ ...contact, name: '测试员' });
    const again = await Promise.all([1, 2, 3].map(() => member.put('/identity/contact', contact)));
    expect(again.map(({ body: { version } }) => version).toSorted()).to.deep.equal([3, 4, 5]);
    expect((await member.get('/works')).status).to.equal(200);
  });
});
