// SPDX-License-Identifier: Apache-2.0
// The portal is killed in the middle of an invitation, its answer and an organisation's review: before the transaction is
// committed, and after that but before the client has its answer. Nothing is lost, and the same request again doubles nothing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openSession } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { actFor, approveOrganisation, foundOrganisation } from '../../../test/support/organisations.ts';
import { expectStatus, newPhone, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import type { Program } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';

const INVITATIONS = '/organisations/current/invitations';
const MOMENTS = ['before the commit', 'after the commit'] as const;

describe('a portal that is killed in the middle', function () {
  this.timeout(300_000);
  let portal: PortalProcess;
  let program: Program;
  let session: ReturnType<typeof openSession>;
  let manager: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
    writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
    portal = await portalProcess({ REDIS_URL: '', LEDGER_API_KEY_FILE: keyFile });
    program = await portal.start();
    session = openSession(portal.databaseUrl, {});
    await session.connect();
    reviewer = await portal.reviewer();
  });
  after(async () => {
    await session?.end();
    await portal?.remove();
  });

  const count = async (sql: string, values: unknown[] = []): Promise<number> =>
    Number((await session.query(`SELECT count(*) FROM ${sql}`, values)).rows[0].count);
  const auditOf = (action: string, id: string) =>
    count('audit WHERE action = $1 AND subject = $2', [`organisation.${action}`, `organisation:${id}`]);
  const newOrganisation = async (isApproved = true) => {
    manager = await portal.member();
    const id = await foundOrganisation(manager);
    if (isApproved) await approveOrganisation(reviewer, id);
    await actFor(manager, id);
    return id;
  };

  /** Sends the request, kills the portal at that moment of it, and starts it again. */
  async function killDuring(
    send: () => Promise<unknown>,
    { moment, isCommitted }: { moment: (typeof MOMENTS)[number]; isCommitted: () => Promise<boolean> },
  ): Promise<void> {
    const isEarly = moment === 'before the commit';
    // Its record in the audit log is the last that a transaction writes.
    if (isEarly) await session.query('BEGIN; LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE');
    const answer = send().catch(() => undefined);
    await eventually(isEarly ? isWaiting : isCommitted);
    await program.kill();
    if (isEarly) await session.query('ROLLBACK');
    await answer;
    program = await portal.start();
    expect(await isCommitted()).to.equal(!isEarly);
  }

  const isWaiting = async () => (await count(`pg_locks WHERE relation = 'audit'::regclass AND NOT granted`)) > 0;

  for (const moment of MOMENTS) {
    it(`an invitation › when it ends ${moment} › is there once, also when it is sent again`, async () => {
      const id = await newOrganisation();
      const phone = newPhone();
      await manager.csrfHeader();
      const open = () => count(`organisation_invitation WHERE organisation_id = $1 AND state = 'OPEN'`, [id]);
      const send = () => manager.post(INVITATIONS, { phone, role: 'CLERK' });
      await killDuring(send, { moment, isCommitted: async () => (await open()) > 0 });
      await expectStatus(201, send());
      expect(await open()).to.equal(1);
      const rows = await count('organisation_invitation WHERE organisation_id = $1', [id]);
      expect(await auditOf('invite', id)).to.equal(rows);
    });

    it(`the answer to it › when it ends ${moment} › makes one member, also when it is given again`, async () => {
      const id = await newOrganisation();
      const invited = await portal.member();
      await expectStatus(201, manager.post(INVITATIONS, { phone: invited.phone, role: 'CLERK' }));
      const [{ id: invitationId }] = (await expectStatus(200, invited.get('/invitations'))).body.items;
      await invited.csrfHeader();
      const clerks = () => count(`organisation_member WHERE organisation_id = $1 AND role = 'CLERK'`, [id]);
      const send = () => invited.post(`/invitations/${invitationId}/answer`, { answer: 'accept' });
      await killDuring(send, { moment, isCommitted: async () => (await clerks()) > 0 });
      const { status } = await send();
      expect(status).to.equal(moment === 'before the commit' ? 204 : 404);
      expect(await clerks()).to.equal(1);
      expect(await auditOf('join', id)).to.equal(1);
      await actFor(invited, id);
    });

    it(`a review › when it ends ${moment} › counts once, also when it is decided again`, async () => {
      const id = await newOrganisation(false);
      const { version } = (await expectStatus(200, reviewer.get(`/staff/organisations/${id}`))).body;
      await reviewer.csrfHeader();
      const decided = () => count(`organisation WHERE id = $1 AND state = 'VERIFIED'`, [id]);
      const decision = { version, decision: 'APPROVE', reasons: [] };
      const send = () => reviewer.post(`/staff/organisations/${id}/decision`, decision);
      await killDuring(send, { moment, isCommitted: async () => (await decided()) > 0 });
      const { status } = await send();
      expect(status).to.equal(moment === 'before the commit' ? 200 : 409);
      expect(await decided()).to.equal(1);
      expect(await count('organisation_review WHERE organisation_id = $1', [id])).to.equal(1);
      expect(await auditOf('approve', id)).to.equal(1);
    });
  }
});
