// SPDX-License-Identifier: Apache-2.0
// A ledger that was restored and lost entries which the portal knows to be accepted: they are entered again, and every order ends in one
// certificate.
import { expect } from 'chai';
import { approvedOrder, type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { orderIn } from '../../../test/support/orders.ts';
import { expectStatus } from '../../../test/support/portal.ts';

const WITHIN = { withinMs: 120_000 };

describe('entries that the ledger lost', function () {
  this.timeout(300_000);
  const log: string[] = [];
  let portal: CertificatesPortal;
  before(async () => {
    portal = await startCertificatesPortal({ LOG_LEVEL: 'info' }, (line) => log.push(line));
  });
  after(() => portal.stop());

  for (const state of ['ENTERED', 'FINAL'] as const)
    it(`when the portal has one as ${state} and no certificate of it › enters it again, and says so`, async () => {
      const { ledger, db } = portal;
      const { pool } = ledger.fixture.database;
      const member = await portal.member({ verified: true });
      // Certificates wait: what the ledger says of the attestation reaches nobody.
      await db.query(
        `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.run_after = now() + interval ''1 hour''; RETURN NEW; END'`,
      );
      await db.query(
        `CREATE TRIGGER hold BEFORE INSERT OR UPDATE ON outbox FOR EACH ROW WHEN (NEW.topic = 'certificate') EXECUTE FUNCTION hold()`,
      );
      const { id } = await approvedOrder(portal, member);
      const manifest = () =>
        db.query<{ state: string; number: string; entry_id: string }>(
          `SELECT state::text, number::text, entry_id FROM manifest WHERE attestation_id = $1 AND purpose = 'attestation'`,
          [id],
        );
      const first = await eventually(async () => (await manifest()).find((row) => row.state === 'FINAL'), WITHIN);
      await pool.query('DELETE FROM entry_reference WHERE entry_id = $1', [first.entry_id]);
      await pool.query('DELETE FROM entry WHERE id = $1', [first.entry_id]);
      await db.query(
        `UPDATE manifest SET state = $2::manifest_state, state_at = now() - interval '2 minutes' WHERE entry_id = $1`,
        [first.entry_id, state],
      );
      const again = await eventually(
        async () => (await manifest()).find((row) => row.state === 'FINAL' && row.entry_id !== first.entry_id),
        WITHIN,
      );
      expect(BigInt(again.number) > BigInt(first.number)).to.equal(true);
      await db.query('DROP FUNCTION hold() CASCADE');
      await db.query(`UPDATE outbox SET run_after = now() WHERE topic = 'certificate'`);
      const { certificate } = await orderIn('CERTIFIED', member, id, 180_000);
      expect(certificate.number).to.equal(again.number);
      expect((await expectStatus(200, portal.visitor().get(`/lookup/${again.number}`))).body.status).to.equal('final');
      const audited = await db.query(
        `SELECT detail FROM audit WHERE action = 'manifest.lose' AND detail LIKE '%' || $1 || '%'`,
        [first.entry_id],
      );
      expect(audited).to.have.length(1);
      expect(log.filter((line) => line.includes('"entry-lost"') && line.includes(first.entry_id))).to.have.length(1);
    });
});
