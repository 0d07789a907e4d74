// SPDX-License-Identifier: Apache-2.0
// A site in use, as its lists and searches read it: 1,000 members, 200 organisations, 10,000 works of three files, an order for every
// second work, and every third work on the public site. Written by SQL: only what the lists read is true to life.
import type { Client } from 'pg';
import type { Vault } from '../../portal-api/src/crypto/vault.ts';

export interface SiteSize {
  members: number;
  organisations: number;
  works: number;
  rightHolders: number;
}

export const SITE: SiteSize = { members: 1_000, organisations: 200, works: 10_000, rightHolders: 5_000 };

/**
 * The accounts that exist get verified names and every role of staff. The first 23 accounts and the first seven organisations,
 * which they act for, own more than the others.
 */
export async function seedSite(client: Client, vault: Vault, size: SiteSize = SITE): Promise<void> {
  const { members, organisations, works, rightHolders } = size;
  // What it refers to is there: PostgreSQL need not look it up row by row.
  await client.query('SET session_replication_role = replica');
  await client.query('UPDATE scrub SET finished_at = now()');
  await client.query(STAFF_ROLES);
  await client.query(ACCOUNTS, [members]);
  await client.query(IDENTITIES);
  await client.query(ORGANISATIONS, [organisations]);
  await client.query(MEMBERSHIPS);
  await client.query(INVITATIONS);
  await client.query(LICENCES);
  await client.query(ORGANISATION_VERSIONS);
  await client.query(WORKS, [works]);
  await client.query(UPLOADS);
  await client.query(WORK_FILES);
  await client.query(ORDERS);
  await client.query(MANIFESTS);
  await client.query(ORDER_FILES);
  await client.query(PAYMENTS);
  await client.query(REVIEWS);
  await client.query(MESSAGES);
  await client.query(PUBLICATIONS);
  await client.query(PUBLICATION_IMAGES);
  await client.query(PUBLICATION_REPORTS);
  await client.query(RIGHT_HOLDERS, [rightHolders]);
  await client.query(RIGHT_HOLDER_VERSIONS);
  for (const cipher of CIPHERS) await encryptColumn(client, vault, cipher);
  await client.query(OUTBOX);
  await client.query('SET session_replication_role = DEFAULT');
  await client.query(AUDIT);
  await client.query('VACUUM ANALYZE');
}

interface Cipher {
  table: string;
  column: string;
  contextOf(id: string): string;
  textOf(row: number): string;
}

/** Of the rows that have none yet. */
async function encryptColumn(
  client: Client,
  vault: Vault,
  { table, column, contextOf, textOf }: Cipher,
): Promise<void> {
  const { rows } = await client.query<{ id: string }>(`SELECT id FROM ${table} WHERE ${column} = '' ORDER BY id`);
  const ciphers = rows.map(({ id }, row) => vault.encrypt(textOf(row), contextOf(id)));
  await client.query(
    `UPDATE ${table} SET ${column} = new.cipher FROM unnest($1::uuid[], $2::bytea[]) AS new (id, cipher) WHERE ${table}.id = new.id`,
    [rows.map(({ id }) => id), ciphers],
  );
}

const HOLDER = {
  documentNumber: '370102199003072417',
  contactPhone: '13800000000',
  documentAddress: '山东省济南市历下区测试路1号',
  region: '370102',
  validity: { kind: 'PERMANENT' },
  legalRepresentative: '',
  email: '',
  isCodeUnchecked: false,
};

const fieldsOf = (table: string, fields: Readonly<Record<string, string>>): Cipher[] =>
  Object.entries(fields).map(([column, field]) => ({
    table,
    column: `${column}_cipher`,
    contextOf: (id) => `${table}:${id}:${field}`,
    textOf: (row) => `青釉${row}`,
  }));

const ORGANISATION_FIELDS = {
  name: 'name',
  credit_code: 'creditCode',
  phone: 'phone',
  representative: 'representative',
  email: 'email',
  address: 'address',
};

/** What a list, or a page around it, decrypts. */
const CIPHERS: readonly Cipher[] = [
  ...fieldsOf('account', { phone: 'phone' }),
  ...fieldsOf('identity', { name: 'name', email: 'email', address: 'address', id_number: 'id-number' }),
  ...fieldsOf('organisation_version', ORGANISATION_FIELDS),
  {
    table: 'right_holder_version',
    column: 'content_cipher',
    contextOf: (id) => `right_holder_version:${id}`,
    textOf: (row) => JSON.stringify({ ...HOLDER, name: `李青釉${row}` }),
  },
];

const STAFF_ROLES = `
  INSERT INTO account_role (account_id, role, granted_by)
  SELECT id, role, 'seed' FROM account, unnest(ARRAY['reviewer', 'auditor', 'admin', 'security-admin']) AS role`;

const ACCOUNTS = `
  INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
  SELECT uuidv7(), '', sha256(n::text::bytea), '-', now() FROM generate_series(1, $1::int - (SELECT count(*)::int FROM account)) AS n`;

