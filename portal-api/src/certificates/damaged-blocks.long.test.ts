// SPDX-License-Identifier: Apache-2.0
// Blocks of the content store that are missing or flipped: a request for the damaged file gets an error that says whose
// fault it is, everybody else is served, and the file is served again once its block is back, without a restart.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  approvedOrder,
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type Order, orderIn } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { cidOf } from '../storage/import-blocks.ts';

/** How a block goes bad, and how it is put right again. */
const DAMAGES = [
  { what: 'missing', damage: (file: string) => renameSync(file, `${file}.away`) },
  {
    what: 'flipped',
    damage(file: string) {
      const block = readFileSync(file);
      writeFileSync(`${file}.away`, block);
      block.writeUInt8(block.readUInt8(block.length >> 1) ^ 1, block.length >> 1);
      writeFileSync(file, block);
    },
  },
];

describe('damaged blocks', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  let logged: { level: number; msg: string }[] = [];
  before(async () => {
    portal = await startCertificatesPortal({ LOG_LEVEL: 'warn' }, (line) => void logged.push(JSON.parse(line)));
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
  });
  after(() => portal.stop());
  beforeEach(() => {
    logged = [];
  });

  const original = async () => {
    const rows = await portal.db.query(
      'SELECT u.id, u.cid FROM upload u JOIN attestation_file f ON f.upload_id = u.id',
    );
    return { id: String(rows[0]?.id), cid: String(rows[0]?.cid) };
  };
  const originalCid = async () => (await original()).cid;
  const pdfCid = async () => String((await portal.db.query('SELECT pdf_cid AS cid FROM certificate'))[0]?.cid);
  const pageCid = () => {
    const folder = path.join(portal.dataFolder, 'blocks', 'content');
    const isPage = (cid: string) => readFileSync(blockOf(portal, cid)).includes('<!doctype html>');
    return Promise.resolve(String(readdirSync(folder).find(isPage)));
  };
  const asked = {
    package: () => member.get(`/attestations/${order.id}/package`),
    certificate: () => member.get(`/attestations/${order.id}/certificate`),
    file: async () => member.get(`/attestations/${order.id}/files/${(await original()).id}/content`),
  };

  for (const { what, damage } of DAMAGES)
    for (const { part, cidOf, answers } of [
      { part: 'an original', cidOf: originalCid, answers: [asked.package, asked.file] },
      { part: 'a certificate', cidOf: pdfCid, answers: [asked.package, asked.certificate] },
      { part: 'the verifier in a package', cidOf: pageCid, answers: [asked.package] },
    ])
      it(`when a block of ${part} is ${what} › answer stored-object-damaged, serve the rest, and heal with the block`, async () => {
        const block = blockOf(portal, await cidOf());
        damage(block);
        for (const ask of answers) {
          const answer = await ask();
          expect([answer.status, answer.code]).to.deep.equal([500, 'stored-object-damaged']);
        }
        expect(logged.filter(({ level, msg }) => level === 50 && msg === 'stored-object-damaged').length).to.equal(
          answers.length,
        );
        expect((await member.get('/healthz')).status).to.equal(200);
        expect((await portal.visitor().get(`/lookup/${order.certificate.number}`)).status).to.equal(200);
        expect((await member.get(`/attestations/${order.id}/bundle`)).status).to.equal(200);

        rmSync(block, { force: true });
        renameSync(`${block}.away`, block);
        for (const ask of answers) await expectStatus(200, ask());
      });
});

describe('a stored PDF', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startCertificatesPortal();
    member = await portal.member({ verified: true });
  });
  after(() => portal.stop());

  const stored = async (id: string) => {
    const [row] = await portal.db.query(
      `SELECT pdf_cid AS cid, encode(pdf_sha256, 'hex') AS sha256 FROM certificate WHERE attestation_id = $1`,
      [id],
    );
    return { cid: String(row?.cid), sha256: String(row?.sha256) };
  };

  for (const { what, damage } of DAMAGES)
    it(`when it is ${what} before the certificate is issued › is made again, and only then the order is certified`, async () => {
      // Without the offline verifier the issue stops between PDF and package.
      renameSync(portal.verifyPage, `${portal.verifyPage}.aside`);
      const { id } = await approvedOrder(portal, member);
      const first = await eventually(async () => {
        const found = await stored(id);
        return found.cid.startsWith('b') && found;
      });
      damage(blockOf(portal, first.cid));
      renameSync(`${portal.verifyPage}.aside`, portal.verifyPage);
      await orderIn('CERTIFIED', member, id);
      const pdf = (await expectStatus(200, member.get(`/attestations/${id}/certificate`))).bytes;
      const second = await stored(id);
      expect(second.cid).to.not.equal(first.cid);
      expect(createHash('sha256').update(pdf).digest('hex')).to.equal(second.sha256);
      await expectStatus(200, member.get(`/attestations/${id}/package`));
    });

  for (const { what, damage } of DAMAGES)
    it(`when the stored offline verifier is ${what} › the next certificate mends it, also for those before`, async () => {
      const certified = async () => {
        const { id } = await approvedOrder(portal, member);
        await orderIn('CERTIFIED', member, id);
        return id;
      };
      const before = await certified();
      damage(blockOf(portal, await cidOf(readFileSync(portal.verifyPage))));
      expect((await member.get(`/attestations/${before}/package`)).code).to.equal('stored-object-damaged');
      await certified();
      await expectStatus(200, member.get(`/attestations/${before}/package`));
    });

  it('when it is damaged after the issue › is never made again, also when the handler runs again', async () => {
    const { id } = await certifiedOrder(portal, member);
    const { cid } = await stored(id);
    const block = blockOf(portal, cid);
    renameSync(block, `${block}.away`);
    await portal.db.query(`INSERT INTO outbox (topic, payload) VALUES ('certificate', $1)`, [
      JSON.stringify({ attestationId: id, round: 1 }),
    ]);
    await eventually(async () => (await portal.db.query('SELECT 1 FROM outbox WHERE done_at IS NULL')).length === 0);
    expect((await stored(id)).cid).to.equal(cid);
    expect((await member.get(`/attestations/${id}/certificate`)).code).to.equal('stored-object-damaged');
    renameSync(`${block}.away`, block);
    await expectStatus(200, member.get(`/attestations/${id}/certificate`));
  });
});

/** The content's one block: the files of these tests are smaller than a leaf. */
function blockOf({ dataFolder }: CertificatesPortal, cid: string): string {
  const folder = path.join(dataFolder, 'blocks', 'content', cid);
  const [shard = ''] = readdirSync(folder);
  const [name = ''] = readdirSync(path.join(folder, shard));
  return path.join(folder, shard, name);
}
