// SPDX-License-Identifier: Apache-2.0
// Nothing that identifies a person lies anywhere in clear: values are entered through every form that takes them, and then
// looked for in every table, in PostgreSQL's write-ahead log, in Redis, in the portal's log and in every file it wrote,
// temporary ones too. Names that their owner chose to publish are the only exception.
import { randomBytes } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { earlierFolder, earlierRow, importEarlier, OLD_PDF } from '../support/earlier-certificates.ts';
import { eventually } from '../support/eventually.ts';
import { draftOrder, type OrdersPortal, startOrdersPortal } from '../support/orders.ts';
import {
  actFor,
  approveOrganisation,
  newCreditCode,
  organisationForm as statementOf,
} from '../support/organisations.ts';
import { expectStatus, newPhone, newResidentId, type PortalMember, photo, verify } from '../support/portal.ts';
import { archiveWork, makeStaff, publishWork } from '../support/publications.ts';
import { dumpOf, hasRedis, type TestRedis, testRedis } from '../support/redis.ts';
import { addHolder, holderImage, organisationForm, personForm } from '../support/right-holders.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** What the development drivers write is for developers: they refuse to start in production. */
const OUTBOXES = /(sms|mail)-outbox|sandbox-payments/;

/** Each has rows of a form that was filled in. */
const TABLES = [
  'right_holder_version',
  'identity',
  'organisation_version',
  'organisation_invitation',
  'publication_report',
  'message_preference',
  'data_export',
  'earlier_certificate',
  'audit',
  'outbox',
];

