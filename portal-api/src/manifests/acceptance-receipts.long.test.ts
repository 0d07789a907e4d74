// SPDX-License-Identifier: Apache-2.0
// Acceptance receipts 受理回执 as owners see them, with a real ledger; and what a ledger that lies can do with them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  encodeReceipt,
  parseReceipt,
  RECEIPT_MEDIA_TYPE,
  signReceipt,
  verifyReceipt,
} from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type LedgerBetween, standBetween } from '../../../test/support/ledger-between.ts';
import {
  approve,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { decide, readRegistration, reviewableRegistration } from '../../../test/support/registrations.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';

const WITHIN = { withinMs: 60_000 };

describe('acceptance receipts of orders', function () {
  this.timeout(120_000);
  let ledger: WholeLedger;
  let keyFile: string;
  before(async () => {
    keyFile = path.join(temporaryFolder(), 'receipt.key');
    ledger = await startWholeLedger(undefined, { RECEIPT_KEY_FILE: keyFile });
  });
  after(() => ledger.stop());

  const ask = async (route: string): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${readFileSync(ledger.keyFile, 'utf8').trim()}` };
    return Buffer.from(await (await fetch(ledger.url + route, { headers })).arrayBuffer());
  };

  describe('when the ledger gives them', () => {
    let portal: OrdersPortal;
    let member: PortalMember;
    before(async () => {
      portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
      member = await portal.member({ verified: true });
    });
    after(() => portal.stop());

    it('the owner of an order downloads the bytes of the ledger, and sees the promise kept', async () => {
      const { id } = await paidOrder(member);
      const { receipt } = await settled(() => readOrder(member, id), 'submission');
      expect(receipt).to.include({ state: 'KEPT', purpose: 'submission' });
      const answer = await expectStatus(200, member.get(`/attestations/${id}/receipt`));
      expect(answer.headers.get('content-type')).to.equal(RECEIPT_MEDIA_TYPE);
      expect(answer.headers.get('content-disposition')).to.include(`${receipt.number}.receipt.json`);
      expect(answer.bytes).to.deep.equal(await ask(`/v1/entries/${receipt.number}/receipt`));
      const { verdict } = await verifyReceipt(answer.bytes, { trust: await ask('/v1/trust') });
      expect(verdict).to.equal('pending');

      await approve(await portal.reviewer(), id);
      const certified = await orderIn('CERTIFIED', member, id);
      const { receipt: newer } = await settled(() => readOrder(member, id), 'attestation');
      expect(newer).to.include({ state: 'KEPT', number: certified.certificate.number });
      const { bytes } = await expectStatus(200, member.get(`/attestations/${id}/receipt`));
      expect(parseReceipt(bytes)).to.include({ kind: 'attestation', number: newer.number });
    });

    it('nobody else gets one, and an order that is not on record has none', async () => {
      const { id } = await paidOrder(member);
      await settled(() => readOrder(member, id), 'submission');
      const stranger = await portal.member({ verified: true });
      expect((await stranger.get(`/attestations/${id}/receipt`)).code).to.equal('attestation-not-found');
      expect((await stranger.get(`/registrations/${id}/receipt`)).code).to.equal('registration-not-found');
      expect((await portal.visitor().get(`/attestations/${id}/receipt`)).status).to.equal(401);
    });

    it('a registration has one from its entry on', async () => {
      const { id } = await reviewableRegistration(member);
      expect((await readRegistration(member, id)).receipt).to.equal(null);
      const early = await member.get(`/registrations/${id}/receipt`);
      expect([early.status, early.code]).to.deep.equal([404, 'receipt-not-found']);
      await expectStatus(200, decide(await staffMember(portal, 'reviewer'), id, { level: 'initial' }));
      await expectStatus(200, decide(await staffMember(portal, 'senior-reviewer'), id, { level: 'final' }));
      const { receipt } = await settled(() => readRegistration(member, id), 'registration');
      expect(receipt.state).to.equal('KEPT');
      const { bytes } = await expectStatus(200, member.get(`/registrations/${id}/receipt`));
      expect(parseReceipt(bytes)).to.include({ kind: 'registration', number: receipt.number });
    });
  });

  describe('when what the portal hears is not what the ledger says', () => {
    let portal: OrdersPortal;
    let member: PortalMember;
    let between: LedgerBetween;
    let change: Parameters<typeof forge>[1];
    let holdsFinals: boolean;
    let alerts: Record<string, unknown>[];
    before(async () => {
      between = await standBetween(ledger.url, async (route) => {
        if (holdsFinals && route.includes('state=final')) return 503;
        return route.endsWith('/receipt') ? forge(await ask(route), change) : undefined;
      });
      const log = (line: string) => {
        const entry = JSON.parse(line);
        if (entry.alert === 'receipt') alerts.push(entry);
      };
      const environment = { LEDGER_URL: between.url, LEDGER_API_KEY_FILE: ledger.keyFile, LOG_LEVEL: 'error' };
      portal = await startOrdersPortal(environment, log);
      member = await portal.member({ verified: true });
    });
    after(async () => {
      await portal.stop();
      between.stop();
    });
    beforeEach(async () => {
      change = {};
      holdsFinals = false;
      await eventually(hasNoneOpen, WITHIN);
      alerts = [];
    });

    /** What an earlier test has refused is asked for again: it would get the receipts of the next test. */
    async function hasNoneOpen(): Promise<boolean> {
      const open = await portal.db.query(
        "SELECT id FROM manifest WHERE receipt_state IS NULL OR receipt_state = 'PROMISED'::text::receipt_state",
      );
      return open.length === 0;
    }

    /** Signed by the ledger's own key. */
    const forge = (
      bytes: Buffer,
      changes: { sha256?: string; number?: string; isShort?: boolean; signature?: string },
    ) => {
      const { mediaType: _, key: _k, signature: _s, ...promised } = parseReceipt(bytes);
      const { signature, isShort, ...other } = changes;
      const anchorBy = new Date(Date.parse(promised.receivedAt) + 1).toISOString();
      const secret = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex');
      const signed = signReceipt({ ...promised, ...(isShort && { anchorBy }), ...other }, secret);
      return encodeReceipt({ ...signed, ...(signature && { signature }) });
    };

    for (const [what, changes] of [
      ['another digest', { sha256: 'ab'.repeat(32) }],
      ['another number', { number: '100000000999999999' }],
      ['no signature of the key', { signature: 'ab'.repeat(64) }],
    ] as const) {
      it(`a receipt with ${what} › is never handed on, raises an alert, and keeps nothing waiting`, async () => {
        change = changes;
        const { id } = await paidOrder(member);
        await eventually(() => alerts.length > 0, WITHIN);
        expect(alerts[0]?.msg).to.include('not handed on');
        await orderIn('UNDER_REVIEW', member, id);
        await approve(await portal.reviewer(), id);
        expect(await orderIn('CERTIFIED', member, id)).to.include({ receipt: null });
        expect((await member.get(`/attestations/${id}/receipt`)).code).to.equal('receipt-not-found');
        // It is asked for again: the right one counts.
        change = {};
        expect((await settled(() => readOrder(member, id), 'attestation')).receipt.state).to.equal('KEPT');
      });
    }

    it('a promise that is not kept in time › is shown as overdue and counted until it is anchored', async () => {
      const before = await unkept();
      holdsFinals = true;
      change = { isShort: true };
      const { id } = await paidOrder(member);
      const order = await eventually(async () => {
        const found = await readOrder(member, id);
        return found.receipt?.state === 'OVERDUE' && found;
      }, WITHIN);
      expect(Date.parse(order.receipt.anchorBy)).to.be.above(Date.parse(order.receipt.receivedAt));
      expect(await unkept()).to.equal(before + 1);
      holdsFinals = false;
      // Blocks tell whole seconds: the promise ended within the one of the block, or before.
      const { state } = (await settled(() => readOrder(member, id), 'submission')).receipt;
      expect(alerts.map((alert) => alert.state)).to.deep.equal(state === 'LATE' ? ['LATE'] : []);
      expect(await unkept()).to.equal(before);
    });

    it('a number that comes on the chain with another digest › breaks the promise, and raises an alert once', async () => {
      const before = await unkept();
      holdsFinals = true;
      const { id } = await paidOrder(member);
      await eventually(async () => (await readOrder(member, id)).receipt !== null, WITHIN);
      // As if the ledger had anchored something else since it gave the receipt.
      const [row] = await portal.db.query<{ receipt: Buffer }>(
        'SELECT receipt FROM manifest WHERE attestation_id = $1',
        [id],
      );
      const receipt = Buffer.from(forge(Buffer.from(row?.receipt ?? []), { sha256: 'cd'.repeat(32) }));
      await portal.db.query('UPDATE manifest SET receipt = $2 WHERE attestation_id = $1', [id, receipt]);
      holdsFinals = false;
      expect((await settled(() => readOrder(member, id), 'submission')).receipt.state).to.equal('BROKEN');
      expect(alerts.map(({ state }) => state)).to.deep.equal(['BROKEN']);
      expect(await unkept()).to.equal(before + 1);
    });

    async function unkept(): Promise<number> {
      const { bytes } = await portal.visitor().get('/metrics');
      return Number(/^inkseal_portal_receipts_unkept (\d+)$/m.exec(bytes.toString())?.[1]);
    }
  });

  it('when the ledger gives none › an order goes to its certificate, and nothing is shown', async () => {
    const plain = await startWholeLedger();
    const portal = await startOrdersPortal({ LEDGER_URL: plain.url, LEDGER_API_KEY_FILE: plain.keyFile });
    try {
      const member = await portal.member({ verified: true });
      const { id } = await paidOrder(member);
      await orderIn('UNDER_REVIEW', member, id);
      await approve(await portal.reviewer(), id);
      expect(await orderIn('CERTIFIED', member, id)).to.include({ receipt: null });
      expect((await member.get(`/attestations/${id}/receipt`)).code).to.equal('receipt-not-found');
      await eventually(async () => {
        const open = `SELECT 1 FROM outbox WHERE topic = 'acceptance-receipt' AND done_at IS NULL`;
        return (await portal.db.query(open)).length === 0;
      }, WITHIN);
    } finally {
      await portal.stop();
      await plain.stop();
    }
  });

  const settled = (read: () => Promise<Order>, purpose: string): Promise<Order> =>
    eventually(async () => {
      const order = await read();
      const { receipt } = order;
      return receipt?.purpose === purpose && ['KEPT', 'LATE', 'BROKEN'].includes(receipt.state) && order;
    }, WITHIN);
});
