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
import { organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, newResidentId, type PortalMember, verify } from '../../../test/support/portal.ts';
import { addHolder, organisationForm, personForm } from '../../../test/support/right-holders.ts';
import type { Owner } from '../http/members.ts';
import { identityRecordOf } from '../parties/index.ts';

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
    await expectStatus(200, member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }));
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

  it('G130 G131 G132 G133 when right holders are chosen › hold the version that was submitted, organisations in full and shares for the holder alone', async () => {
    const member = await portal.member({ verified: true });
    const personal = await personForm(member, { name: '王小明' });
    const [person, organisation] = [
      await addHolder(member, personal),
      await addHolder(member, await organisationForm(member)),
    ];
    const chosen = ({ id }: { id: string }) => ({ source: 'holder', rightHolderId: id });
    const { id, form, version: seen } = await draftOrder(member);
    const depositors = [
      { ...chosen(organisation), shareBasisPoints: 3_334 },
      { source: 'self', shareBasisPoints: 6_666 },
    ];
    const change = { ...form, depositors, authors: [chosen(person)] };
    const saved = await expectStatus(200, member.put(`/attestations/${id}`, { ...change, version: seen }));
    await expectStatus(
      200,
      member.post(`/attestations/${id}/submission`, { version: saved.body.version, priceFen: 3_000 }),
    );
    const renamed = { ...personal, name: '王大明', version: 1 };
    await expectStatus(200, member.put(`/right-holders/${person.id}`, renamed));
    const shown = (await member.get(`/attestations/${id}`)).body.rightHolders;
    expect(shown.map(({ name }: { name: string }) => name).toSorted()).to.deep.equal(['王小明', '青釉文化有限公司']);
    const numbers = { person: person.documentNumber, organisation: organisation.documentNumber };
    const company = { name: '青釉文化有限公司', idNumber: numbers.organisation };
    expect(await contentsOf(member, id)).to.deep.include({
      'party:1': { role: 'depositor', ...company },
      'person:1': { ...company, idType: 'BUSINESS_LICENCE', shareBasisPoints: '3334' },
      'party:3': { role: 'author', name: '王**', idNumber: numbers.person },
      'person:3': { name: '王小明', idType: 'RESIDENT_ID', idNumber: numbers.person },
    });
    const [row] = await portal.db.query(
      'SELECT frozen::text AS frozen, form::text AS form FROM attestation WHERE id = $1',
      [id],
    );
    for (const name of ['王小明', '青釉文化']) expect(`${row?.frozen}${row?.form}`).to.not.include(name);
  });

  it("when a right holder has an expired document, no such role, is archived or another's › names each in the form", async () => {
    const [member, other] = [await portal.member({ verified: true }), await portal.member({ verified: true })];
    const add = async (owner: PortalMember, part: object) => (await addHolder(owner, await personForm(owner, part))).id;
    const [expired, author, archived, foreign] = [
      await add(member, {}),
      await add(member, { roles: ['AUTHOR'] }),
      await add(member, {}),
      await add(other, {}),
    ];
    await portal.db.query('UPDATE right_holder_version SET valid_until = $2 WHERE right_holder_id = $1', [
      expired,
      '2020-01-01',
    ]);
    await expectStatus(200, member.put(`/right-holders/${archived}/archived`, { isArchived: true }));
    const chosen = (rightHolderId: string) => ({ source: 'holder', rightHolderId });
    const { id, form, version: seen } = await draftOrder(member);
    const change = {
      ...form,
      depositors: [expired, author, archived, foreign].map(chosen),
      authors: [expired, author, author].map(chosen),
    };
    const { version } = (await expectStatus(200, member.put(`/attestations/${id}`, { ...change, version: seen }))).body;
    expect((await member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 })).fields).to.deep.equal([
      'authors.0: expired',
      'authors.2: duplicate',
      'depositors.0: expired',
      'depositors.1: mismatch',
      'depositors.2: not-found',
      'depositors.3: not-found',
    ]);
    expect(
      (await member.get(`/attestations/${id}`)).body.rightHolders.map(
        ({ rightHolderId }: { rightHolderId: string }) => rightHolderId,
      ),
    ).to.not.include(foreign);
  });

  it('when the real name changes after the submission, hold the one that was submitted', async () => {
    const member = await portal.member({ verified: true });
    const { id } = await submittedOrder(member);
    await expectStatus(200, verify(member, { name: '改名者' }));
    expect((await contentsOf(member, id))['person:1']).to.include({ name: '测试员' });
  });

  describe('the identity record of its owner', () => {
    const recordOf = (owner: Owner, at = new Date()) => identityRecordOf(portal.db.prisma, owner, at);

    it('when the real name changed since › is as it stood then, and there is none from before', async () => {
      const member = await portal.member({ verified: true });
      const owner = { accountId: await accountOf(member), organisationId: null };
      const [then, first] = [new Date(), await recordOf(owner)];
      await expectStatus(200, verify(member, { name: '改名者', idNumber: newResidentId() }));
      expect(await recordOf(owner, then)).to.deep.equal(first);
      expect(await recordOf(owner)).to.include({ name: '改**', document: 'RESIDENT_ID', check: null });
      expect(first).to.include({ subject: 'person', name: '测**' }).and.have.property('reviewedAt').with.length(0);
      expect(await recordOf(owner, new Date(Number(first?.verifiedAt) - 1))).to.equal(undefined);
    });

    it('when it is an organisation › says when staff passed it', async () => {
      const manager = await portal.member({ verified: true });
      const organisationId = await organisationOf(portal, [[manager, 'MANAGER']]);
      const record = await recordOf({ accountId: await accountOf(manager), organisationId });
      expect(record).to.include({ subject: 'organisation', document: 'CREDIT_CODE' });
      const [reviewedAt, ...more] = record?.reviewedAt ?? [];
      expect(Math.abs(Number(record?.verifiedAt) - Number(reviewedAt))).to.be.below(5_000);
      expect(more).to.deep.equal([]);
      expect(record?.number).to.match(/^[0-9A-Z]{2,6}\*+[0-9A-Z]{2,4}$/);
    });

    async function accountOf({ phone }: PortalMember): Promise<string> {
      const { id } = await portal.db.prisma.account.findFirstOrThrow({
        where: { phoneIndex: portal.vault.blindIndex('phone', phone) },
      });
      return id;
    }
  });
});
