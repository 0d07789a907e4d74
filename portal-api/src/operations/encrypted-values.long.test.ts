// SPDX-License-Identifier: Apache-2.0
// An encrypted value of the database that was damaged there: whoever needs it gets an error that says whose fault it is, the
// operator learns of it, by that reader or by the scrub, and everything is well again with the row.
import { expect } from 'chai';
import {
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
} from '../../../test/support/certificates.ts';
import { earlierValues, importFor } from '../../../test/support/earlier-certificates.ts';
import { type EncryptedValue, type MoneyRows, moneyRows, moneyValues } from '../../../test/support/encrypted-money.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { draftOrder, type Order } from '../../../test/support/orders.ts';
import { organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, newPhone, type PortalMember } from '../../../test/support/portal.ts';
import { archiveWork, makeStaff, publishWork } from '../../../test/support/publications.ts';
import { addHolder, personForm } from '../../../test/support/right-holders.ts';
import {
  codeOf as authenticatorCode,
  enrol,
  passSecondStep,
  type StaffMember,
  staffMember,
} from '../../../test/support/staff.ts';

describe('an encrypted value that is damaged', function () {
  this.timeout(90_000);
  let portal: CertificatesPortal;
  let member: PortalMember;
  let founder: PortalMember;
  let order: Order;
  let staff: PortalMember;
  let publicWork: string;
  let enrolled: StaffMember;
  let secret: string;
  let clerk: StaffMember;
  let money: MoneyRows;
  let logged: Record<string, unknown>[] = [];
  let healLeft: (() => Promise<void>) | undefined;
  before(async () => {
    // Ready for the next pass at once; the tests say when there is one.
    portal = await startCertificatesPortal({ LOG_LEVEL: 'error', SCRUB_EVERY_HOURS: '0' }, (line) => {
      logged.push(JSON.parse(line));
    });
    // First: the tests damage the newest account.
    staff = await makeStaff(portal, 'reviewer');
    enrolled = await staffMember(portal, 'finance');
    ({ secret } = await enrol(enrolled));
    clerk = await staffMember(portal, 'finance');
    const colleague = await staffMember(portal, 'finance');
    founder = await portal.member();
    await organisationOf(portal, [[founder, 'MANAGER']]);
    await expectStatus(201, founder.post('/organisations/current/invitations', { phone: newPhone(), role: 'CLERK' }));
    await expectStatus(204, founder.put('/organisations/form', { name: '半' }));
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
    await importFor(portal, member);
    money = await moneyRows(member, [clerk, colleague], order);
    publicWork = (await publishWork({ owner: member, staff }, await archiveWork(member))).id;
    await expectStatus(
      202,
      portal.visitor().post(`/publications/${publicWork}/reports`, { ground: 'OTHER', text: '看' }),
    );
    await addHolder(member, await personForm(member));
    await expectStatus(202, member.post('/me/export'));
    await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
  });
  after(() => portal.stop());
  beforeEach(async () => {
    logged = [];
    await portal.db.query(`UPDATE scrub SET finished_at = now() + interval '1 day'`);
    // A new contact takes the draft away, and so does reading what is on record.
    await expectStatus(204, member.put('/identity/form', { name: '半' }));
    await expectStatus(204, member.put('/right-holder-form', { name: '半' }));
  });
  // What a test that failed left damaged would fail the next ones.
  afterEach(async () => {
    await healLeft?.();
    await recheck();
  });

  const certificate = (part: string) => member.get(`/attestations/${order.id}/${part}`);
  const readForm = () => member.get('/identity/form');
  /** Shows what is on record where there is no draft. */
  const readRecord = async () => {
    await portal.db.query('DELETE FROM identity_draft');
    return readForm();
  };
  const changeContact = () =>
    member.put('/identity/contact', { email: 'new@example.org', address: '山东省济南市历下区测试路2号' });
  const submit = async () => {
    const { id, version } = await draftOrder(member);
    return member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 });
  };
  const picture = async (size: string) => {
    const { images } = (await portal.visitor().get(`/publications/${publicWork}`)).body;
    return portal.visitor().get(`/publications/${publicWork}/images/${images[0].id}${size}`);
  };
  const unlock = () => portal.visitor().post(`/lookup/${order.certificate.number}`, { code: codeOf(order) });

  const values: EncryptedValue[] = [
    { table: 'identity_draft', column: 'cipher', id: 'account_id', kind: 'identity-draft', asks: { form: readForm } },
    {
      table: 'organisation_version',
      column: 'name_cipher',
      kind: 'organisation',
      asks: { '/me': () => founder.get('/me') },
    },
    ...['credit_code', 'phone', 'representative', 'email', 'address'].map((name) => ({
      table: 'organisation_version',
      column: `${name}_cipher`,
      kind: 'organisation',
      asks: { organisation: () => founder.get('/organisations/current') },
    })),
    {
      table: 'organisation_draft',
      column: 'cipher',
      id: 'account_id',
      kind: 'organisation-draft',
      asks: { form: () => founder.get('/organisations/form') },
    },
    { table: 'organisation_invitation', column: 'phone_cipher', kind: 'organisation-invitation' },
    { table: 'account', column: 'phone_cipher', kind: 'account', asks: { profile: () => member.get('/me') } },
    {
      table: 'right_holder_draft',
      column: 'cipher',
      kind: 'right-holder-draft',
      asks: { form: () => member.get('/right-holder-form') },
    },
    {
      table: 'right_holder_version',
      column: 'content_cipher',
      kind: 'right-holder',
      asks: { list: () => member.get('/right-holders') },
    },
    { table: 'private_image', column: 'cipher', kind: 'identity-image' },
    {
      table: 'publication_image',
      column: 'cipher',
      kind: 'publication-image',
      asks: { picture: () => picture('') },
    },
    {
      table: 'publication_image',
      column: 'small_cipher',
      kind: 'publication-image',
      asks: { 'small picture': () => picture('/small') },
    },
    {
      table: 'publication_report',
      column: 'cipher',
      kind: 'publication-report',
      asks: { report: () => staff.get(`/staff/publications/${publicWork}`) },
    },
    {
      table: 'account_totp',
      column: 'secret_cipher',
      id: 'account_id',
      kind: 'second-step',
      asks: { 'log-in': () => passSecondStep(enrolled, authenticatorCode(secret, 1)) },
    },
    {
      table: 'data_export',
      column: 'cipher',
      kind: 'data-export',
      asks: { 'data package': () => member.get('/me/export/package') },
    },
    { table: 'manifest', column: 'sections_cipher', kind: 'manifest' },
    {
      table: 'certificate',
      column: 'bundle_cipher',
      kind: 'package',
      asks: {
        bundle: () => certificate('bundle'),
        package: () => certificate('package'),
        'look-up with a code': unlock,
      },
    },
    {
      table: 'certificate',
      column: 'parts_cipher',
      kind: 'package',
      asks: { package: () => certificate('package') },
    },
    { table: 'certificate', column: 'codes_cipher', kind: 'package', asks: { order: () => certificate('') } },
    {
      table: 'certificate',
      column: 'pdf_wrapped_key',
      kind: 'certificate',
      asks: { PDF: () => certificate('certificate') },
    },
    {
      table: 'upload',
      column: 'wrapped_key',
      kind: 'upload',
      isOldest: true,
      asks: { package: () => certificate('package') },
    },
    { table: 'identity', column: 'id_number_cipher', kind: 'identity', asks: { submission: submit, changeContact } },
    {
      table: 'identity',
      column: 'name_cipher',
      kind: 'identity',
      asks: { identity: () => member.get('/identity'), changeContact },
    },
    { table: 'identity', column: 'email_cipher', kind: 'identity', asks: { identity: () => member.get('/identity') } },
    {
      table: 'identity',
      column: 'address_cipher',
      kind: 'identity',
      asks: { form: readRecord },
    },
    ...earlierValues(() => member),
    ...moneyValues(() => ({ member, clerk, rows: money, paid: order })),
  ];

  for (const value of values) {
    const { table, column, kind, asks = {} } = value;
    for (const [name, ask] of Object.entries(asks))
      it(`when ${table}.${column} is damaged › ${name} › answers stored-object-damaged, and counts it at once`, async () => {
        const { id, heal } = await damage(value);
        const answer = await ask();
        expect([answer.status, answer.code]).to.deep.equal([500, 'stored-object-damaged']);
        await eventually(async () => (await storagePart()).ok === false, { withinMs: 2_000 });
        expect(await found()).to.deep.equal([{ kind, id }]);
        expect(logged.filter(({ msg }) => msg === 'stored-object-damaged')).to.have.length(1);
        await heal();
        expect((await ask()).status).to.be.below(300);
        await recheck();
      });

    it(`when ${table}.${column} is damaged and nobody asks › the scrub reports it, and takes it back when it is whole`, async () => {
      const { id, heal } = await damage(value);
      await portal.db.query('UPDATE scrub SET finished_at = now()');
      await eventually(async () => (await storagePart()).ok === false);
      expect(await storagePart()).to.deep.equal({ ok: false, code: 'stored-object-damaged', count: 1 });
      expect(await metric()).to.equal('1');
      expect(await found()).to.deep.equal([{ kind, id }]);
      expect(alerts()).to.deep.equal([[kind, id]]);
      await heal();
      await recheck();
      expect(await metric()).to.equal('0');
    });
  }

  for (const [table, column, kind] of [
    ['manifest', 'sha256', 'manifest'],
    ['identity', 'id_number_index', 'identity'],
    ['account', 'phone_index', 'account'],
    ['organisation_version', 'credit_code_index', 'organisation'],
    ['organisation_invitation', 'phone_index', 'organisation-invitation'],
  ] as const)
    it(`when ${table}.${column} is the ciphertext of another row › the scrub reports it`, async () => {
      const { id, heal } = await damage({ table, column, kind });
      await portal.db.query('UPDATE scrub SET finished_at = now()');
      await eventually(async () => (await storagePart()).ok === false);
      expect(await found()).to.deep.equal([{ kind, id }]);
      await heal();
      await recheck();
    });

  /** Flips the last bit of the row's value; `heal` puts the value back. */
  async function damage({ table, column, id: idColumn = 'id', isOldest = false }: EncryptedValue) {
    const [row] = await portal.db.query(
      `SELECT ${idColumn}::text AS id, ${column} AS value FROM ${table} ORDER BY ${idColumn} ${isOldest ? 'ASC' : 'DESC'} LIMIT 1`,
    );
    const value = Buffer.from(row?.value);
    const set = (bytes: Buffer) =>
      portal.db.query(`UPDATE ${table} SET ${column} = $2 WHERE ${idColumn} = $1`, [row?.id, bytes]);
    const heal = async () => {
      healLeft = undefined;
      await set(value);
    };
    healLeft = heal;
    await set(Buffer.concat([value.subarray(0, -1), Buffer.from([(value.at(-1) ?? 0) ^ 1])]));
    return { id: String(row?.id), heal };
  }

  /** The scrub reads what is damaged again once a minute; this minute is over now. */
  async function recheck() {
    await portal.db.query(`UPDATE damaged_object SET checked_at = now() - interval '2 min'`);
    await eventually(async () => (await storagePart()).ok === true);
  }

  const storagePart = async () => (await expectStatus(200, member.get('/readyz'))).body.parts.storage;
  const metric = async () => /stored_objects_damaged (\d+)/.exec((await member.get('/metrics')).bytes.toString())?.[1];
  const found = () => portal.db.query('SELECT kind, object_id::text AS id FROM damaged_object');
  const alerts = () =>
    logged.filter(({ alert }) => alert === 'stored-object-damaged').map(({ kind, id }) => [kind, id]);
});

const codeOf = (order: Order): string => String(order.certificate.lookupUrl).split('#')[1] ?? '';
