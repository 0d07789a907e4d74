// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type OrdersPortal, orderIn, paidOrder, readOrder, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';

describe('a portal whose ledger goes away', function () {
  this.timeout(120_000);
  let ledger: WholeLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  beforeEach(async () => {
    ledger = await startWholeLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
  });
  afterEach(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const isFinal = (id: string, purpose: string) =>
    eventually(
      async () => {
        const rows = await portal.db.query(
          `SELECT 1 FROM manifest WHERE attestation_id = $1 AND purpose = $2::manifest_purpose AND state = 'FINAL'`,
          [id, purpose],
        );
        return rows.length === 1;
      },
      { withinMs: 60_000 },
    );
  const approve = async (id: string) => {
    const reviewer = await portal.reviewer();
    await expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, { round: 1, decision: 'APPROVE' }));
  };

  it('keeps payment and approval, says what waits, and continues automatically', async () => {
    await ledger.stopService();
    const { body } = await portal.visitor().get('/readyz');
    expect(body.ready).to.equal(true);
    const { ledger: ledgerPart, ...others } = body.parts;
    expect(ledgerPart).to.deep.equal({ ok: false, code: 'ledger-unavailable' });
    expect(others).to.include.keys('database');
    for (const [name, part] of Object.entries(others)) expect(part, name).to.deep.include({ ok: true });
    const { id } = await paidOrder(member);
    const waiting = await readOrder(member, id);
    expect(waiting).to.deep.include({ state: 'PAID', submission: null });
    expect(waiting.payment.state).to.equal('PAID');
    await eventually(async () => {
      const [row] = await portal.db.query(`SELECT last_error FROM outbox WHERE topic = 'submission-entry'`);
      return row?.last_error === 'ledger-unavailable';
    });
    await ledger.startService();
    await orderIn('UNDER_REVIEW', member, id, 60_000);
    await isFinal(id, 'submission');

    await ledger.stopService();
    await approve(id);
    expect((await readOrder(member, id)).state).to.equal('APPROVED');
    await ledger.startService();
    await orderIn(['ANCHORING', 'CERTIFIED'], member, id, 60_000);
    await isFinal(id, 'attestation');
    const rows = await portal.db.query(`SELECT 1 FROM outbox WHERE topic = 'certificate'`);
    expect(rows).to.have.length(1);
  });

  it('when an order is returned and submitted again meanwhile › records the round that counts', async () => {
    const { id } = await paidOrder(member);
    await orderIn('UNDER_REVIEW', member, id);
    await ledger.stopService();
    const reviewer = await portal.reviewer();
    const reasons = [{ field: 'title', code: 'unclear', text: '请说明。' }];
    for (const round of [1, 2]) {
      const decision = { round, decision: 'RETURN', reasons };
      await expectStatus(200, reviewer.post(`/staff/attestations/${id}/decision`, decision));
      const { version } = await readOrder(member, id);
      await expectStatus(200, member.post(`/attestations/${id}/resubmission`, { version }));
    }
    await ledger.startService();
    await eventually(
      async () => {
        const { round, submission } = await readOrder(member, id);
        return round === 3 && submission?.number !== null && submission !== null;
      },
      { withinMs: 60_000 },
    );
    const waiting = await portal.db.query(`SELECT 1 FROM outbox WHERE topic = 'submission-entry' AND done_at IS NULL`);
    expect(waiting).to.have.length(0);
  });

  it('when the cursor is lost, or points behind the end › misses nothing and does nothing twice', async () => {
    const first = await paidOrder(member);
    await isFinal(first.id, 'submission');
    await portal.db.query('DELETE FROM ledger_cursor');
    const second = await paidOrder(member);
    await isFinal(second.id, 'submission');
    // As if the pull had gone past an entry without its effect.
    await portal.db.query(
      `UPDATE manifest SET state = 'ENTERED', number = NULL, state_at = now() - interval '1 hour' WHERE attestation_id = $1`,
      [first.id],
    );
    await portal.sweep(new Date());
    await isFinal(first.id, 'submission');
  });
});