/** The accounts in the order in which they registered, and the organisations. */
const PARTIES = `
  (SELECT array_agg(id ORDER BY user_number) AS ids, count(*)::int AS count FROM account) AS account,
  (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS count FROM organisation) AS organisation`;

/** Of the thing numbered n: every fourth belongs to an organisation; of five, the first twenty accounts or seven organisations own one more. */
const OWNER = `
  account.ids[1 + CASE WHEN n % 5 = 0 THEN (n / 5) % 23 ELSE n % account.count END],
  CASE WHEN n % 4 = 0 THEN organisation.ids[1 + (n / 4) % CASE WHEN n % 5 = 0 THEN 7 ELSE organisation.count END] END`;

const IDENTITIES = `
  INSERT INTO identity (id, account_id, version, nature, document_type, state, name_cipher, name_masked, id_number_cipher,
                        id_number_index, id_number_masked, email_cipher, address_cipher, consent_at, verified_at)
  SELECT uuidv7(), id, 1, 'PERSONAL', 'RESIDENT_ID', 'VERIFIED', '', '李*', '', sha256(id::text::bytea), '3701**********2417', '', '', now(), now()
    FROM account`;

/** Every tenth waits for its review. */
const ORGANISATIONS = `
  INSERT INTO organisation (id, state, credit_code_index, name_index)
  SELECT uuidv7(), CASE WHEN n % 10 = 0 THEN 'PENDING' ELSE 'VERIFIED' END::organisation_state,
         sha256(('code' || n)::bytea), sha256(('name' || n)::bytea)
    FROM generate_series(1, $1::int) AS n`;

/** Three members for each. */
const MEMBERSHIPS = `
  INSERT INTO organisation_member (id, organisation_id, account_id, role)
  SELECT uuidv7(), organisation.ids[1 + (n - 1) / 3], account.ids[n], CASE WHEN n % 3 = 0 THEN 'MANAGER' ELSE 'CLERK' END::organisation_role
    FROM ${PARTIES}, generate_series(1, organisation.count * 3) AS n`;

const INVITATIONS = `
  INSERT INTO organisation_invitation (id, organisation_id, phone_cipher, phone_index, phone_masked, role, invited_by, expires_at)
  SELECT uuidv7(), organisation_id, '', sha256((id || 'invited')::bytea), '138****0000', 'CLERK', account_id, now() + interval '7 days'
    FROM organisation_member`;

const LICENCES = `
  INSERT INTO private_image (id, account_id, purpose, media_type, cipher)
  SELECT uuidv7(), account_id, 'LICENCE', 'image/jpeg', '' FROM organisation_member WHERE role = 'MANAGER'`;

const ORGANISATION_VERSIONS = `
  INSERT INTO organisation_version (id, organisation_id, version, name_cipher, name_masked, credit_code_cipher, credit_code_index,
                                    credit_code_masked, is_code_irregular, phone_cipher, representative_cipher, email_cipher,
                                    address_cipher, licence_image_id, saved_by, consent_at)
  SELECT uuidv7(), o.id, 1, '', '齐鲁**有限公司', '', o.credit_code_index, '9137**********001X', false, '', '', '', '', i.id,
         i.account_id, now()
    FROM organisation o JOIN organisation_member m ON m.organisation_id = o.id AND m.role = 'MANAGER'
    JOIN private_image i ON i.account_id = m.account_id`;

const WORKS = `
  INSERT INTO work (id, account_id, organisation_id, state, title, intro, creator_nature, publish_category, work_type, tags, completed_on)
  SELECT uuidv7(), ${OWNER}, 'ARCHIVED',
         (ARRAY['青花人偶文创产品', '鹤华抱枕', '泰山日出摄影', '齐鲁民谣', '孔府印章礼盒', '泉城剪纸'])[1 + abs(hashint4(n)) % 6] || n,
         repeat('设计说明', 20), 'PERSONAL', (ARRAY['DESIGN', 'FINE_ART', 'MUSIC'])[1 + abs(hashint4(n + 1)) % 3], 'FINE_ART',
         ARRAY['创意设计'], '2026-01-01'
    FROM generate_series(1, $1::int) AS n, ${PARTIES}`;

const UPLOADS = `
  INSERT INTO upload (id, account_id, name, declared_size, received_bytes, media_type, state, sha256, sm3, cid, key_id,
                      wrapped_key, first_byte_at, completed_at)
  SELECT uuidv7(), account_id, w.serial || '-' || f || '.png', 1000, 1000, 'image/png', 'COMPLETE',
         sha256((w.id || '-' || f)::bytea), sha256((w.id || '-' || f)::bytea), '-', '-', '', now(), now()
    FROM work w, generate_series(1, 3) AS f`;

const WORK_FILES = `
  INSERT INTO work_file (work_id, role, upload_id, position)
  SELECT w.id, CASE WHEN u.name LIKE '%-1.png' THEN 'COVER' ELSE 'FILE' END::work_file_role, u.id,
         CASE WHEN u.name LIKE '%-3.png' THEN 1 ELSE 0 END
    FROM upload u JOIN work w ON w.serial = split_part(u.name, '-', 1)::int`;

