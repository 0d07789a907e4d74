// SPDX-License-Identifier: Apache-2.0
// What goes on record of people: the masked form and the full name in sections of their own, so that each reader is
// given the right one.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  askPayment,
  confirmPayment,
  draftOrder,
  type OrdersPortal,
  orderIn,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember, verify } from '../../../test/support/portal.ts';

describe('sections of an order', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  /** Pays, and answers what went on record. */
  async function contentsOf(member: PortalMember, id: string): Promise<Record<string, unknown>> {
    const { outTradeNo } = await askPayment(member, id);
    await expectStatus(204, confirmPayment(member, outTradeNo));
    await orderIn('UNDER_REVIEW', member, id);
    const [row] = await portal.db.query<{ id: string; cipher: Buffer }>(
      'SELECT id, sections_cipher AS cipher FROM manifest WHERE attestation_id = $1',
      [id],
    );
    const sections = JSON.parse(portal.vault.decryptText(row?.cipher ?? Buffer.of(), `manifest:${row?.id}:sections`));
    return Object.fromEntries(sections.map(({ name, content }: { name: string; content: unknown }) => [name, content]));
  }

  it('hold the masked form of each person in party:n and the full name in person:n', async () => {
    const member = await portal.member({ verified: true });
    const { id, form, version: seen } = await draftOrder(member);
    const authors = [{ source: 'self' }, { source: 'named', name: '鹤翁' }];
    const { version } = (
      await expectStatus(200, member.put(`/attestations/${id}`, { ...form, authors, version: seen }))
    ).body;
    await expectStatus(200, member.post(`/attestations/${id}/submission`, { version }));
    const { idNumber } = (await member.get('/identity')).body;
    const masked = { name: '测**', idNumber };
    const full = { name: '测试员', idType: 'RESIDENT_ID', idNumber };
    expect(await contentsOf(member, id)).to.deep.include({
      'party:1': { role: 'depositor', ...masked },
      'person:1': full,
      'party:2': { role: 'author', ...masked },
      'person:2': full,
      'party:3': { role: 'author', name: '鹤*' },
      'person:3': { name: '鹤翁' },
    });
  });

  it('when the real name changes after the submission, hold the one that was submitted', async () => {
    const member = await portal.member({ verified: true });
    const { id } = await submittedOrder(member);
    await expectStatus(200, verify(member, { name: '改名者' }));
    expect((await contentsOf(member, id))['person:1']).to.include({ name: '测试员' });
  });
});
