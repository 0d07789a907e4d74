// SPDX-License-Identifier: Apache-2.0
// The master key is replaced, by the program that operators run, while members save, upload, read and certify.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { importFor, OLD_PDF } from '../../../test/support/earlier-certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import type { Order } from '../../../test/support/orders.ts';
import { foundOrganisation } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalMember, photo, uploadFile } from '../../../test/support/portal.ts';
import { type Program, runNode } from '../../../test/support/processes.ts';
import { archiveWork, makeStaff, publishWork } from '../../../test/support/publications.ts';
import { addHolder, personForm } from '../../../test/support/right-holders.ts';

const PROGRAM = path.resolve(import.meta.dirname, '..', 'rotate-keys-cli.ts');
const QUIET_SECONDS = '10';

describe('npm run rotate-keys', function () {
  this.timeout(300_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  let publicWork: string;
  before(async () => {
    portal = await startCertificatesPortal({ SCRUB_EVERY_HOURS: '0' });
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
    await importFor(portal, member);
    await addHolder(member, await personForm(member));
    await foundOrganisation(await portal.member());
    const staff = await makeStaff(portal, 'reviewer');
    publicWork = (await publishWork({ owner: member, staff }, await archiveWork(member))).id;
    await expectStatus(
      202,
      portal.visitor().post(`/publications/${publicWork}/reports`, { ground: 'OTHER', text: '看' }),
    );
    await expectStatus(204, member.put('/identity/form', { name: '半' }));
    await expectStatus(204, member.put('/right-holder-form', { name: '半' }));
    await expectStatus(202, member.post('/me/export'));
    await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
  });
  after(() => portal.stop());

  const keyFile = () => path.join(portal.dataFolder, 'keys', 'portal-master-key.json');
  const keyIds = (): string[] => Object.keys(JSON.parse(readFileSync(keyFile(), 'utf8')).keys);
  const rotate = (): Program => {
    const env = { PORTAL_DATABASE_URL: portal.db.url, INKSEAL_DATA: portal.dataFolder };
    return runNode(PROGRAM, ['--quiet-seconds', QUIET_SECONDS], { env });
  };

  it('when members work meanwhile, and it is killed in the middle › all goes on, and the next run brings it to its end', async () => {
    const [old = ''] = keyIds();
    let isOver = false;
    const work = workUntil(() => isOver);
    const certified = certifiedOrder(portal, member);
    const first = rotate();
    await eventually(() => first.output().includes('wrapped again'));
    await first.kill();
    expect(keyIds(), 'the old key is still needed').to.have.length(2).and.include(old);
    const second = rotate();
    expect(await second.exited, second.output()).to.equal(0);
    isOver = true;
    expect(await work, 'rounds of work').to.be.above(0);
    expect((await certified).certificate.number).to.match(/^\d+$/);
    expect(keyIds()).to.have.length(1).and.not.include(old);
    expect(await naming(old)).to.deep.equal([]);
    await readEverything();
  });

  it('when a value is damaged › names it, fails, and keeps the old key', async () => {
    const [old = ''] = keyIds();
    const [row] = await portal.db.query<{ id: string; cipher: Buffer }>(
      'SELECT id, name_cipher AS cipher FROM identity ORDER BY id LIMIT 1',
    );
    const damaged = Buffer.from(row?.cipher ?? '');
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    await portal.db.query('UPDATE identity SET name_cipher = $2 WHERE id = $1', [row?.id, damaged]);
    const program = rotate();
    expect(await program.exited).to.equal(1);
    expect(program.output()).to.include(`identity.name_cipher of ${row?.id}`);
    expect(keyIds()).to.include(old);
    await portal.db.query('UPDATE identity SET name_cipher = $2 WHERE id = $1', [row?.id, row?.cipher]);
    const again = rotate();
    expect(await again.exited, again.output()).to.equal(0);
    expect(keyIds()).to.not.include(old);
  });

  /** Saves, uploads and reads, round after round; answers how many rounds there were. */
  async function workUntil(isOver: () => boolean): Promise<number> {
    for (let round = 0; ; round += 1) {
      if (isOver() && round > 0) return round;
      const bytes = await photo(300 + round, 200);
      const uploadId = await uploadFile(member, `${round}.jpg`, bytes);
      const files = { files: [{ uploadId }], cover: uploadId, display: [{ uploadId }] };
      const work = await archiveWork(member, { title: `作品${round}`, ...files });
      const file = await expectStatus(200, member.get(`/works/${work.id}/files/${uploadId}/content`));
      expect(file.bytes.equals(bytes), 'the file as it was sent').to.equal(true);
      await addHolder(member, await personForm(member));
      await expectStatus(204, member.put('/right-holder-form', { name: `半${round}` }));
      expect((await expectStatus(200, member.get('/right-holder-form'))).body.form.name).to.equal(`半${round}`);
      await portal.member({ verified: true });
      await expectStatus(200, member.get('/right-holders'));
    }
  }

  /** Binary columns, and rows of the outbox, that name the key. */
  async function naming(keyId: string): Promise<string[]> {
    const columns = await portal.db.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea'`,
    );
    const found: string[] = [];
    for (const { table, column } of columns) {
      const text = `SELECT 1 FROM "${table}" WHERE position($1::bytea IN "${column}") > 0 LIMIT 1`;
      if ((await portal.db.query(text, [Buffer.from(keyId)])).length > 0) found.push(`${table}.${column}`);
    }
    const messages = await portal.db.query<{ message: string }>(
      `SELECT payload->>'message' AS message FROM outbox WHERE payload ? 'message'`,
    );
    expect(messages.length, 'text messages in the outbox').to.be.above(0);
    if (messages.some(({ message }) => Buffer.from(message, 'base64').includes(keyId))) found.push('outbox');
    const files = `SELECT 1 FROM upload WHERE key_id = $1 AND octet_length(wrapped_key) > 0
                   UNION SELECT 1 FROM certificate WHERE pdf_key_id = $1`;
    return (await portal.db.query(files, [keyId])).length > 0 ? [...found, 'files'] : found;
  }

  /** Through the interface, and all the rest by a whole pass of the scrub. */
  async function readEverything() {
    const { id } = order;
    for (const part of ['certificate', 'bundle', 'package'])
      expect((await expectStatus(200, member.get(`/attestations/${id}/${part}`))).bytes.length).to.be.above(1_000);
    await expectStatus(200, member.get('/me/export/package'));
    const [{ id: earlier }] = (await expectStatus(200, member.get('/earlier-certificates'))).body.items;
    const old = await expectStatus(200, member.get(`/earlier-certificates/${earlier}/pdf`));
    expect(old.bytes.equals(OLD_PDF)).to.equal(true);
    const { images } = (await expectStatus(200, portal.visitor().get(`/publications/${publicWork}`))).body;
    await expectStatus(200, portal.visitor().get(`/publications/${publicWork}/images/${images[0].id}`));
    await portal.db.query(
      `UPDATE scrub SET kind = 'upload', after = '00000000-0000-0000-0000-000000000000', finished_at = NULL`,
    );
    await eventually(async () => (await portal.db.query('SELECT finished_at FROM scrub'))[0]?.finished_at !== null, {
      withinMs: 120_000,
    });
    expect(await portal.db.query('SELECT * FROM damaged_object')).to.deep.equal([]);
  }
});
