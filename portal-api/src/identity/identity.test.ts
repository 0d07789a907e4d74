// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import sharp from 'sharp';
import {
  expectStatus,
  newResidentId,
  type PortalClient,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  verify,
} from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';
import { createIdentityStore } from './identity.store.ts';
import { residentIdCheck } from './resident-id.ts';

describe('identity over HTTP', () => {
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const sendImage = (member: PortalClient, bytes: Uint8Array, type = 'image/jpeg', side = 'front') =>
    member.sendBytes('POST', `/identity/images?side=${side}`, bytes, { 'Content-Type': type });

  async function imagesOf(member: PortalClient) {
    const picture = await photo();
    const front = await expectStatus(201, sendImage(member, picture, 'image/jpeg', 'front'));
    const back = await expectStatus(201, sendImage(member, picture, 'image/jpeg', 'back'));
    return { frontImageId: front.body.id, backImageId: back.body.id };
  }

  const person = (idNumber: string) => ({
    nature: 'PERSONAL',
    name: '欧阳小明',
    idNumber,
    email: 'someone@example.org',
    address: '山东省济南市历下区测试路1号',
    consent: true,
  });

  describe('whose card it is', () => {
    const save = (member: PortalMember, idNumber: string) =>
      member.put('/identity', { ...person(idNumber), frontImageId: newId(), backImageId: newId() });

    it('when somebody is under 14 › refuses, since a guardian must do it', async () => {
      const member = await portal.member();
      const year = new Date().getFullYear() - 10;
      const digits = `370102${year}0307241`;
      const answer = await save(member, digits + residentIdCheck(digits));
      expect(answer.fields).to.deep.equal(['idNumber: guardian-needed']);
    });

    it('when it is a permit for Hong Kong, Macao or Taiwan, or the card of a foreign resident › takes the number', async () => {
      const member = await portal.member();
      const foreign = '93784019900307241';
      for (const number of ['810000199001010019', '830000198808080121', foreign + residentIdCheck(foreign)])
        expect((await save(member, number)).fields).to.deep.equal([
          'backImageId: not-found',
          'frontImageId: not-found',
        ]);
    });
  });

  describe('POST /identity/images', () => {
    it('when the bytes are no picture, another format, or a broken one › refuses', async () => {
      const member = await portal.member();
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"/>');
      const webp = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#888888' } })
        .webp()
        .toBuffer();
      const broken = (await photo()).subarray(0, 700);
      for (const bytes of [Buffer.alloc(0), Buffer.from('x'.repeat(500)), svg, webp, broken, await photo(100, 100)]) {
        expect(await sendImage(member, bytes)).to.include({ status: 422, code: 'image-invalid' });
      }
    });

    it('when it claims another type, is too large, or has no side › says which', async () => {
      const member = await portal.member();
      const picture = await photo();
      expect(await sendImage(member, picture, 'image/gif')).to.include({ status: 415, code: 'unsupported-media-type' });
      expect(await sendImage(member, Buffer.alloc(10 * 1024 * 1024 + 1))).to.include({
        status: 413,
        code: 'payload-too-large',
      });
      expect((await member.post('/identity/images?side=front', {})).code).to.equal('unsupported-media-type');
      expect((await sendImage(member, picture, 'image/jpeg', 'inside')).fields).to.deep.equal(['side: not-an-option']);
    });

    it('keeps the picture encrypted, upright and without metadata', async () => {
      const member = await portal.member();
      const original = await sharp(await photo(600, 400))
        .withExif({ IFD0: { Make: 'EXIF-MARK' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { body } = await expectStatus(201, sendImage(member, original));
      const [row] = await portal.db.query('SELECT cipher, media_type FROM private_image WHERE id = $1', [body.id]);
      expect(row?.cipher.includes(Buffer.from([0xff, 0xd8, 0xff]))).to.equal(false);
      const stored = portal.vault.decrypt(row?.cipher, `private_image:${body.id}`);
      const { exif, orientation, width, height } = await sharp(stored).metadata();
      expect({ exif, orientation, width, height }).to.deep.equal({
        exif: undefined,
        orientation: undefined,
        width: 400,
        height: 600,
      });
    });
  });

  describe('PUT /identity', () => {
    it('when every field is wrong › names them all at once', async () => {
      const member = await portal.member();
      const answer = await member.put('/identity', {
        nature: 'ROBOT',
        name: '1',
        idNumber: '370102199003072416',
        email: 'a@b@c',
        address: 'x',
        frontImageId: 'no id',
        consent: false,
      });
      expect(answer).to.include({ status: 422, code: 'invalid-request' });
      expect(answer.fields).to.deep.equal([
        'address: too-short',
        'backImageId: missing',
        'consent: consent-missing',
        'email: malformed',
        'frontImageId: malformed',
        'idNumber: checksum-wrong',
        'name: malformed',
        'nature: not-an-option',
      ]);
    });

    it('when a field holds control characters or halves of characters › calls it malformed', async () => {
      const member = await portal.member();
      const images = await imagesOf(member);
      for (const sign of ['\0', '\x07', '\ud800']) {
        const fields = { email: `some${sign}one@example.org`, address: `山东省济南市${sign}历下区` };
        const answer = await member.put('/identity', { ...person(newResidentId()), ...images, ...fields });
        expect(answer.fields).to.deep.equal(['address: malformed', 'email: malformed']);
      }
    });

    it("when the images are another member's, or of the other side › does not find them", async () => {
      const [member, other] = [await portal.member(), await portal.member()];
      const images = await imagesOf(other);
      const stolen = await member.put('/identity', { ...person(newResidentId()), ...images });
      expect(stolen.fields).to.deep.equal(['backImageId: not-found', 'frontImageId: not-found']);
      const swapped = { frontImageId: images.backImageId, backImageId: images.frontImageId };
      const answer = await other.put('/identity', { ...person(newResidentId()), ...swapped });
      expect(answer.fields).to.deep.equal(['backImageId: not-found', 'frontImageId: not-found']);
    });

    it('when a name has a look-alike of the middle dot, or rare characters › prints the one dot, and keeps the characters', async () => {
      const member = await portal.member();
      const images = await imagesOf(member);
      for (const [typed, printed] of [
        ['阿依古丽•买买提', '阿依古丽·买买提'],
        ['阿依古丽 ・ 买买提', '阿依古丽·买买提'],
        ['阿依古丽.买买提', '阿依古丽·买买提'],
        ['买买提‧艾力⋅吐尔逊', '买买提·艾力·吐尔逊'],
        ['王㛃', '王㛃'],
        ['李𬱖', '李𬱖'],
        ['古'.repeat(50), '古'.repeat(50)],
        ["Mary-Jane O'Brien Jr.", "Mary-Jane O'Brien Jr."],
      ]) {
        const answer = await member.put('/identity', { ...person(newResidentId()), ...images, name: typed });
        expect([answer.status, answer.body.fullName], typed).to.deep.equal([200, printed]);
      }
    });

    it('when a name is too short, too long or begins with a dot › says so', async () => {
      const member = await portal.member();
      const images = await imagesOf(member);
      for (const [name, fault] of [
        ['王', 'too-short'],
        ['𬱖', 'too-short'],
        ['古'.repeat(51), 'too-long'],
        ['·买买提', 'malformed'],
        ['阿依古丽··买买提', 'malformed'],
        ['王2', 'malformed'],
      ]) {
        const answer = await member.put('/identity', { ...person(newResidentId()), ...images, name });
        expect(answer.fields, name).to.deep.equal([`name: ${fault}`]);
      }
    });

    it('G61 when the document is a permit or the card of a foreign resident › the account may do what a verified one may', async () => {
      const permit = (region: string) => {
        const digits = `${region}${newResidentId().slice(6, 17)}`;
        return digits + residentIdCheck(digits);
      };
      for (const region of ['810000', '820000', '830000', '937840']) {
        const member = await portal.member();
        expect((await member.get('/works')).code).to.equal('identity-required');
        const form = { ...person(permit(region)), ...(await imagesOf(member)) };
        const { body } = await expectStatus(200, member.put('/identity', form));
        expect(body.state, region).to.equal('VERIFIED');
        expect((await member.get('/works')).status, region).to.equal(200);
      }
    });

    it('when the number belongs to another account › refuses, and the earlier identity stays', async () => {
      const [first, second] = [await portal.member(), await portal.member()];
      const idNumber = newResidentId();
      await expectStatus(200, first.put('/identity', { ...person(idNumber), ...(await imagesOf(first)) }));
      await expectStatus(200, verify(second));
      const answer = await second.put('/identity', { ...person(idNumber), ...(await imagesOf(second)) });
      expect(answer).to.include({ status: 409, code: 'identity-in-use' });
      expect((await second.get('/identity')).body).to.include({ state: 'VERIFIED', version: 1 });
    });

    it('when two accounts claim one number at once › verifies one', async () => {
      const members = [await portal.member(), await portal.member(), await portal.member()];
      const idNumber = newResidentId();
      const forms = await Promise.all(
        members.map(async (each) => ({ ...person(idNumber), ...(await imagesOf(each)) })),
      );
      const answers = await Promise.all(members.map((each, index) => each.put('/identity', forms[index])));
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409, 409]);
    });

    it('when all is right › verifies at once, shows it masked, and opens what needs a real name', async () => {
      const member = await portal.member();
      expect((await member.get('/identity')).body).to.deep.equal({ state: 'NONE' });
      expect(await member.get('/works')).to.include({ status: 403, code: 'identity-required' });
      const idNumber = newResidentId();
      const form = { ...person(` ${idNumber.toLowerCase()}`), ...(await imagesOf(member)) };
      const { body } = await expectStatus(200, member.put('/identity', form));
      expect(body).to.deep.include({
        state: 'VERIFIED',
        nature: 'PERSONAL',
        version: 1,
        name: '欧***',
        fullName: '欧阳小明',
        idNumber: `${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}`,
        email: 's***@example.org',
        hasImages: true,
      });
      expect((await member.get('/me')).body.isVerified).to.equal(true);
      expect((await member.get('/works')).status).to.equal(200);
    });

    it('when it is saved again › keeps the old version, and frees the old number', async () => {
      const [member, other] = [await portal.member(), await portal.member()];
      const images = await imagesOf(member);
      const number = newResidentId();
      await expectStatus(200, member.put('/identity', { ...person(number), ...images }));
      const { body } = await expectStatus(200, member.put('/identity', { ...person(newResidentId()), ...images }));
      expect(body.version).to.equal(2);
      await expectStatus(200, other.put('/identity', { ...person(number), ...(await imagesOf(other)) }));
    });

    it('keeps nothing in clear that identifies the person, and can read it back for a snapshot', async () => {
      const member = await portal.member();
      const idNumber = newResidentId();
      await expectStatus(200, member.put('/identity', { ...person(idNumber), ...(await imagesOf(member)) }));
      for (const table of ['identity', 'account', 'audit', 'outbox', 'session']) {
        const rows = await portal.db.query(`SELECT t::text AS text FROM ${table} t`);
        for (const { text } of rows) {
          for (const secret of [idNumber, '欧阳小明', 'someone@example.org', '历下区', member.phone]) {
            expect(text, table).to.not.include(secret).and.to.not.include(Buffer.from(secret).toString('hex'));
          }
        }
      }
      const [account] = await portal.db.query('SELECT id FROM account WHERE phone_index = $1', [
        portal.vault.blindIndex('phone', member.phone),
      ]);
      const store = createIdentityStore(portal.db, portal.vault);
      expect(await store.verifiedPerson(account?.id)).to.deep.include({ name: '欧阳小明', idNumber });
    });
  });
});
