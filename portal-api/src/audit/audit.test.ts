// SPDX-License-Identifier: Apache-2.0
// The nightly check of the audit log, and its head in a real ledger on a chain.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createLogger } from '@inkseal/service-kit';
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { type CertificatesPortal, startCertificatesPortal } from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { runNode } from '../../../test/support/processes.ts';
import { verifyAuditChain } from './audit-chain.ts';
import { checkAudit, checkNightly } from './audit-check.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../../scripts/verify-audit.ts');
const DAY_MS = 86_400_000;

describe('the audit log, checked and anchored', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let auditor: PortalMember;
  let alerts: Record<string, unknown>[] = [];
  let night = Date.now() + DAY_MS;
  before(async () => {
    portal = await startCertificatesPortal();
    auditor = await portal.member();
    await portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by) SELECT id, 'auditor', 'test' FROM account
         ORDER BY created_at DESC LIMIT 1`,
    );
  });
  after(() => portal.stop());
  beforeEach(() => {
    alerts = [];
    // Each test has a night of its own.
    night += DAY_MS;
  });

  const parts = () => {
    const destination = { write: (line: string) => void alerts.push(JSON.parse(line)) };
    const logger = createLogger({ service: 'portal', level: 'error', hidesMessages: true, destination });
    return { db: portal.db, logger };
  };
  const check = () => checkAudit(parts(), new Date(night));
  const head = async () => (await expectStatus(200, auditor.get('/staff/audit/head'))).body;
  const provenOfTonight = () =>
    eventually(
      async () => {
        const { pending, proven } = await head();
        return pending === null && proven;
      },
      { withinMs: 60_000, everyMs: 100 },
    );
  /** Writes behind the triggers that refuse it, and puts everything back afterwards. */
  const tampered = async (sql: string, work: () => Promise<void>) => {
    await portal.db.query('CREATE TABLE kept AS TABLE audit');
    await portal.db.query('ALTER TABLE audit DISABLE TRIGGER ALL');
    try {
      await portal.db.query(sql);
      await work();
    } finally {
      await portal.db.query('DELETE FROM audit');
      await portal.db.query('INSERT INTO audit TABLE kept');
      await portal.db.query('DROP TABLE kept');
      await portal.db.query('ALTER TABLE audit ENABLE TRIGGER ALL');
    }
  };
  const command = async (...args: string[]) => {
    const program = runNode(COMMAND, args, { env: { PORTAL_DATABASE_URL: portal.db.url } });
    const code = await program.exited;
    return { code, output: program.output() };
  };

  it('when the chain is whole › puts its head on record in the ledger, once a night, and shows the proof to staff', async () => {
    const { rows, head: digest } = await check();
    await check();
    const proven = await provenOfTonight();
    expect(proven).to.include({ seq: String(rows), digest });
    const bytes = (await expectStatus(200, auditor.get(`/staff/audit-heads/${proven.day}/proof`))).bytes;
    const { statement } = parseBundle(bytes);
    expect(statement).to.include({ kind: 'audit-head', sha256: digest, number: proven.number });
    const entries = await portal.db.query(`SELECT 1 FROM outbox WHERE topic = 'audit-head' AND payload->>'day' = $1`, [
      proven.day,
    ]);
    expect(entries).to.have.length(1);
    expect((await head()).check).to.include({ rows: String((await head()).check.rows), brokenAt: null });
    expect(alerts).to.deep.equal([]);
  });

  it('when a member who is not an auditor asks › answers forbidden', async () => {
    const member = await portal.member();
    for (const route of ['/staff/audit/head', '/staff/audit-heads/2026-01-01/proof'])
      expect((await member.get(route)).code).to.equal('forbidden');
    expect((await auditor.get('/staff/audit-heads/2001-01-01/proof')).code).to.equal('audit-head-not-found');
  });

  for (const [what, { sql, breaksLinks }] of Object.entries({
    'a row was changed': { sql: `UPDATE audit SET actor = 'account:somebody-else' WHERE seq = 2`, breaksLinks: true },
    'the newest rows were cut off': { sql: 'DELETE FROM audit WHERE seq > 1', breaksLinks: false },
    'all digests were recomputed after a change': {
      breaksLinks: false,
      sql: `DO $$
      DECLARE r record; d bytea := decode(repeat('00', 32), 'hex');
      BEGIN
        UPDATE audit SET actor = 'account:somebody-else' WHERE seq = 1;
        UPDATE audit SET digest = sha256(seq::text::bytea);
        FOR r IN SELECT * FROM audit ORDER BY seq LOOP
          UPDATE audit SET prev_digest = d, digest = sha256(d || convert_to(concat_ws(E'\\n', r.seq,
            to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), r.actor, r.action, r.subject, r.detail), 'UTF8'))
            WHERE seq = r.seq RETURNING digest INTO d;
        END LOOP;
      END $$`,
    },
  }))
    it(`when ${what} › raises an alert in log, readiness and metrics, and anchors nothing`, async () => {
      await check();
      await provenOfTonight();
      night += DAY_MS;
      await tampered(sql, async () => {
        // Only the heads that were known before can tell a chain that was rewritten as a whole.
        expect('brokenAt' in (await verifyAuditChain(portal.db))).to.equal(breaksLinks);
        const report = await check();
        expect(report.brokenAt).to.be.a('string');
        expect(alerts).to.have.length(1);
        expect(alerts[0]).to.include({ alert: 'audit-chain', brokenAt: report.brokenAt });
        const ready = (await expectStatus(200, portal.visitor().get('/readyz'))).body;
        expect(ready.parts.audit).to.deep.equal({ ok: false, code: 'audit-chain-broken' });
        const metrics = (await expectStatus(200, portal.visitor().get('/metrics'))).bytes.toString();
        expect(metrics).to.match(/^inkseal_portal_audit_chain_broken 1$/m);
        expect((await head()).pending).to.equal(null);
        expect((await head()).check.brokenAt).to.equal(report.brokenAt);
        expect((await command()).code).to.equal(1);
        const asked = await expectStatus(201, auditor.post('/staff/audit-verifications', {}));
        expect(asked.body.brokenAt).to.equal(report.brokenAt);
        await expectStatus(200, auditor.get('/staff/audit'));
      });
      await check();
      expect((await expectStatus(200, portal.visitor().get('/readyz'))).body.parts.audit).to.deep.equal({ ok: true });
    });

  it('when a row was changed and the night comes › the nightly job finds it, and looks once a night', async () => {
    await check();
    night += DAY_MS;
    await tampered(`UPDATE audit SET actor = 'account:somebody-else' WHERE seq = 3`, async () => {
      await checkNightly(parts(), new Date(night));
      expect((await head()).check).to.include({ rows: '2', brokenAt: '3' });
      await checkNightly(parts(), new Date(night));
    });
    expect(alerts.map(({ alert }) => alert)).to.deep.equal(['audit-chain']);
  });

  it('verify-audit › when the chain is whole › says so, and saves the newest proof', async () => {
    await check();
    const { number } = await provenOfTonight();
    const file = path.join(portal.dataFolder, 'head.proof.json');
    writeFileSync(file, '');
    const { code, output } = await command('--json', '--proof', file);
    expect(code, output).to.equal(0);
    expect(JSON.parse(output)).to.not.have.property('brokenAt');
    expect(JSON.parse(output).proven.number).to.equal(number);
  });
});
