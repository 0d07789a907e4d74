// SPDX-License-Identifier: Apache-2.0
// Over HTTP, at every field whose text a certificate prints.
import { expect } from 'chai';
import { draftOrder, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import {
  expectStatus,
  type PortalAnswer,
  type PortalMember,
  photo,
  uploadFile,
  verify,
} from '../../../test/support/portal.ts';

const MONGOLIAN = 'ᠮᠮᠣ';
const NAMED = 'ᠮᠣ';

describe('text that a certificate cannot print', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
  });
  after(() => portal.stop());

  const faultsOf = ({ body }: PortalAnswer) =>
    body.errors.map(({ field, code, characters }: Record<string, string>) => [field, code, characters]);

  it('when it is a real name, is refused at the field, with the characters', async () => {
    const other = await portal.member();
    expect(faultsOf(await verify(other, { name: 'Qaq\u0304' }))).to.deep.equal([['name', 'unprintable', 'q\u0304']]);
    expect((await other.get('/identity')).body.state).to.equal('NONE');
  });

  it('when a work is a draft › accepts it; when it is archived › refuses title and file', async () => {
    const uploadId = await uploadFile(member, `${MONGOLIAN}.jpg`, await photo(500, 401));
    const form = {
      title: `鹤${MONGOLIAN}`,
      intro: '说明可以写任何文字 ᠮ',
      creatorNature: 'PERSONAL',
      publishCategory: 'DESIGN',
      tags: ['图'],
      completedOn: '2025-06-01',
      files: [{ uploadId }],
      cover: uploadId,
      display: [{ uploadId }],
    };
    await expectStatus(201, member.post('/works', { ...form, state: 'DRAFT' }));
    expect(faultsOf(await member.post('/works', { ...form, state: 'ARCHIVED' }))).to.deep.equal([
      ['title', 'unprintable', NAMED],
      ['files.0', 'unprintable', NAMED],
    ]);
  });

  it('when an order is submitted, is refused at every field that is printed, before anything is frozen', async () => {
    const { id, form, version: seen } = await draftOrder(member);
    const changed = {
      ...form,
      title: MONGOLIAN,
      workType: 'OTHER',
      workTypeNote: `注${MONGOLIAN}`,
      authors: [{ source: 'self' }, { source: 'named', name: MONGOLIAN }],
    };
    const { version } = (await expectStatus(200, member.put(`/attestations/${id}`, { ...changed, version: seen })))
      .body;
    expect(faultsOf(await member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }))).to.deep.equal([
      ['title', 'unprintable', NAMED],
      ['workTypeNote', 'unprintable', NAMED],
      ['authors.1.name', 'unprintable', NAMED],
    ]);
    expect((await member.get(`/attestations/${id}`)).body.state).to.equal('DRAFT');
  });

  it('when a form asks while somebody types, is named text by text', async () => {
    const texts = ['鹤华', MONGOLIAN, ''];
    const { body } = await expectStatus(200, member.post('/print-checks', { texts }));
    expect(body).to.deep.equal({ unprintable: ['', NAMED, ''] });
    expect((await portal.visitor().post('/print-checks', { texts })).code).to.equal('unauthenticated');
    expect((await member.post('/print-checks', { texts: ['x'.repeat(401)] })).fields).to.deep.equal([
      'texts.0: too-long',
    ]);
  });
});
