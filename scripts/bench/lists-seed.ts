// SPDX-License-Identifier: Apache-2.0
// A site in use, as its lists and searches read it: 1,000 members, 200 organisations, 10,000 works of three files, an order for every
// second work, and every third work on the public site. Written by SQL: only what the lists read is true to life.
import type { Client } from 'pg';

export interface SiteSize {
  members: number;
  organisations: number;
  works: number;
  rightHolders: number;
}

/** The accounts that exist share in it: each owns as much as every member that is made up here. */
export async function seedSite(client: Client, { members, organisations, works, rightHolders }: SiteSize): Promise<void> {
  await client.query(ACCOUNTS, [members]);
  await client.query(ORGANISATIONS, [organisations]);
  await client.query(MEMBERSHIPS);
  await client.query(WORKS, [works]);
  await client.query(UPLOADS);
  await client.query(WORK_FILES);
  await client.query(ORDERS);
  await client.query(MESSAGES);
  await client.query(PUBLICATIONS);
  await client.query(RIGHT_HOLDERS, [rightHolders]);
  await client.query(RIGHT_HOLDER_VERSIONS);
  await client.query('VACUUM ANALYZE');
}

const ACCOUNTS = `
  INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
  SELECT uuidv7(), '', sha256(n::text::bytea), '-', now() FROM generate_series(1, $1::int - (SELECT count(*)::int FROM account)) AS n`;

/** The members in the order in which they registered, each with a number from 1. */
const NUMBERED = `WITH numbered AS (SELECT id, row_number() OVER (ORDER BY user_number) AS n, count(*) OVER () AS count FROM account)`;

const ORGANISATIONS = `
  INSERT INTO organisation (id, state) SELECT uuidv7(), 'VERIFIED' FROM generate_series(1, $1::int)`;

/** Three members for each. */
const MEMBERSHIPS = `
  ${NUMBERED}, organisations AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM organisation)
  INSERT INTO organisation_member (id, organisation_id, account_id, role)
  SELECT uuidv7(), o.id, m.id, CASE WHEN m.n % 3 = 0 THEN 'MANAGER' ELSE 'CLERK' END::organisation_role
    FROM organisations o JOIN numbered m ON m.n BETWEEN o.n * 3 - 2 AND o.n * 3`;

const WORKS = `
  ${NUMBERED}
  INSERT INTO work (id, account_id, state, title, intro, creator_nature, publish_category, work_type, tags, completed_on)
  SELECT uuidv7(), m.id, 'ARCHIVED',
         (ARRAY['青花人偶文创产品', '鹤华抱枕', '泰山日出摄影', '齐鲁民谣', '孔府印章礼盒', '泉城剪纸'])[1 + w % 6] || w,
         repeat('设计说明', 20), 'PERSONAL', (ARRAY['DESIGN', 'FINE_ART', 'MUSIC'])[1 + w % 3], 'FINE_ART',
         ARRAY['创意设计'], '2026-01-01'
    FROM generate_series(1, $1::int) AS w JOIN numbered m ON m.n = 1 + w % m.count`;

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
  INSERT INTO attestation (id, order_number, account_id, work_id, state, form, frozen, submitted_at, paid_at)
  SELECT uuidv7(), 1790000000000000000 + w.serial, w.account_id, w.id,
         CASE WHEN w.serial % 20 = 0 THEN 'UNDER_REVIEW' ELSE 'RETURNED' END::attestation_state,
         json_build_object('title', w.title), json_build_object('title', w.title), now(), now()
    FROM work w WHERE w.serial % 2 = 0`;

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

const RIGHT_HOLDERS = `
  ${NUMBERED}
  INSERT INTO right_holder (id, account_id, number_index)
  SELECT uuidv7(), m.id, sha256(h::text::bytea)
    FROM generate_series(1, $1::int) AS h JOIN numbered m ON m.n = 1 + h % m.count`;

const RIGHT_HOLDER_VERSIONS = `
  INSERT INTO right_holder_version (id, right_holder_id, version, nature, document_type, roles, name_masked, number_masked,
                                    content_cipher, is_self, declaration, saved_by)
  SELECT uuidv7(), id, 1, 'PERSONAL', 'RESIDENT_ID', ARRAY['OWNER']::holder_role[], '李*', '3701**********2417', '', false,
         'bench', account_id
    FROM right_holder`;
