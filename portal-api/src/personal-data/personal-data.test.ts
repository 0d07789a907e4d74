// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import { eventually } from '../../../test/support/eventually.ts';
import { draftOrder, submittedOrder } from '../../../test/support/orders.ts';
import { submitPassport } from '../../../test/support/passports.ts';
import {
  expectStatus,
  PASSWORD,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  uploadFile,
} from '../../../test/support/portal.ts';
import { addHolder, personForm } from '../../../test/support/right-holders.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { storedFiles } from '../../../test/support/stored-zip.ts';
import { loadConfig } from '../config.ts';
import { sweepRetention } from '../operations/retention.ts';

describe('personal data over HTTP', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const reasonsOf = async (member: PortalMember) => (await member.get('/me/closing')).body.reasons;
  const close = (member: PortalMember, password = PASSWORD) =>
    member.post('/me/closing', { password, isUnderstood: true });
  const accountOf = async (phone: string) =>
    (
      await portal.db.query('SELECT id, state FROM account WHERE phone_index = $1', [
        portal.vault.blindIndex('phone', phone),
      ])
    )[0];

  describe('POST /me/export', () => {
    it('when a member asks for a copy › makes it in the background: everything as JSON, files and pictures, for its owner alone', async () => {
      const [member, stranger] = [await portal.member({ verified: true }), await portal.member()];
      const bytes = randomBytes(50_000);
      const uploadId = await uploadFile(member, '手稿.bin', bytes);
      await expectStatus(201, member.post('/works', { title: '鹤华抱枕', files: [{ uploadId }], state: 'DRAFT' }));
      expect((await member.get('/me/export')).body).to.deep.equal({ export: null });
      expect((await member.get('/me/export/package')).code).to.equal('file-not-found');
      await addHolder(member, await personForm(member, { name: '王重阳' }));
      await expectStatus(202, member.post('/me/export'));
      await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
      const zip = await expectStatus(200, member.get('/me/export/package'));
      const files = storedFiles(zip.bytes);
      const data = JSON.parse(String(files['data.json']));
      expect(data.account.phone).to.equal(member.phone);
      expect(data.identities[0]).to.include({ name: '测试员', email: 'test@example.org' });
      expect(data.works.map(({ title }: { title: string }) => title)).to.deep.equal(['鹤华抱枕']);
      expect(data.rightHolders[0].content.name).to.equal('王重阳');
      expect(files[`files/${uploadId}/手稿.bin`]?.equals(bytes)).to.equal(true);
      expect(Object.keys(files).filter((name) => name.startsWith('images/'))).to.have.length(4);
      expect((await stranger.get('/me/export/package')).code).to.equal('file-not-found');
      const [row] = await portal.db.query('SELECT cipher FROM data_export');
      expect(Buffer.from(row?.cipher).includes(member.phone)).to.equal(false);
    });

    it('when its days are over › there is none, also before the sweep came', async () => {
      const member = await portal.member();
      await expectStatus(202, member.post('/me/export'));
      await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
      const { id } = (await accountOf(member.phone)) ?? {};
      await portal.db.query('UPDATE data_export SET expires_at = now() WHERE account_id = $1', [id]);
      expect((await member.get('/me/export')).body).to.deep.equal({ export: null });
      expect((await member.get('/me/export/package')).code).to.equal('file-not-found');
    });
  });

  describe('POST /me/closing', () => {
    it('when an order is unpaid, or a role is held › names the reasons and closes nothing', async () => {
      const member = await portal.member({ verified: true });
      await submittedOrder(member);
      const { id } = (await accountOf(member.phone)) ?? {};
      await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, 'auditor', 'test')`, [
        id,
      ]);
      expect(await reasonsOf(member)).to.deep.equal(['payment-open', 'staff-role']);
      expect(await close(member)).to.include({ status: 409, code: 'closing-blocked' });
      expect(await member.delete('/me/consents/identity')).to.include({ status: 409, code: 'closing-blocked' });
      expect((await member.get('/me')).body.isVerified).to.equal(true);
    });

    it('when the password is wrong, or nothing is understood › refuses', async () => {
      const member = await portal.member();
      expect((await close(member, 'wrong password 1')).fields).to.deep.equal(['password: mismatch']);
      const answer = await member.post('/me/closing', { password: PASSWORD, isUnderstood: false });
      expect(answer.fields).to.deep.equal(['isUnderstood: consent-missing']);
      expect((await member.get('/me')).status).to.equal(200);
    });

    it('when nothing is open › ends sessions, erases what identifies, and frees the telephone', async () => {
      const member = await portal.member({ verified: true });
      await draftOrder(member);
      await addHolder(member, await personForm(member));
      const sent = await member.sendBytes('PUT', '/me/avatar', await photo(), { 'Content-Type': 'image/jpeg' });
      expect(sent.status).to.equal(200);
      const { id } = (await accountOf(member.phone)) ?? {};
      expect(await reasonsOf(member)).to.deep.equal([]);
      expect((await close(member)).status).to.equal(204);
      expect((await member.get('/me')).code).to.equal('unauthenticated');
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).code).to.equal('credentials-invalid');
      expect(await accountOf(member.phone)).to.equal(undefined);
      const rows = (table: string) => portal.db.query(`SELECT 1 FROM ${table} WHERE account_id = $1`, [id]);
      for (const table of ['right_holder', 'private_image', 'identity_draft', 'message', 'data_export', 'known_login'])
        expect(await rows(table), table).to.deep.equal([]);
      expect(await portal.db.query(`SELECT 1 FROM work WHERE account_id = $1 AND state <> 'DELETED'`, [id])).to.be
        .empty;
      const identities = await portal.db.query(
        'SELECT id, email_cipher, superseded_at, front_image_id FROM identity WHERE account_id = $1',
        [id],
      );
      for (const row of identities) {
        expect(row.superseded_at).to.be.instanceOf(Date);
        expect(row.front_image_id).to.equal(null);
        expect(portal.vault.decryptText(row.email_cipher, `identity:${row.id}:email`)).to.equal('');
      }
    });

    it('when two requests close at once › one does, and the account is closed once', async () => {
      const member = await portal.member();
      const { id } = (await accountOf(member.phone)) ?? {};
      const answers = await Promise.all([close(member), close(member)]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([204, 401]);
      const closings = await portal.db.query(`SELECT 1 FROM audit WHERE action = 'account.close' AND subject = $1`, [
        `account:${id}`,
      ]);
      expect(closings).to.have.length(1);
    });
  });

  describe('a passport that was rejected', () => {
    /** Of a member whose passport staff sent back. */
    async function rejected() {
      const [member, reviewer] = [await portal.member(), await staffMember(portal, 'reviewer')];
      await submitPassport(member);
      const { id } = (await accountOf(member.phone)) ?? {};
      const [row] = await portal.db.query('SELECT id FROM identity WHERE account_id = $1', [id]);
      const reasons = [{ field: 'expiresOn', code: 'inconsistent', text: '有效期与资料页不一致。' }];
      const decision = { version: 1, decision: 'REJECT', reasons };
      await expectStatus(200, reviewer.post(`/staff/identities/${row?.id}/decision`, decision));
      return { member, id };
    }
    const pictures = async (id: unknown) =>
      (await portal.db.query('SELECT purpose FROM private_image WHERE account_id = $1', [id])).map(
        ({ purpose }) => purpose,
      );

    it('when its member asks for a copy › what was stated and the picture are in it', async () => {
      const { member } = await rejected();
      await expectStatus(202, member.post('/me/export'));
      await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
      const files = storedFiles((await expectStatus(200, member.get('/me/export/package'))).bytes);
      const { identities } = JSON.parse(String(files['data.json']));
      expect(identities[0]).to.include({ name: 'ERIKSSON ANNA', state: 'REJECTED' });
      const [name = ''] = Object.keys(files).filter((each) => each.startsWith('images/'));
      expect(name).to.match(/^images\/id_front-/);
      expect((await sharp(files[name]).metadata()).width).to.be.above(0);
    });

    it('when its member closes the account › the picture is erased', async () => {
      const { member, id } = await rejected();
      expect(await pictures(id)).to.deep.equal(['ID_FRONT']);
      expect(await reasonsOf(member)).to.deep.equal([]);
      expect((await close(member)).status).to.equal(204);
      expect(await pictures(id)).to.deep.equal([]);
    });

    it('when its time is over › the picture is deleted, and what was decided stays', async () => {
      const { member, id } = await rejected();
      const { retention: periods } = loadConfig({
        PORTAL_DATABASE_URL: 'postgresql://127.0.0.1/none',
        INKSEAL_DATA: '/none',
        LEDGER_API_KEY_FILE: '/none/key',
      });
      const sweepAfter = (days: number) =>
        sweepRetention(portal.db.prisma, {
          periods,
          now: new Date(Date.now() + days * 86_400_000),
          table: 'private_image',
          onItemFailure: ({ error }) => {
            throw error;
          },
        });
      await sweepAfter(periods.idImageDays - 1);
      expect(await pictures(id)).to.deep.equal(['ID_FRONT']);
      await sweepAfter(periods.idImageDays + 1);
      expect(await pictures(id)).to.deep.equal([]);
      expect((await member.get('/identity')).body).to.deep.include({ state: 'REJECTED' });
    });
  });

  describe('DELETE /me/consents/identity', () => {
    it('when the consent is withdrawn › pictures are gone and the member is not verified any more', async () => {
      const member = await portal.member({ verified: true });
      expect((await member.get('/me/consents')).body.identity).to.be.a('string');
      expect((await member.delete('/me/consents/identity')).status).to.equal(204);
      expect((await member.get('/me')).body.isVerified).to.equal(false);
      expect((await member.get('/me/consents')).body.identity).to.equal(null);
      expect((await member.get('/works')).code).to.equal('identity-required');
      const { id } = (await accountOf(member.phone)) ?? {};
      expect(await portal.db.query('SELECT 1 FROM private_image WHERE account_id = $1', [id])).to.be.empty;
    });
  });
});
