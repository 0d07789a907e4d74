// SPDX-License-Identifier: Apache-2.0
// Nothing that identifies a person lies anywhere in clear: values are entered through every form that takes them, and then
// looked for in every table, in PostgreSQL's write-ahead log, in the portal's log and in every file it wrote.
import { randomBytes } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { draftOrder, type OrdersPortal, startOrdersPortal } from '../support/orders.ts';
import { expectStatus, newPhone, newResidentId, type PortalMember, photo, verify } from '../support/portal.ts';
import { addHolder, holderImage, organisationForm, personForm } from '../support/right-holders.ts';

/** What the development drivers write is for developers: they refuse to start in production. */
const OUTBOXES = /(sms|mail)-outbox|sandbox-payments/;

describe('personal data', function () {
  this.timeout(120_000);
  const logged: string[] = [];
  const values: string[] = [];
  let portal: OrdersPortal;
  let member: PortalMember;
  before(async () => {
    portal = await startOrdersPortal({ LOG_LEVEL: 'debug' }, (line) => logged.push(line));
    member = await portal.member();
    values.push(member.phone, member.password);
    await enterEverything();
  });
  after(() => portal.stop());

  /** Notes it as a value to look for. */
  const secret = (value: string): string => {
    values.push(value);
    return value;
  };
  /** Letters that nothing else has, so that whatever is found is this value. */
  const word = () =>
    `Q${randomBytes(6)
      .toString('hex')
      .replace(/\d/g, (digit) => String.fromCharCode(103 + Number(digit)))}`;

  async function enterEverything() {
    await expectStatus(204, member.put('/identity/form', { name: secret(word()), email: secret(`${word()}@`) }));
    const name = secret(`${word()} Smith`);
    await expectStatus(200, verify(member, { name }));
    const contact = { email: secret(`${word()}@example.org`), address: secret(`山东省${word()}路1号`) };
    await expectStatus(200, member.put('/identity/contact', contact));
    await expectStatus(
      204,
      member.put('/right-holder-form', { name: secret(word()), documentNumber: secret('37010219990101') }),
    );
    const person = await personForm(member, {
      name: secret(`${word()} Jones`),
      documentNumber: secret(newResidentId()),
      contactPhone: secret(newPhone()),
      documentAddress: secret(`北京市${word()}胡同2号`),
    });
    const { id } = await addHolder(member, person);
    const organisation = {
      name: secret(`青釉${word()}文化有限公司`),
      contactPhone: secret('0531-86427531'),
      documentAddress: secret(`山东省${word()}街3号`),
      legalRepresentative: secret(`${word()} King`),
      email: secret(`${word()}@example.net`),
    };
    const { id: organisationId } = await addHolder(member, await organisationForm(member, organisation));
    await expectStatus(
      204,
      member.put(`/right-holders/${id}/form`, { ...person, declaration: undefined, name: secret(word()) }),
    );
    // Wrong forms are refused, and their values come in an error nowhere.
    const wrong = await personForm(member, { name: secret(word()), documentNumber: secret('370102199003070000') });
    expect((await member.post('/right-holders', wrong)).status).to.equal(422);
    await member.get(`/right-holders?search=${encodeURIComponent(name.slice(0, 8))}`);
    const { id: orderId, form, version } = await draftOrder(member);
    const chosen = (rightHolderId: string) => ({ source: 'holder', rightHolderId });
    const change = {
      ...form,
      depositors: [{ source: 'self' }, chosen(organisationId)],
      authors: [chosen(id)],
      version,
    };
    const saved = await expectStatus(200, member.put(`/attestations/${orderId}`, change));
    await expectStatus(200, member.post(`/attestations/${orderId}/submission`, { version: saved.body.version }));
  }

  /** As text, and as the hexadecimal digits of a binary column. */
  const foundIn = (text: string | Buffer): string[] =>
    values.filter((value) => text.includes(value) || text.includes(Buffer.from(value).toString('hex')));

  it('when every form was filled in › no table holds a value in clear', async () => {
    const tables = await portal.db.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    expect(tables.map(({ name }) => name)).to.include.members(['right_holder_version', 'identity', 'audit', 'outbox']);
    for (const { name } of tables) {
      const rows = await portal.db.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`);
      for (const { text } of rows) expect(foundIn(text), name).to.deep.equal([]);
    }
  });

  it('when every form was filled in › the write-ahead log holds no value in clear', async () => {
    const [server] = await portal.db.query<{ folder: string }>('SHOW data_directory');
    const folder = path.join(String(Object.values(server ?? {})[0]), 'pg_wal');
    const mark = `M${randomBytes(12).toString('hex')}`;
    await portal.db.query(`SELECT pg_logical_emit_message(true, 'test', $1)`, [mark]);
    await portal.db.query('SELECT pg_switch_wal()');
    const files = globSync('????????????????????????', { cwd: folder }).map((name) =>
      readFileSync(path.join(folder, name)),
    );
    expect(
      files.some((bytes) => bytes.includes(mark)),
      'the search finds what is there',
    ).to.equal(true);
    for (const bytes of files) expect(foundIn(bytes)).to.deep.equal([]);
  });

  it('when every form was filled in › the log holds no value, also of refused forms', () => {
    expect(logged.length).to.be.above(10);
    expect(foundIn(logged.join('\n'))).to.deep.equal([]);
  });

  it('when every form was filled in › no file of the portal holds a value or a picture of a document', async () => {
    const files = globSync('**/*', { cwd: portal.dataFolder })
      .map((name) => path.join(portal.dataFolder, name))
      .filter((file) => statSync(file).isFile() && !OUTBOXES.test(file));
    expect(files.length).to.be.above(2);
    const picture = (await photo()).subarray(0, 64);
    for (const file of files) {
      const bytes = readFileSync(file);
      expect(foundIn(bytes), file).to.deep.equal([]);
      expect(bytes.includes(picture), file).to.equal(false);
    }
  });

  it('when a value lies in clear › is found', async () => {
    await holderImage(member, 'front');
    expect(foundIn(`{"name":"${values[2]}"}`)).to.deep.equal([values[2]]);
    expect(foundIn(Buffer.from(values[2] ?? '').toString('hex'))).to.deep.equal([values[2]]);
  });
});
