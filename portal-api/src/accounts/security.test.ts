// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { eventually } from '../../../test/support/eventually.ts';
import {
  newPhone,
  PASSWORD,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
} from '../../../test/support/portal.ts';
import { ageCodes } from '../../../test/support/portal-sms.ts';

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36';

describe('account security over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  /** Notices that were sent to a telephone. */
  const sentTexts = (phone: string): string[] => {
    const lines = readFileSync(path.join(portal.dataFolder, 'sms-outbox.jsonl'), 'utf8').split('\n').filter(Boolean);
    return lines
      .map((line) => JSON.parse(line))
      .flatMap((sent) => (sent.phone === phone && sent.text ? [sent.text] : []));
  };

  /** The same member on another device. */
  const elsewhere = async ({ phone, password }: PortalMember) => {
    const other = portal.visitor();
    const body = Buffer.from(JSON.stringify({ phone, password }));
    const headers = { 'Content-Type': 'application/json', 'User-Agent': CHROME };
    expect((await other.sendBytes('POST', '/sessions', body, headers)).status).to.equal(204);
    other.csrfToken = undefined;
    return other;
  };

  describe('G48 用户头像', () => {
    const send = async (member: PortalMember, bytes: Buffer, type = 'image/jpeg') =>
      member.sendBytes('PUT', '/me/avatar', bytes, { 'Content-Type': type });

    it('when a picture is sent › keeps its middle as a square without metadata, for its owner alone', async () => {
      const [member, stranger] = [await portal.member(), await portal.member()];
      expect((await member.get('/me')).body.avatar).to.equal(null);
      const sent = await send(member, await photo(600, 400));
      expect(sent.status).to.equal(200);
      expect((await member.get('/me')).body.avatar).to.equal(sent.body.avatar);
      const { bytes, headers } = await member.get('/me/avatar');
      expect(headers.get('cache-control')).to.equal('private, no-store');
      const { width, height, format, exif } = await sharp(bytes).metadata();
      expect({ width, height, format, exif }).to.deep.equal({
        width: 256,
        height: 256,
        format: 'webp',
        exif: undefined,
      });
      expect((await stranger.get('/me/avatar')).code).to.equal('file-not-found');
    });

    it('when another one replaces it, or it is removed › nothing of the old one stays', async () => {
      const member = await portal.member();
      const first = (await send(member, await photo())).body.avatar;
      const second = (await send(member, await photo(300, 300))).body.avatar;
      expect(second).to.not.equal(first);
      const images = async () =>
        (await portal.db.query('SELECT id FROM private_image WHERE id = ANY($1)', [[first, second]])).map(
          ({ id }) => id,
        );
      expect(await images()).to.deep.equal([second]);
      expect((await member.delete('/me/avatar')).status).to.equal(204);
      expect(await images()).to.deep.equal([]);
      expect((await member.get('/me')).body.avatar).to.equal(null);
    });

    it('when it is no picture, or an SVG under the name of one › refuses', async () => {
      const member = await portal.member();
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>');
      for (const bytes of [Buffer.from('no picture'), svg])
        expect(await send(member, bytes)).to.include({ status: 422, code: 'image-invalid' });
      expect((await send(member, svg, 'image/svg+xml')).code).to.equal('unsupported-media-type');
    });
  });

  describe('GET /sessions', () => {
    it('when a member is logged in twice › lists both with device and a coarse address, and which one asks', async () => {
      const member = await portal.member();
      await elsewhere(member);
      const { items } = (await member.get('/sessions')).body;
      expect(items.map(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).to.deep.equal([false, true]);
      expect(items[0]).to.include({ browser: 'CHROME', system: 'WINDOWS', place: '127.0.*.*' });
      expect(Date.parse(items[0].lastSeenAt)).to.be.closeTo(Date.now(), 60_000);
      expect(JSON.stringify(items)).to.not.include(member.cookie?.split('=')[1]?.slice(4, 36) ?? 'none');
    });

    it("when one is logged out from another › it ends at once, and a stranger's is not found", async () => {
      const [member, stranger] = [await portal.member(), await portal.member()];
      const other = await elsewhere(member);
      const { items } = (await member.get('/sessions')).body;
      const { id } = items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
      expect(await stranger.delete(`/sessions/${id}`)).to.include({ status: 404, code: 'session-not-found' });
      expect((await other.get('/me')).status).to.equal(200);
      expect((await member.delete(`/sessions/${id}`)).status).to.equal(204);
      expect((await other.get('/me')).code).to.equal('unauthenticated');
      expect((await member.get('/sessions')).body.items).to.have.length(1);
    });

    it('when a member logs out everywhere › every session ends; with keep=current this one stays', async () => {
      const member = await portal.member();
      const other = await elsewhere(member);
      expect((await member.delete('/sessions?keep=current')).status).to.equal(204);
      expect((await other.get('/me')).code).to.equal('unauthenticated');
      expect((await member.get('/me')).status).to.equal(200);
      const third = await elsewhere(member);
      expect((await member.delete('/sessions')).status).to.equal(204);
      for (const client of [member, third]) expect((await client.get('/me')).code).to.equal('unauthenticated');
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).status).to.equal(204);
    });
  });

  describe('PUT /me/phone', () => {
    const codeTo = async (member: PortalMember, phone?: string) => {
      expect((await member.post('/me/phone-codes', phone ? { phone } : {})).status).to.equal(202);
      return portal.smsCode(phone ?? member.phone);
    };

    it('when anybody asks at the open endpoint for such a code › refuses the purpose', async () => {
      const answer = await portal.visitor().post('/sms-codes', { phone: newPhone(), purpose: 'CHANGE_PHONE' });
      expect(answer.fields).to.deep.equal(['purpose: not-an-option']);
    });

    it('with the codes of both telephones › changes, ends the other sessions, and this one stays', async () => {
      const member = await portal.member();
      const other = await elsewhere(member);
      await ageCodes(portal, member.phone, 61);
      const phone = newPhone();
      const body = { phone, currentCode: await codeTo(member), code: await codeTo(member, phone) };
      expect((await member.put('/me/phone', body)).status).to.equal(204);
      expect((await member.get('/me')).body.phone).to.equal(`${phone.slice(0, 3)}****${phone.slice(-4)}`);
      expect((await other.get('/me')).code).to.equal('unauthenticated');
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).code).to.equal('credentials-invalid');
      expect((await portal.visitor().logIn(phone, PASSWORD)).status).to.equal(204);
      for (const told of [member.phone, phone])
        await eventually(() => sentTexts(told).some((text) => text.includes('改绑')));
      expect((await member.put('/me/phone', { ...body, phone: newPhone() })).code).to.equal('sms-code-invalid');
    });

    it('with the password and the new code › changes; five wrong passwords lock it', async () => {
      const member = await portal.member();
      const phone = newPhone();
      const code = await codeTo(member, phone);
      expect((await member.put('/me/phone', { phone, code })).fields).to.deep.equal(['currentCode: missing']);
      const wrong = await member.put('/me/phone', { phone, code, password: 'wrong password 1' });
      expect(wrong.fields).to.deep.equal(['password: mismatch']);
      expect((await member.put('/me/phone', { phone, code, password: PASSWORD })).status).to.equal(204);
      const next = newPhone();
      const answers = [];
      for (let tries = 0; tries < 6; tries += 1)
        answers.push((await member.put('/me/phone', { phone: next, code: '000000', password: 'wrong' })).code);
      expect(answers).to.deep.equal([...Array(5).fill('invalid-request'), 'login-locked']);
    });

    it("when the telephone is another's, the same, or a code is wrong › refuses and changes nothing", async () => {
      const [member, taken] = [await portal.member(), await portal.member()];
      expect((await member.post('/me/phone-codes', { phone: member.phone })).fields).to.deep.equal([
        'phone: duplicate',
      ]);
      const wrong = await member.put('/me/phone', { phone: newPhone(), code: '000000', password: PASSWORD });
      expect(wrong).to.include({ status: 422, code: 'sms-code-invalid' });
      expect(wrong.fields).to.deep.equal(['code: mismatch']);
      const noProof = { phone: newPhone(), code: '000000', currentCode: '000000' };
      expect((await member.put('/me/phone', noProof)).fields).to.deep.equal(['currentCode: mismatch']);
      await ageCodes(portal, taken.phone, 61);
      const code = await codeTo(member, taken.phone);
      const answer = await member.put('/me/phone', { phone: taken.phone, code, password: PASSWORD });
      expect(answer).to.include({ status: 409, code: 'phone-registered' });
      expect((await portal.visitor().logIn(member.phone, PASSWORD)).status).to.equal(204);
    });
  });
});
