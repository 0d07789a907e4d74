// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  archivedWork,
  askPayment,
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalAnswer, type PortalMember } from '../../../test/support/portal.ts';
import { changeSettings } from '../../../test/support/settings.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';

const DAY_MS = 86_400_000;

describe('attestations over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let stranger: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    stranger = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const save = (order: Order, changes: object) =>
    member.put(`/attestations/${order.id}`, { ...order.form, version: order.version, ...changes });
  const submit = (order: Order, owner = member) =>
    owner.post(`/attestations/${order.id}/submission`, { version: order.version, priceFen: 3_000 });

  /** Both come while the work is locked, one after the other; neither has looked at it before the lock is free. */
  async function inTurn(workId: string, first: () => Promise<PortalAnswer>, second: () => Promise<PortalAnswer>) {
    const waiters = (count: number) => async () => {
      const [found] = await portal.db.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return found?.n === count;
    };
    return portal.db.transaction(async (tx) => {
      await lockRow(tx, 'work', workId);
      const answers = [first()];
      await eventually(waiters(1));
      answers.push(second());
      await eventually(waiters(2));
      return () => Promise.all(answers);
    });
  }

  describe('a draft', () => {
    it('when its work is changed or deleted in the moment of its submission › the submission holds the work', async () => {
      await member.csrfHeader();
      for (const change of [
        (id: string) => member.put(`/works/${id}`, { title: 'x', state: 'DRAFT', version: 1 }),
        (id: string) => member.delete(`/works/${id}`),
      ]) {
        const order = await draftOrder(member);
        const { workId } = order;
        const answers = await inTurn(
          workId,
          () => submit(order),
          () => change(workId),
        );
        const [submission, changed] = await answers();
        expect(submission?.status).to.equal(200);
        expect(changed?.code).to.equal('work-under-review');
      }
    });

    it('is made of the work, once, with a number of 19 digits that sorts by time', async () => {
      const workId = await archivedWork(member);
      const { body: first } = await expectStatus(201, member.post('/attestations', { workId }));
      expect(first.form).to.deep.include({ title: '鹤华抱枕', authors: [{ source: 'self' }], workType: 'FINE_ART' });
      expect(first.orderNumber).to.match(/^[1-9]\d{18}$/);
      expect((await member.post('/attestations', { workId })).body.id).to.equal(first.id);
      const second = await draftOrder(member);
      expect(BigInt(second.orderNumber) > BigInt(first.orderNumber)).to.equal(true);
    });

    it("when the work is another's or itself a draft › there is no order", async () => {
      const workId = await archivedWork(member);
      expect((await stranger.post('/attestations', { workId })).code).to.equal('work-not-found');
      const { body } = await member.post('/works', { title: 'x', state: 'DRAFT' });
      expect((await member.post('/attestations', { workId: body.id })).code).to.equal('state-conflict');
    });

    it('when it lacks everything › saves, and the submission names every field at once', async () => {
      const order = await draftOrder(member);
      const empty = {
        title: ' ',
        tags: [],
        depositors: [],
        authors: [{ source: 'named', name: '' }],
        creationNature: 'ADAPTATION',
        workType: 'OTHER',
        acquisition: null,
        term: { kind: 'FIXED', from: '2025-02-01', to: '2025-01-01' },
        completedOn: null,
        files: [],
        display: [],
      };
      const { body } = await expectStatus(200, save(order, empty));
      const answer = await submit(body);
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal([
        'acquisition: missing',
        'authors.0.name: missing',
        'completedOn: missing',
        'creationNote: missing',
        'depositors: missing',
        'files: missing',
        'tags: missing',
        'term.to: out-of-range',
        'title: missing',
        'workTypeNote: missing',
      ]);
    });

    it('when shapes are wrong › refuses to save and names each', async () => {
      const answer = await save(await draftOrder(member), { workType: 'SONG', tags: ['a', 'a'], price: 1 });
      expect(answer.fields).to.deep.equal(['price: unknown', 'tags: duplicate', 'workType: not-an-option']);
    });

    it("when files are another work's › they are not found", async () => {
      const [order, other] = [await draftOrder(member), await draftOrder(member)];
      const answer = await save(order, { files: [...order.form.files, ...other.form.files, { uploadId: newId() }] });
      expect(answer.fields).to.deep.equal(['files.1: not-found', 'files.2: not-found']);
    });

    it('when two windows edit it › the second gets version-conflict', async () => {
      const order = await draftOrder(member);
      await expectStatus(200, save(order, { title: '一' }));
      expect((await save(order, { title: '二' })).code).to.equal('version-conflict');
      expect((await submit(order)).code).to.equal('version-conflict');
    });

    it('can be deleted, and goes with its work', async () => {
      const [first, second] = [await draftOrder(member), await draftOrder(member)];
      expect((await stranger.delete(`/attestations/${first.id}`)).code).to.equal('attestation-not-found');
      await expectStatus(204, member.delete(`/attestations/${first.id}`));
      await expectStatus(204, member.delete(`/works/${second.workId}`));
      for (const { id } of [first, second]) expect((await member.get(`/attestations/${id}`)).status).to.equal(404);
    });
  });

  describe('a submitted order', () => {
    it('holds form and work as they are', async () => {
      const order = await submittedOrder(member);
      expect(order).to.include({ state: 'SUBMITTED', round: 1 });
      expect(order.allowed).to.deep.equal(['pay', 'cancel']);
      expect((await save(order, {})).code).to.equal('state-conflict');
      expect((await submit(order)).code).to.equal('state-conflict');
      expect((await member.delete(`/attestations/${order.id}`)).code).to.equal('state-conflict');
      expect((await member.post('/attestations', { workId: order.workId })).code).to.equal('state-conflict');
      expect((await member.delete(`/works/${order.workId}`)).code).to.equal('work-under-review');
    });

    it("another's is not found, whatever is asked", async () => {
      const { id, version, form } = await submittedOrder(member);
      const [{ uploadId }] = form.files;
      const asked = [
        stranger.get(`/attestations/${id}`),
        stranger.post(`/attestations/${id}/cancellation`, {}),
        stranger.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }),
        stranger.post(`/attestations/${id}/payments`, { channel: 'sandbox' }),
        stranger.get(`/attestations/${id}/payments/current`),
      ];
      for (const answer of await Promise.all(asked)) expect(answer.code).to.equal('attestation-not-found');
      const content = await stranger.get(`/attestations/${id}/files/${uploadId}/content`);
      expect(content.code).to.equal('file-not-found');
      await expectStatus(200, member.get(`/attestations/${id}/files/${uploadId}/content`));
      await expectStatus(200, member.get(`/attestations/${id}/files/${uploadId}/thumbnail`));
    });

    it('when the price changes before it is submitted › refuses it, and takes it for the new one', async () => {
      const admin = await staffMember(portal, 'admin');
      const [draft, agreed] = [await draftOrder(member), await submittedOrder(member)];
      const submitFor = (priceFen: unknown) =>
        member.post(`/attestations/${draft.id}/submission`, { version: draft.version, priceFen });
      await changeSettings(admin, { priceFen: 4_550 });
      try {
        for (const old of [3_000, 4_551, 0]) expect((await submitFor(old)).code).to.equal('price-changed');
        expect((await submitFor(undefined)).fields).to.deep.equal(['priceFen: missing']);
        expect(await readOrder(member, draft.id)).to.include({ state: 'DRAFT', priceFen: null, submittedAt: null });
        const { body } = await expectStatus(200, submitFor(4_550));
        expect(body).to.include({ state: 'SUBMITTED', priceFen: 4_550 });
        // What was agreed to stands, however often a code is asked for.
        await changeSettings(admin, { priceFen: 6_000 });
        for (const [id, amountFen] of [
          [agreed.id, 3_000],
          [draft.id, 4_550],
        ])
          for (const renew of [false, true]) expect(await askPayment(member, id, renew)).to.include({ amountFen });
      } finally {
        await changeSettings(admin, { priceFen: 3_000 });
      }
    });

    it('can be cancelled, which frees the work', async () => {
      const { id, workId } = await submittedOrder(member);
      const { body } = await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
      expect(body).to.include({ state: 'CANCELLED' });
      expect((await member.post(`/attestations/${id}/cancellation`, {})).code).to.equal('state-conflict');
      await expectStatus(201, member.post('/attestations', { workId }));
    });

    it('is closed when nobody pays for seven days, code and all', async () => {
      const { id } = await submittedOrder(member);
      await askPayment(member, id);
      await portal.sweep(new Date(Date.now() + 6 * DAY_MS));
      expect((await readOrder(member, id)).state).to.equal('AWAITING_PAYMENT');
      await portal.sweep(new Date(Date.now() + 8 * DAY_MS));
      const closed = await readOrder(member, id);
      expect(closed.state).to.equal('CLOSED');
      expect(closed.payment.state).to.equal('CLOSED');
    });

    it('puts on record nothing that identifies a person', async () => {
      const { id } = await paidOrder(member);
      await orderIn('UNDER_REVIEW', member, id);
      const [row] = await portal.db.query<{ id: string; cipher: Buffer; frozen: object }>(
        `SELECT m.id, m.sections_cipher AS cipher, a.frozen FROM manifest m JOIN attestation a ON a.id = m.attestation_id
          WHERE a.id = $1`,
        [id],
      );
      const sections = portal.vault.decryptText(row?.cipher ?? Buffer.of(), `manifest:${row?.id}:sections`);
      expect(JSON.parse(sections).map((section: { name: string }) => section.name)).to.deep.equal([
        'files',
        'work',
        'party:1',
        'party:2',
        'person:1',
        'person:2',
      ]);
      expect(sections)
        .to.match(/"idNumber":"370\*{11}\d{3}[\dX]"/)
        .and.not.include('37010219900307');
      expect(JSON.stringify(row?.frozen)).to.not.include('测试员').and.not.include('37010219900307');
    });
  });

  describe('GET /attestations', () => {
    it('lists mine alone, page by page, searched and sorted', async () => {
      const owner = await portal.member({ verified: true });
      const orders: Order[] = [];
      for (const title of ['丙', '甲 100% Ink', '乙']) {
        const draft = await draftOrder(owner);
        const form = { ...draft.form, version: draft.version, title };
        orders.push((await expectStatus(200, owner.put(`/attestations/${draft.id}`, form))).body);
      }
      const list = async (query: string) => (await expectStatus(200, owner.get(`/attestations?${query}`))).body;
      const titles = ({ items }: { items: { title: string }[] }) => items.map(({ title }) => title);
      const first = await list('limit=2');
      expect(titles(first)).to.deep.equal(['乙', '甲 100% Ink']);
      expect(titles(await list(`limit=2&cursor=${first.next}`))).to.deep.equal(['丙']);
      for (const part of ['100%', 'k', '甲', '% INK'])
        expect(titles(await list(`search=${encodeURIComponent(part)}`)), part).to.deep.equal(['甲 100% Ink']);
      // The same pairs of characters in another order.
      expect(titles(await list('search=0010'))).to.deep.equal([]);
      expect(titles(await list(`search=${orders[0].orderNumber}`))).to.deep.equal(['丙']);
      expect((await list('state=SUBMITTED')).items).to.deep.equal([]);
      expect((await list('sort=title')).items).to.have.length(3);
      expect((await owner.get('/attestations?sort=price')).fields).to.deep.equal(['sort: not-an-option']);
      expect((await owner.get(`/attestations?sort=title&cursor=${first.next}`)).fields).to.deep.equal([
        'cursor: malformed',
      ]);
    });

    it('stands in the order of first submissions, a draft where it was created', async () => {
      const owner = await portal.member({ verified: true });
      const [first, second] = [await draftOrder(owner), await draftOrder(owner)];
      await expectStatus(
        200,
        owner.post(`/attestations/${first.id}/submission`, { version: first.version, priceFen: 3_000 }),
      );
      const third = await draftOrder(owner);
      const list = async (query: string) => (await expectStatus(200, owner.get(`/attestations?${query}`))).body;
      const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
      const page = await list('limit=2');
      expect(ids(page)).to.deep.equal([third.id, first.id]);
      expect(ids(await list(`limit=2&cursor=${page.next}`))).to.deep.equal([second.id]);
      expect(ids(await list('sort=submittedAt'))).to.deep.equal([second.id, first.id, third.id]);
    });
  });
});