describe('personal data', function () {
  this.timeout(120_000);
  const logged: string[] = [];
  const residentId = newResidentId();
  const values: string[] = [];
  let portal: OrdersPortal;
  let member: PortalMember;
  let redis: TestRedis | undefined;
  /** Where the portal's temporary files go, if it makes any. */
  const temporary = temporaryFolder();
  const { TMPDIR } = process.env;
  before(async () => {
    // What a centre imports lies where the portal does not.
    const imported = importedCertificate();
    process.env.TMPDIR = temporary;
    redis = hasRedis() ? await testRedis() : undefined;
    const environment = { LOG_LEVEL: 'debug', ...(redis && { REDIS_URL: redis.url }) };
    portal = await startOrdersPortal(environment, (line) => logged.push(line));
    member = await portal.member();
    values.push(member.phone, member.password);
    expect((await importEarlier(portal, imported)).counts.certificates.imported).to.equal(1);
    await enterEverything();
    await enterOrganisation();
    await enterReport();
    await exportEverything();
  });
  after(async () => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await portal.stop();
    await redis?.stop();
  });

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

  function importedCertificate(): string {
    const owners = [secret(`${word()} Bishop`), secret(`青釉${word()}文化有限公司`)].join('、');
    const pdf = Buffer.concat([OLD_PDF, Buffer.from(secret(word()))]);
    return earlierFolder([earlierRow({ owners, pdf: 'a.pdf' })], { 'a.pdf': pdf });
  }

  async function enterEverything() {
    await expectStatus(204, member.put('/identity/form', { name: secret(word()), email: secret(`${word()}@`) }));
    const name = secret(`${word()} Smith`);
    await expectStatus(200, verify(member, { name, idNumber: secret(residentId) }));
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
    await expectStatus(
      200,
      member.post(`/attestations/${orderId}/submission`, { version: saved.body.version, priceFen: 3_000 }),
    );
  }

  async function enterOrganisation() {
    const manager = await portal.member();
    await expectStatus(204, manager.put('/organisations/form', { name: secret(word()), address: secret(word()) }));
    const form = await statementOf(manager, {
      name: secret(`青釉${word()}文化有限公司`),
      creditCode: secret(newCreditCode()),
      phone: secret('0531-86427532'),
      representative: secret(`${word()} Queen`),
      email: secret(`${word()}@example.com`),
      address: secret(`山东省${word()}路4号`),
    });
    expect((await manager.post('/organisations', { ...form, name: secret(word()), address: '' })).status).to.equal(422);
    const { id } = (await expectStatus(201, manager.post('/organisations', form))).body;
    const reviewer = await portal.reviewer();
    await expectStatus(200, reviewer.get(`/staff/organisations?search=${encodeURIComponent(form.name)}`));
    await expectStatus(200, reviewer.get(`/staff/organisations?search=${form.creditCode}`));
    await approveOrganisation(reviewer, id);
    await actFor(manager, id);
    const invitation = { phone: secret(newPhone()), role: 'CLERK' };
    await expectStatus(201, manager.post('/organisations/current/invitations', invitation));
  }

  /** The work is public, and so is the name that its author chose; whoever reports it stays unknown. */
  async function enterReport() {
    const staff = await makeStaff(portal, 'reviewer');
    const { id } = await publishWork({ owner: member, staff }, await archiveWork(member));
    const report = { ground: 'OTHER', text: secret(`抄袭${word()}`), contact: secret(`${word()}@example.cn`) };
    await expectStatus(202, portal.visitor().post(`/publications/${id}/reports`, report));
    const security = await makeStaff(portal, 'security-admin');
    for (const [by, value] of [
      ['phone', member.phone],
      ['id-number', residentId],
    ])
      await expectStatus(200, security.post('/staff/account-searches', { by, value }));
  }

  async function exportEverything() {
    const preferences = { language: 'en', off: { sms: [], mail: [] } };
    await expectStatus(200, member.put('/message-preference', preferences));
    await expectStatus(202, member.post('/me/export'));
    await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
    const { bytes } = await expectStatus(200, member.get('/me/export/package'));
    expect(bytes.length).to.be.above(1_000);
    const newNumber = { phone: secret(newPhone()) };
    await expectStatus(202, member.post('/me/phone-codes', newNumber));
    const change = { ...newNumber, code: await portal.smsCode(newNumber.phone), password: member.password };
    await expectStatus(204, member.put('/me/phone', change));
  }

  /** As text, and as a URL, Base64, JSON in ASCII or a binary column in hexadecimal digits would write it. */
  const formsOf = (value: string): string[] => [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString('hex'),
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
    value.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ];
  const foundIn = (text: string | Buffer): string[] =>
    values.filter((value) => formsOf(value).some((form) => text.includes(form)));

  it('when every form was filled in › no table holds a value in clear', async () => {
    // Of every schema: a queue without Redis has tables of its own.
    const tables = await portal.db.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.map(({ name }) => name)).to.include.members(TABLES);
    for (const { schema, name } of tables) {
      const rows = await portal.db.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t`);
      if (TABLES.includes(name)) expect(rows, `${name}: a form left nothing there`).to.not.be.empty;
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
    const files = [portal.dataFolder, temporary]
      .flatMap((folder) => globSync('**/*', { cwd: folder }).map((name) => path.join(folder, name)))
      .filter((file) => statSync(file).isFile() && !OUTBOXES.test(file));
    expect(files.length).to.be.above(2);
    expect(
      files.some((file) => file.startsWith(path.join(portal.dataFolder, 'blocks'))),
      'the content store',
    ).to.equal(true);
    const picture = (await photo()).subarray(0, 64);
    for (const file of files) {
      const bytes = readFileSync(file);
      expect(foundIn(bytes), file).to.deep.equal([]);
      expect(bytes.includes(picture), file).to.equal(false);
    }
  });

  it('when every form was filled in › Redis holds no value in clear', async function () {
    if (!redis) return this.skip();
    const dump = await dumpOf(redis);
    expect(dump.includes('inkseal-'), 'the queues are there').to.equal(true);
    expect(foundIn(dump)).to.deep.equal([]);
  });

  it('when a value lies in clear › is found', async () => {
    await holderImage(member, 'front');
    expect(foundIn(`{"name":"${values[2]}"}`)).to.deep.equal([values[2]]);
    for (const form of formsOf(values[2] ?? '')) expect(foundIn(form)).to.deep.equal([values[2]]);
  });
});