const ORDERS = `
  INSERT INTO attestation (id, order_number, account_id, organisation_id, work_id, state, form, frozen, submitted_at, paid_at)
  SELECT uuidv7(), 1790000000000000000 + w.serial, w.account_id, w.organisation_id, w.id,
         CASE WHEN w.serial % 18 = 0 THEN 'UNDER_REVIEW' ELSE 'RETURNED' END::attestation_state,
         json_build_object('title', w.title), json_build_object('title', w.title), now(), now()
    FROM work w WHERE w.serial % 2 = 0`;

/** Final long ago. */
const MANIFESTS = `
  INSERT INTO manifest (id, attestation_id, purpose, round, sha256, sm3, manifest, state, state_at, received_at, entry_id, number)
  SELECT uuidv7(), id, 'submission', 1, sha256(id::text::bytea), sha256(id::text::bytea), '{}', 'FINAL',
         now() - interval '1 day', now() - interval '1 day', uuidv7(), order_number
    FROM attestation`;

const ORDER_FILES = `
  INSERT INTO attestation_file (attestation_id, role, upload_id, position)
  SELECT a.id, f.role, f.upload_id, f.position FROM attestation a JOIN work_file f ON f.work_id = a.work_id`;

const PAYMENTS = `
  INSERT INTO payment (id, attestation_id, out_trade_no, channel, amount_fen, state, expires_at, paid_at)
  SELECT uuidv7(), id, order_number::text, 'sandbox', 100, 'PAID', now(), now() FROM attestation`;

const REVIEWS = `
  INSERT INTO review (id, attestation_id, round, reviewer_id, decision, reasons)
  SELECT uuidv7(), id, 1, account_id, 'RETURN', '[]' FROM attestation WHERE state = 'RETURNED'`;

const MESSAGES = `
  INSERT INTO message (id, account_id, kind, subject, data)
  SELECT uuidv7(), account_id, 'order-approved', 'attestation:' || id,
         json_build_object('title', '鹤华抱枕', 'orderNumber', order_number::text) FROM attestation`;

/** Cut into pairs of characters as the portal cuts titles. */
const PUBLICATIONS = `
  INSERT INTO publication (id, work_id, account_id, state, title, intro, category, tags, author, consent_at, published_at, terms)
  SELECT uuidv7(), id, account_id, 'PUBLISHED'::publication_state, title, intro, publish_category, tags, '佚名', now(), created_at,
         ARRAY(SELECT DISTINCT substr(title, place, 2) FROM generate_series(1, length(title) - 1) AS place)
    FROM work WHERE serial % 3 = 0
  UNION ALL
  SELECT uuidv7(), id, account_id, 'PENDING'::publication_state, title, intro, publish_category, tags, '佚名', now(), NULL::timestamptz, '{}'::text[]
    FROM work WHERE serial % 30 = 1`;

const PUBLICATION_IMAGES = `
  INSERT INTO publication_image (id, publication_id, position, width, height, cipher, small_cipher)
  SELECT uuidv7(), id, 0, 1, 1, '', '' FROM publication`;

/** One of fifty public works is reported. */
const PUBLICATION_REPORTS = `
  INSERT INTO publication_report (id, publication_id, reason, cipher, address_index)
  SELECT uuidv7(), p.id, 'OTHER', '', sha256('address')
    FROM publication p JOIN work w ON w.id = p.work_id WHERE p.state = 'PUBLISHED' AND w.serial % 50 = 0`;

const RIGHT_HOLDERS = `
  INSERT INTO right_holder (id, account_id, organisation_id, number_index)
  SELECT uuidv7(), ${OWNER}, sha256(n::text::bytea) FROM generate_series(1, $1::int) AS n, ${PARTIES}`;

const RIGHT_HOLDER_VERSIONS = `
  INSERT INTO right_holder_version (id, right_holder_id, version, nature, document_type, roles, name_masked, number_masked,
                                    content_cipher, is_self, declaration, saved_by)
  SELECT uuidv7(), id, 1, 'PERSONAL', 'RESIDENT_ID', ARRAY['OWNER']::holder_role[], '李*', '3701**********2417', '', false,
         'bench', account_id
    FROM right_holder`;

/** What was done, and some of what failed too often. */
const OUTBOX = `
  INSERT INTO outbox (topic, payload, done_at, parked_at, last_error)
  SELECT 'seed', json_build_object('attestationId', a.id), CASE WHEN w.serial % 100 = 0 THEN NULL ELSE now() END,
         CASE WHEN w.serial % 100 = 0 THEN now() END, CASE WHEN w.serial % 100 = 0 THEN 'ECONNREFUSED' END
    FROM attestation a JOIN work w ON w.id = a.work_id`;

const AUDIT = `
  INSERT INTO audit (seq, at, actor, action, subject, detail, prev_digest, digest)
  SELECT 0, now(), 'account:' || account_id, 'work.archive', 'work:' || id, '{}', '', '' FROM work`;
