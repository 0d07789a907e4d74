// SPDX-License-Identifier: Apache-2.0
// The preview of a certificate as its owner opens it, and as everybody else tries to.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  draftOrder,
  type Order,
  type OrdersPortal,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { pageTexts, wholeText } from '../../../test/support/pdf-text.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { addHolder, organisationForm, personForm } from '../../../test/support/right-holders.ts';
import { newId } from '../db/ids.ts';
import { LIMITS } from '../http/rate-limits.ts';

describe('the preview of a certificate', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const save = async (order: Order, changes: object): Promise<Order> => {
    const form = { ...order.form, version: order.version, ...changes };
    return (await expectStatus(200, member.put(`/attestations/${order.id}`, form))).body;
  };
  const previewOf = (id: string, client: PortalClient = member) => client.get(`/attestations/${id}/preview`);
  /** The preview, and whether it could be drawn. */
  const bothOf = (id: string, client: PortalClient = member) =>
    Promise.all([previewOf(id, client), client.post(`/attestations/${id}/completeness`, {})]);

  it('when somebody else asks for it › is not found, and needs a session', async () => {
    const { id } = await draftOrder(member);
    const stranger = await portal.member({ verified: true });
    for (const { code } of await bothOf(id, stranger)) expect(code).to.equal('attestation-not-found');
    for (const { code } of await bothOf(id, portal.visitor())) expect(code).to.equal('unauthenticated');
  });

  it('when the draft has nobody who deposits and lacks more › names all of it', async () => {
    const { id } = await save(await draftOrder(member), { depositors: [], completedOn: null });
    for (const answer of await bothOf(id)) {
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal(['completedOn: missing', 'depositors: missing']);
    }
  });

  it('when the order was submitted › is refused: its content is fixed', async () => {
    const { id } = await submittedOrder(member);
    for (const { code } of await bothOf(id)) expect(code).to.equal('state-conflict');
  });

  it('when the draft is complete › shows all names in full, and 预览 on each of its pages', async () => {
    const { id: company } = await addHolder(member, await organisationForm(member));
    const { id: author } = await addHolder(member, await personForm(member, { name: '孙三', roles: ['AUTHOR'] }));
    const named = Array.from({ length: 8 }, (_, index) => ({ source: 'named', name: `很长的作者姓名之第${index}位` }));
    const { id } = await save(await draftOrder(member), {
      depositors: [
        { source: 'self', shareBasisPoints: 3_334 },
        { source: 'holder', rightHolderId: company, shareBasisPoints: 6_666 },
      ],
      authors: [{ source: 'holder', rightHolderId: author }, ...named],
    });
    await expectStatus(204, member.post(`/attestations/${id}/completeness`, {}));
    const { bytes, headers } = await expectStatus(200, previewOf(id));
    expect(headers.get('content-type')).to.equal('application/pdf');
    expect(headers.get('cache-control')).to.equal('private, no-store');
    const { idNumber } = (await member.get('/identity')).body;
    const text = wholeText(bytes);
    for (const words of [
      '份额Share33.34%',
      '份额Share66.66%',
      `测试员${idNumber}`,
      '青釉文化有限公司913***********0Y43',
      '孙三',
      '鹤华抱枕',
      '鹤华.jpg',
    ])
      expect(text).to.include(words);
    for (const { name } of named) expect(text).to.include(name);
    for (const page of pageTexts(bytes)) expect(page.match(/^预览 PREVIEW$/gm)).to.have.length(3);
  });

  it('has no number, code or proof that could be taken for real, and leaves nothing behind', async () => {
    const before = await draftOrder(member);
    const { bytes } = await expectStatus(200, previewOf(before.id));
    const text = wholeText(bytes);
    expect(text.replaceAll(before.files[0].sha256, '')).to.not.match(/\d{18}/);
    for (const words of ['查询码Look-upcode', '扫码查验本证书']) expect(text).to.not.include(words);
    expect(text).to.include('预览，不是证书：尚未存证，不具法律效力');
    expect(bytes.includes('/EmbeddedFile')).to.equal(false);
    expect((await expectStatus(200, member.get(`/attestations/${before.id}`))).body).to.deep.equal(before);
    const stored = await portal.db.query('SELECT 1 FROM certificate');
    expect(stored).to.have.length(0);
  });

  it('when one address asks for it too often › has to wait', async () => {
    const small = await startOrdersPortal({
      LEDGER_URL: ledger.url,
      LEDGER_API_KEY_FILE: ledger.keyFile,
      RATE_LIMIT_SCALE: '1',
    });
    try {
      const owner = await small.member({ verified: true });
      const { id } = await draftOrder(owner);
      // Counted before anything is drawn.
      const nothing = `/attestations/${newId()}/preview`;
      for (let count = 0; count < LIMITS['certificate-preview'].points; count += 1) await owner.get(nothing);
      expect((await previewOf(id, owner)).code).to.equal('rate-limited');
    } finally {
      await small.stop();
    }
  });
});
