// SPDX-License-Identifier: Apache-2.0
// Damage to a stored file that nobody has asked for: the operator learns of it, and of its repair, by themselves.
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, type PortalClient } from '../../../test/support/portal.ts';

const KINDS = [
  ['upload', 'SELECT id, cid FROM upload WHERE cid IS NOT NULL ORDER BY id LIMIT 1'],
  ['certificate', 'SELECT id, pdf_cid AS cid FROM certificate WHERE pdf_cid IS NOT NULL'],
] as const;

describe('the scrub of stored objects', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let visitor: PortalClient;
  let alerts: { alert: string; kind: string; id: string }[] = [];
  before(async () => {
    portal = await startCertificatesPortal({ LOG_LEVEL: 'error', SCRUB_EVERY_HOURS: '0' }, (line) => {
      const entry = JSON.parse(line);
      if (entry.alert === 'stored-object-damaged') alerts.push(entry);
    });
    visitor = portal.visitor();
    await certifiedOrder(portal, await portal.member({ verified: true }));
  });
  after(() => portal.stop());
  beforeEach(() => {
    alerts = [];
  });

  const storagePart = async () => (await expectStatus(200, visitor.get('/readyz'))).body.parts.storage;
  const damaged = async () =>
    /stored_objects_damaged (\d+)/.exec((await visitor.get('/metrics')).bytes.toString())?.[1];
  const blockOf = (cid: string) => {
    const folder = path.join(portal.dataFolder, 'blocks', 'content', cid);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const [file] = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
    return file ?? '';
  };

  const setCipher = (id: unknown, cipher: Buffer) =>
    portal.db.query('UPDATE private_image SET cipher = $2 WHERE id = $1', [id, cipher]);

  for (const [kind, sql] of KINDS)
    for (const what of ['missing', 'flipped'])
      it(`when a block of a stored ${kind} is ${what} › reports it once, and takes it back when it is whole`, async () => {
        expect(await storagePart()).to.deep.equal({ ok: true });
        const [row] = await portal.db.query(sql);
        const cid = String(row?.cid);
        const file = blockOf(cid);
        const whole = readFileSync(file);
        if (what === 'missing') renameSync(file, `${file}.away`);
        else writeFileSync(file, Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) ?? 0) ^ 1])]));
        await eventually(async () => (await storagePart()).ok === false);
        expect(await storagePart()).to.deep.equal({ ok: false, code: 'stored-object-damaged', count: 1 });
        expect(await damaged()).to.equal('1');
        writeFileSync(file, whole);
        await eventually(async () => (await storagePart()).ok === true);
        expect(await damaged()).to.equal('0');
        expect(alerts.map((alert) => [alert.kind, alert.id])).to.deep.equal([[kind, String(row?.id)]]);
      });

  it('when a picture of an identity card can no longer be decrypted › reports it', async () => {
    const [image] = await portal.db.query('SELECT id, cipher FROM private_image ORDER BY id LIMIT 1');
    const cipher = Buffer.from(image?.cipher);
    await setCipher(image?.id, Buffer.concat([cipher.subarray(0, -1), Buffer.from([(cipher.at(-1) ?? 0) ^ 1])]));
    await eventually(async () => (await storagePart()).ok === false);
    expect(alerts).to.have.length(1);
    expect(alerts[0]).to.include({ kind: 'identity-image', id: image?.id });
    await setCipher(image?.id, cipher);
    await eventually(async () => (await storagePart()).ok === true);
  });

  it('when the digest on record is of other bytes › reports an original that decrypts well', async () => {
    const [upload] = await portal.db.query('SELECT id, sha256 FROM upload WHERE cid IS NOT NULL ORDER BY id LIMIT 1');
    const setDigest = (sha256: unknown) =>
      portal.db.query('UPDATE upload SET sha256 = $2 WHERE id = $1', [upload?.id, sha256]);
    await setDigest(Buffer.alloc(32, 7));
    await eventually(async () => (await storagePart()).ok === false);
    await setDigest(upload?.sha256);
    await eventually(async () => (await storagePart()).ok === true);
    expect(alerts[0]).to.include({ kind: 'upload', id: upload?.id });
  });

  it('when thirty objects stay damaged › still comes to the end of its pass', async () => {
    // Pictures that were never readable: each of them is found, and none keeps the pass from going on.
    const [account] = await portal.db.query('SELECT id FROM account LIMIT 1');
    await portal.db.query(
      `INSERT INTO private_image (id, account_id, purpose, media_type, cipher)
       SELECT gen_random_uuid(), $1, 'AVATAR', 'image/png', decode('00', 'hex') FROM generate_series(1, 30)`,
      [account?.id],
    );
    await eventually(async () => (await storagePart()).count === 30);
    await portal.db.query('UPDATE scrub SET finished_at = NULL');
    await eventually(
      async () => (await portal.db.query('SELECT 1 FROM scrub WHERE finished_at IS NOT NULL')).length === 1,
    );
    await portal.db.query("DELETE FROM private_image WHERE cipher = decode('00', 'hex')");
    await portal.db.query("UPDATE damaged_object SET checked_at = now() - interval '2 min'");
    await eventually(async () => (await storagePart()).ok === true);
  });

  it('when a damaged object belongs to nobody any more › takes the report back', async () => {
    const [row] = await portal.db.query(
      "INSERT INTO damaged_object (kind, object_id) VALUES ('upload', gen_random_uuid()) RETURNING object_id",
    );
    expect(await storagePart()).to.include({ ok: false, count: 1 });
    await portal.db.query("UPDATE damaged_object SET checked_at = now() - interval '2 min'");
    await eventually(async () => (await storagePart()).ok === true);
    expect(row).to.have.property('object_id');
  });

  it('when the portal restarts in the middle of a pass › continues where it stood', async () => {
    const [upload] = await portal.db.query('SELECT max(id::text) AS id FROM upload');
    await portal.db.query(`UPDATE scrub SET kind = 'upload', after = $1, finished_at = NULL`, [String(upload?.id)]);
    // With nothing left of the uploads, the pass comes to the certificates and ends.
    await eventually(
      async () => (await portal.db.query('SELECT 1 FROM scrub WHERE finished_at IS NOT NULL')).length === 1,
    );
  });
});
