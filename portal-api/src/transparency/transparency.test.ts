// SPDX-License-Identifier: Apache-2.0
// What anybody may know of the registry, on a real ledger, with the verifier as the judge.
import { encodeBundle, parseBundle, verifyBundle } from '@inkseal/verifier';
import { AUDIT_MEDIA_TYPE } from '@inkseal/verifier/audit';
import { expect } from 'chai';
import { auditReportOf, publishAuditReport, UNREADABLE } from '../../../test/support/audit-reports.ts';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus } from '../../../test/support/portal.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { makeValidators } from '../../../verifier/vectors/support/chain.ts';
import { makeTrust, makeWorld } from '../../../verifier/vectors/support/world.ts';
import { publicRegistry } from './transparency.ts';

describe('存证公示 over HTTP', function () {
  this.timeout(240_000);

  describe('with a ledger', () => {
    let portal: CertificatesPortal;
    let order: Order;
    before(async () => {
      portal = await startCertificatesPortal();
      order = await certifiedOrder(portal, await portal.member({ verified: true }));
    });
    after(() => portal.stop());

    const read = async () => (await expectStatus(200, portal.visitor().get('/transparency'))).body;

    it('when a certificate was issued › counts it today in Beijing, and every number and batch', async () => {
      const { certificates, registry, audit } = await read();
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format();
      expect(certificates).to.include({ issued: 1, revoked: 0 });
      expect(certificates.perDay).to.have.length(30);
      expect(certificates.perDay.at(-1)).to.deep.equal({ day: today, attestations: 1, registrations: 0 });
      expect(registry.newest.map(({ id }: Order) => Number(id))).to.deep.equal(
        Array.from({ length: registry.batches.total }, (_, index) => registry.batches.total - index),
      );
      const counted = registry.newest.reduce((sum: number, { count }: Order) => sum + count, 0);
      expect(registry).to.include({ entries: counted, revocations: 0 });
      expect(registry.batches.final).to.be.within(1, registry.batches.total);
      expect(registry.finality.p50Ms).to.be.within(1, registry.finality.p99Ms);
      expect(audit).to.equal(null);
    });

    it('when a visitor asks for the proof of a batch › it shows the root, and the block, that the page states', async () => {
      const { registry } = await read();
      const batch = registry.newest.find(({ isFinal }: Order) => isFinal);
      const { bytes, headers } = await expectStatus(
        200,
        portal.visitor().get(`/transparency/batches/${batch.id}/proof`),
      );
      const bundle = parseBundle(bytes);
      expect(headers.get('content-disposition')).to.include(`batch-${batch.id}.proof.json`);
      expect(bundle.statement.number).to.equal(batch.firstNumber);
      expect(bundle).not.to.have.property('sections');
      const { verdict, facts } = await verifyBundle(bytes);
      expect(verdict).to.equal('consistent');
      expect(facts?.block?.number).to.equal(registry.proven.block);
      expect(JSON.stringify(bundle)).to.include(batch.root);
    });

    it('when a visitor asks for what is not there › says so, and names no batch that is not final', async () => {
      const visitor = portal.visitor();
      expect((await visitor.get('/transparency/batches/999999/proof')).code).to.equal('number-not-found');
      expect((await visitor.get('/transparency/batches/0/proof')).code).to.equal('invalid-request');
      expect((await visitor.get('/transparency/audit-head/proof')).code).to.equal('audit-head-not-found');
    });

    it('when a reader of feeds follows it › lists the batches with their roots', async () => {
      const { registry } = await read();
      const [{ id, root }] = registry.newest;
      const rss = String((await expectStatus(200, portal.visitor().get('/transparency/rss'))).bytes);
      expect(rss).to.include(root).and.include(`<guid isPermaLink="false">batch-${id}</guid>`);
      const feed = (await expectStatus(200, portal.visitor().get('/transparency/feed'))).body;
      expect(feed.feed_url).to.match(/\/api\/v1\/transparency\/feed$/);
      expect(feed.items[0].content_text).to.include(root);
    });

    it('when entries were lost in a restore › the look-up says so of their numbers, and of no other', async () => {
      const visitor = portal.visitor();
      const { pool } = portal.ledger.fixture.database;
      await pool.query(`INSERT INTO burned_batch (id, first_number, count, root, block, anchored_at, final_sequence)
        VALUES (0, 1, 2, sha256('lost'), 1, 1, 0)`);
      try {
        const burned = await visitor.get('/lookup/2');
        expect([burned.status, burned.code]).to.deep.equal([410, 'number-burned']);
        expect((await visitor.get('/lookup/2/absence')).code).to.equal('state-conflict');
        expect((await visitor.get('/lookup/3')).code).to.equal('number-not-found');
      } finally {
        await pool.query('DELETE FROM burned_batch');
      }
    });

    describe('audit reports (in order)', () => {
      const reportOf = (parts?: object) => auditReportOf(portal.visitor(), parts);
      const rowsOfLog = () => portal.db.query(`SELECT actor, detail FROM audit WHERE action = 'audit-report.publish'`);

      it('when somebody is no auditor, or the report is not one of this registry › publishes nothing', async () => {
        const report = await reportOf();
        const member = await portal.member();
        const admin = await staffMember(portal, 'admin', 'finance', 'reviewer');
        for (const other of [member, admin])
          expect((await publishAuditReport(other, report)).code).to.equal('forbidden');
        const auditor = await staffMember(portal, 'auditor');
        const { chainId, contract } = report.registry;
        for (const registry of [
          { chainId: `${chainId}1`, contract },
          { chainId, contract: `0x${'1'.repeat(40)}` },
        ])
          expect((await publishAuditReport(auditor, { ...report, registry })).code).to.equal('audit-report-foreign');
        const invalid = await publishAuditReport(auditor, { ...report, exitCode: 1 });
        expect(invalid.body.errors).to.deep.equal([{ field: 'exitCode', code: 'malformed' }]);
        const bytes = Buffer.from('{');
        const headers = { 'Content-Type': 'application/json' };
        const broken = await auditor.sendBytes('POST', '/staff/audit-reports', bytes, headers);
        expect(broken.code).to.equal('malformed-json');
        expect((await read()).lastAudit).to.equal(null);
        expect(await rowsOfLog()).to.deep.equal([]);
      });

      it('when an auditor publishes one › anybody reads what was found, and gets the very file', async () => {
        const auditor = await staffMember(portal, 'auditor');
        const report = await reportOf({ daysAgo: 31, items: UNREADABLE });
        const { sha256 } = (await expectStatus(201, publishAuditReport(auditor, report))).body;
        expect((await expectStatus(201, publishAuditReport(auditor, report))).body.sha256).to.equal(sha256);
        const { lastAudit } = await read();
        const { mediaType: _, exitCode: __, listed: ___, ...summary } = report;
        const { publishedAt, ...shown } = lastAudit;
        expect(shown).to.deep.equal({ ...summary, sha256, isOld: true });
        expect(Date.parse(publishedAt)).to.be.closeTo(Date.now(), 60_000);
        const file = await expectStatus(200, portal.visitor().get(`/transparency/audit-reports/${sha256}`));
        expect(String(file.bytes)).to.equal(JSON.stringify(report));
        expect(file.headers.get('content-type')).to.equal(AUDIT_MEDIA_TYPE);
        const { userNumber } = (await expectStatus(200, auditor.get('/me'))).body;
        const { items } = (await expectStatus(200, auditor.get('/staff/audit-reports'))).body;
        expect(items).to.deep.equal([{ ...lastAudit, publishedBy: userNumber }]);
        expect(await rowsOfLog()).to.deep.equal([
          { actor: `account:${auditor.id}`, detail: JSON.stringify({ sha256, verdict: 'faulty' }) },
        ]);
      });

      it('when an older audit is published later › the newest audit stays the last one, and the feeds list all', async () => {
        const security = await staffMember(portal, 'security-admin');
        const newest = (await expectStatus(201, publishAuditReport(security, await reportOf({ daysAgo: 29 })))).body;
        const old = (await expectStatus(201, publishAuditReport(security, await reportOf({ daysAgo: 40 })))).body;
        expect((await read()).lastAudit).to.include({ sha256: newest.sha256, isOld: false, verdict: 'sound' });
        const { items } = (await expectStatus(200, portal.visitor().get('/transparency/feed'))).body;
        expect(items[0]).to.include({ id: `audit-${old.sha256}`, title: '审计：未发现问题' });
        expect(items[0].url).to.match(new RegExp(`/transparency#audit-${old.sha256}$`));
        expect(items[2]).to.include({ title: '审计：发现 1 个问题' });
        expect(items[2].content_text).to.include('item-unreadable 1 项').and.include(items[2].id.slice(6));
        expect(items[3].id).to.match(/^batch-/);
        const unknown = await portal.visitor().get(`/transparency/audit-reports/${'0'.repeat(64)}`);
        expect(unknown.code).to.equal('audit-report-not-found');
      });

      it('when somebody on the database would change or remove one › refuses', async () => {
        for (const sql of [
          `UPDATE audit_report SET ended_at = now()`,
          'DELETE FROM audit_report',
          'TRUNCATE audit_report',
        ])
          expect(await portal.db.query(sql).then(String, String)).to.include('versions are never changed');
      });
    });

    it('says nothing of a person, a work or an order', async () => {
      const text = JSON.stringify(await read());
      for (const secret of [order.id, order.title, order.orderNumber]) expect(text).not.to.include(secret);
    });
  });

  it('when three of four validators signed the newest final block › says which one did not', async () => {
    const validators = makeValidators('public', 4);
    const world = await makeWorld({ validators, sealers: validators.slice(1) });
    const batch = { id: '7', firstNumber: '101', count: 2, root: 'ab', state: 'final', closedAt: '' };
    const asked: string[] = [];
    const { proven } = await publicRegistry({
      registry: async () => ({
        ...{ batches: { total: 8, final: 7 }, entries: 9, revocations: 0, witnesses: [] },
        burned: { batches: 0, numbers: 0, ranges: [] },
        newest: [{ ...batch, id: '8', firstNumber: '103', state: 'mined' }, batch],
      }),
      proof: async (number) => {
        asked.push(number);
        return encodeBundle(world.bundle);
      },
      trust: async () => Buffer.from(JSON.stringify(makeTrust(world))),
    });
    expect(asked).to.deep.equal(['101']);
    expect(proven?.block).to.match(/^\d+$/);
    const signed = new Map(proven?.validators.map(({ address, hasSigned }) => [address, hasSigned]));
    expect(validators.map(({ address }) => signed.get(address))).to.deep.equal([false, true, true, true]);
  });

  describe('while the ledger does not answer', () => {
    let portal: OrdersPortal;
    before(async () => {
      portal = await startOrdersPortal({});
    });
    after(() => portal.stop());

    it('shows the centre’s own part, and says that the registry’s is missing', async () => {
      const { certificates, registry } = (await expectStatus(200, portal.visitor().get('/transparency'))).body;
      expect(certificates.issued).to.equal(0);
      expect(registry).to.equal(null);
      expect((await portal.visitor().get('/transparency/rss')).code).to.equal('ledger-unavailable');
    });
  });
});
