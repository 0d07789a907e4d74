// SPDX-License-Identifier: Apache-2.0
// An order whose work fails each time is parked and shown to staff, and goes on once its cause is gone. That it blocks
// nobody: test/system/goes-on.long.test.ts.
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { approvedOrder, type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type Order, orderIn, readOrder } from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';

describe('parked work', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let admin: PortalMember;
  let reviewer: PortalClient;
  const alerts: Record<string, unknown>[] = [];
  before(async () => {
    portal = await startCertificatesPortal({ OUTBOX_MAX_ATTEMPTS: '3', LOG_LEVEL: 'error' }, (line) => {
      const entry = JSON.parse(line);
      if (entry.alert) alerts.push(entry);
    });
    member = await portal.member({ verified: true });
    admin = await portal.member({ verified: true });
    await portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by) SELECT account_id, 'admin', 'test' FROM (
         SELECT id AS account_id FROM account ORDER BY user_number DESC LIMIT 1) AS newest`,
    );
    reviewer = await portal.reviewer();
  });
  after(() => portal.stop());

  const list = async (client: PortalClient = admin) =>
    (await expectStatus(200, client.get('/staff/parked-work'))).body.items;
  const workPart = async () => (await admin.get('/readyz')).body.parts.work;
  const metric = async () => (await admin.get('/metrics')).bytes.toString().match(/outbox_parked\{.*/g);

  /** Approved, with its original gone from the store: every attempt to issue its certificate fails. */
  const stuckOrder = async (): Promise<{ order: Order; mend: () => void }> => {
    const aside = path.join(portal.dataFolder, 'aside');
    const content = path.join(portal.dataFolder, 'blocks', 'content');
    const before = new Set(readdirSync(content));
    renameSync(portal.verifyPage, `${portal.verifyPage}.aside`);
    const order = await approvedOrder(portal, member);
    const [row] = await portal.db.query(
      `SELECT u.cid FROM upload u JOIN attestation_file f ON f.upload_id = u.id WHERE f.attestation_id = $1`,
      [order.id],
    );
    const cid = String(row?.cid);
    expect(before.has(cid)).to.equal(false);
    renameSync(path.join(content, cid), aside);
    renameSync(`${portal.verifyPage}.aside`, portal.verifyPage);
    return { order, mend: () => renameSync(aside, path.join(content, cid)) };
  };

  it('when an order fails each time › is parked, and a retry certifies it when the cause is gone', async () => {
    const { order, mend } = await stuckOrder();
    const items = await eventually(async () => (await list()).length > 0 && list());
    expect(items[0]).to.include({ topic: 'certificate', attempts: 3, lastError: 'stored-object-damaged' });
    expect(items[0]).to.include({ orderNumber: (await readOrder(member, order.id)).orderNumber });
    const keys = ['id', 'topic', 'orderNumber', 'createdAt', 'parkedAt', 'attempts', 'lastError'];
    expect(items[0]).to.have.all.keys(keys);
    expect(alerts.find(({ alert }) => alert === 'parked-work')).to.include({ topic: 'certificate', attempts: 3 });
    expect(await workPart()).to.deep.equal({ ok: false, code: 'work-parked', count: 1 });
    expect(await metric()).to.deep.equal(['outbox_parked{topic="certificate"} 1']);

    expect((await admin.get('/readyz')).status).to.equal(200);
    expect((await readOrder(member, order.id)).state).to.equal('ANCHORING');

    mend();
    await expectStatus(204, admin.post(`/staff/parked-work/${items[0].id}/retry`, {}));
    await orderIn('CERTIFIED', member, order.id);
    expect([await list(), await workPart(), await metric()]).to.deep.equal([[], { ok: true }, null]);
    const audited = await portal.db.query(`SELECT action, detail FROM audit WHERE subject = $1`, [
      `outbox:${items[0].id}`,
    ]);
    expect(audited.map(({ action, detail }) => [action, JSON.parse(detail).topic])).to.deep.equal([
      ['outbox.retry', 'certificate'],
    ]);
  });

  describe('actions', () => {
    let id: string;
    beforeEach(async () => {
      const [row] = await portal.db.query(
        `INSERT INTO outbox (topic, payload, attempts, parked_at, last_error)
         VALUES ('certificate', '{"attestationId":"secret","round":1}', 3, now(), 'internal') RETURNING id::text`,
      );
      id = String(row?.id);
    });
    afterEach(() => portal.db.query('DELETE FROM outbox WHERE id = $1', [id]));

    it('are an administrator’s alone › staff only look, members see nothing', async () => {
      expect((await list(reviewer)).map((item: { id: string }) => item.id)).to.deep.equal([id]);
      expect((await member.get('/staff/parked-work')).code).to.equal('forbidden');
      for (const action of ['retry', 'discard'])
        for (const client of [member, reviewer])
          expect((await client.post(`/staff/parked-work/${id}/${action}`, {})).code).to.equal('forbidden');
    });

    it('never show the payload', async () => {
      const answer = await admin.get('/staff/parked-work');
      expect(answer.bytes.toString()).to.not.include('secret');
    });

    it('when two act on the same work › the second is refused', async () => {
      const answers = await Promise.all([1, 2].map(() => admin.post(`/staff/parked-work/${id}/discard`, {})));
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 409]);
      expect((await admin.post(`/staff/parked-work/${id}/retry`, {})).code).to.equal('state-conflict');
      expect(await list()).to.deep.equal([]);
    });

    it('when there is no such work › answer parked-work-not-found', async () => {
      for (const unknown of ['999999999', '0', 'x', '99999999999999999999'])
        expect((await admin.post(`/staff/parked-work/${unknown}/retry`, {})).code, unknown).to.equal(
          'parked-work-not-found',
        );
    });
  });
});
