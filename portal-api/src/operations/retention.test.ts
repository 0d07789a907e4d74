// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { changeSettings, readSettings } from '../../../test/support/settings.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { loadConfig } from '../config.ts';
import { newId } from '../db/ids.ts';
import { newOrderNumber } from '../orders/index.ts';
import { RETENTION, sweepRetention } from './retention.ts';

const DOCUMENT = path.resolve(import.meta.dirname, '../../../docs/retention.md');
const SCHEMA = path.resolve(import.meta.dirname, '../../prisma/schema.prisma');
const DAY_MS = 86_400_000;
/** Other tests have databases on the same server. */
const WAITS = `datname = current_database() AND wait_event_type = 'Lock'`;
const onItemFailure = ({ error }: { error: unknown }) => {
  throw error;
};

describe('retention', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const count = async (table: string, condition = 'true') =>
    Number((await portal.db.query<{ n: string }>(`SELECT count(*) AS n FROM "${table}" WHERE ${condition}`))[0]?.n);

  const sectionOf = (title: string) =>
    readFileSync(DOCUMENT, 'utf8').split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  /** Tables that stand in the first column of a section's table. */
  const tablesIn = (title: string) =>
    [...sectionOf(title).matchAll(/^\| `(\w+)` \| .{6,} \|$/gm)].map(([, table]) => table);

  it('when the document is read › lists exactly what is swept', () => {
    const rows = [...sectionOf('Swept rows').matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).to.deep.equal(
      RETENTION.map(({ table, what, kept }) => [table, what, kept]),
    );
  });

  it('when the database is compared with the document › every table has a period, an end or a reason to stay', () => {
    const models = [...readFileSync(SCHEMA, 'utf8').matchAll(/^model \w+ \{[\s\S]*?@@map\("(\w+)"\)/gm)];
    const tables = models.map(([, table]) => table);
    expect(tables).to.include.members(['account', 'audit', 'damaged_object']);
    const swept = [...new Set(RETENTION.map(({ table }) => table))];
    const listed = [...swept, ...tablesIn('Rows that end otherwise'), ...tablesIn('Kept rows')];
    expect(listed.toSorted()).to.deep.equal(tables.toSorted());
  });

  it('when a setting is below or above its limits › refuses the start, and names it', () => {
    for (const [name, wrong] of [
      ['RETENTION_SMS_CODE_DAYS', '1'],
      ['RETENTION_DONE_WORK_DAYS', '0'],
      ['RETENTION_FORGED_PAYMENT_ROWS', '1000001'],
      ['RETENTION_IDENTITY_DRAFT_DAYS', '3651'],
    ] as const)
      expect(() => configOf({ [name]: wrong })).to.throw(name);
  });

  /** Makes a row whose time began at `$1`, and how many days it is kept by these settings. */
  const insertions: Record<string, { sql: string; keptDays: number; more?: () => unknown[] }> = {
    'codes by text message': {
      sql: `INSERT INTO sms_code (id, phone_index, purpose, code_hmac, sent_at, expires_at, used_at, address_index)
            VALUES ($2, $3, 'REGISTER', $3, $1, $1, $1, $3)`,
      keptDays: 3,
      more: () => [newId(), randomBytes(32)],
    },
    'wrong passwords per telephone': {
      sql: 'INSERT INTO login_lock (phone_index, failures, ends_at) VALUES ($2, 1, $1)',
      keptDays: 0,
      more: () => [randomBytes(32)],
    },
    'referrers that were named': {
      sql: 'INSERT INTO referrer_try (id, phone_index, address_index, tried_at) VALUES ($2, $3, $3, $1)',
      keptDays: 4,
      more: () => [newId(), randomBytes(32)],
    },
    'challenges that were solved and used': {
      sql: 'INSERT INTO captcha_use (digest, expires_at) VALUES ($2, $1)',
      keptDays: 0,
      more: () => [randomBytes(32)],
    },
    'copies of their data that members asked for': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO data_export (id, account_id, created_at, expires_at) SELECT id, id, $1, $1 FROM made`,
      keptDays: 0,
      more: () => [newId(), randomBytes(32)],
    },
    sessions: {
      sql: `INSERT INTO session (sid, sess, expire) VALUES ($2, '{}', $1)`,
      keptDays: 0,
      more: () => [newId()],
    },
    'real-name forms that were left unfinished': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO identity_draft (account_id, cipher, saved_at) SELECT id, '', $1 FROM made`,
      keptDays: 5,
      more: () => [newId(), randomBytes(32)],
    },
    'devices and networks of logins, as digests': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO known_login (account_id, origin_index, last_seen_at) SELECT id, '', $1 FROM made`,
      keptDays: 30,
      more: () => [newId(), randomBytes(32)],
    },
    'messages of the inbox, read or not': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO message (id, account_id, kind, subject, data, created_at)
            SELECT $2, id, 'order-withdrawn', 'attestation:1', '{}', $1 FROM made`,
      keptDays: 90,
      more: () => [newId(), randomBytes(32)],
    },
    'forms of right holders that were left unfinished': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO right_holder_draft (id, account_id, subject_id, cipher, saved_at)
              SELECT id, id, id, '', $1 FROM made`,
      keptDays: 5,
      more: () => [newId(), randomBytes(32)],
    },
    'pictures of documents that no right holder has, after the forms they were sent for': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO private_image (id, account_id, purpose, media_type, cipher, created_at)
              SELECT id, id, 'HOLDER_FRONT', 'image/jpeg', '', $1 FROM made`,
      keptDays: 6,
      more: () => [newId(), randomBytes(32)],
    },
    'pictures of identity documents; the real name and the result of its verification stay': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id),
            picture AS (INSERT INTO private_image (id, account_id, purpose, media_type, cipher, created_at)
              SELECT $2, id, 'ID_FRONT', 'image/jpeg', '', $1 FROM made RETURNING id)
            INSERT INTO identity (id, account_id, version, nature, document_type, state, name_cipher, name_masked, id_number_cipher,
              id_number_index, id_number_masked, email_cipher, address_cipher, front_image_id, consent_at, verified_at)
            SELECT $2, made.id, 1, 'PERSONAL', 'RESIDENT_ID', 'VERIFIED', '', '', '', $3, '', '', '', picture.id, $1, $1 FROM made, picture`,
      keptDays: 9,
      more: () => [newId(), randomBytes(32)],
    },
    'vouchers of offline payments that nobody entered after they were sent': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO offline_voucher (id, account_id, media_type, cipher, created_at)
              SELECT id, id, 'application/pdf', '', $1 FROM made`,
      keptDays: 6,
      more: () => [newId(), randomBytes(32)],
    },
    '授权委托书 with which nobody filed an order after they were sent': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO counter_mandate (id, account_id, media_type, cipher, created_at)
              SELECT id, id, 'application/pdf', '', $1 FROM made`,
      keptDays: 6,
      more: () => [newId(), randomBytes(32)],
    },
    'forms of organisations that were left unfinished': {
      sql: `WITH made AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO organisation_draft (account_id, cipher, saved_at) SELECT id, '', $1 FROM made`,
      keptDays: 5,
      more: () => [newId(), randomBytes(32)],
    },
    'invitations of organisations; the audit log keeps who invited and who answered': {
      sql: `WITH inviter AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id),
            made AS (INSERT INTO organisation (id) VALUES ($2) RETURNING id)
            INSERT INTO organisation_invitation (id, organisation_id, phone_cipher, phone_index, phone_masked, role,
              invited_by, created_at, expires_at)
            SELECT $2, made.id, '', $3, '', 'CLERK', inviter.id, $1, $1 FROM made, inviter`,
      keptDays: 9,
      more: () => [newId(), randomBytes(32)],
    },
    'work that is done': {
      sql: `INSERT INTO outbox (topic, payload, done_at) VALUES ('test', '{}', $1)`,
      keptDays: 6,
    },
    'work that staff discarded; the audit log keeps who did, and its last error': {
      sql: `INSERT INTO outbox (topic, payload, parked_at, discarded_at) VALUES ('test', '{}', $1, $1)`,
      keptDays: 7,
    },
    'reports about public works that staff decided on': {
      sql: `WITH member AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id),
            made AS (INSERT INTO work (id, account_id, title, intro) SELECT id, id, '', '' FROM member RETURNING id),
            shown AS (INSERT INTO publication (id, work_id, account_id, title, intro, category, author, consent_at)
              SELECT id, id, id, '', '', '', '', now() FROM made RETURNING id)
            INSERT INTO publication_report (id, publication_id, state, state_at, reason, cipher, address_index)
            SELECT id, id, 'DISMISSED', $1, 'OTHER', '', '' FROM shown`,
      keptDays: 9,
      more: () => [newId(), randomBytes(32)],
    },
    'letters of courts that no case has taken': {
      sql: `WITH member AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id)
            INSERT INTO assistance_letter (id, sent_by, media_type, size, cipher, created_at)
            SELECT id, id, 'application/pdf', 0, '', $1 FROM member`,
      keptDays: 6,
      more: () => [newId(), randomBytes(32)],
    },
    'share links of certificates, with the times of their openings; the audit log keeps who made and ended them': {
      sql: `WITH member AS (INSERT INTO account (id, phone_cipher, phone_index, password_hash, consent_at)
              VALUES ($2, '', $3, '', now()) RETURNING id),
            made AS (INSERT INTO work (id, account_id, title, intro) SELECT id, id, '', '' FROM member RETURNING id),
            ordered AS (INSERT INTO attestation (id, order_number, account_id, work_id, form)
              SELECT id, $4, id, id, '{}' FROM made RETURNING id),
            link AS (INSERT INTO share_link (id, attestation_id, made_by, token_digest, label, expires_at)
              SELECT id, id, id, $3, '', $1 FROM ordered RETURNING id)
            INSERT INTO share_link_opening (link_id) SELECT id FROM link`,
      keptDays: 11,
      more: () => [newId(), randomBytes(32), String(newOrderNumber())],
    },
    'forged payment notifications': {
      sql: `INSERT INTO payment_notification (channel, raw, sha256, size_bytes, verified, outcome, received_at)
            VALUES ('sandbox', '', $2, 0, false, 'forged', $1)`,
      keptDays: 8,
      more: () => [randomBytes(32)],
    },
  };
  const periods = configOf({
    RETENTION_SMS_CODE_DAYS: '3',
    RETENTION_REFERRER_TRY_DAYS: '4',
    RETENTION_IDENTITY_DRAFT_DAYS: '5',
    RETENTION_KNOWN_LOGIN_DAYS: '30',
    RETENTION_MESSAGE_DAYS: '90',
    RETENTION_ID_IMAGE_DAYS: '9',
    RETENTION_INVITATION_DAYS: '9',
    RETENTION_DONE_WORK_DAYS: '6',
    RETENTION_DISCARDED_WORK_DAYS: '7',
    RETENTION_FORGED_PAYMENT_DAYS: '8',
    RETENTION_REPORT_DAYS: '9',
    RETENTION_SHARE_LINK_DAYS: '11',
    RETENTION_FORGED_PAYMENT_ROWS: '100',
  }).retention;

  for (const { table, what, kept } of RETENTION) {
    it(`when rows of ${table} (${what}) are older than set (${kept}) › deletes them, and no younger one`, async () => {
      const { sql, keptDays, more = () => [] } = insertions[what] ?? { sql: '', keptDays: 0 };
      const now = Date.now() + 1_000 * DAY_MS;
      const begun = (days: number) => new Date(now - days * DAY_MS);
      await sweepRetention(portal.db.prisma, { periods, now: new Date(now), onItemFailure });
      const others = await count(table);
      await portal.db.query(sql, [begun(keptDays + 0.01), ...more()]);
      await portal.db.query(sql, [begun(keptDays - 0.01), ...more()]);
      expect((await sweepRetention(portal.db.prisma, { periods, now: new Date(now), onItemFailure }))[table]).to.equal(
        1,
      );
      expect(await count(table)).to.equal(others + 1);
    });
  }

  it('when a form is saved while the sweep waits for its row › keeps it', async () => {
    const now = new Date();
    const { sql, more = () => [] } = insertions['real-name forms that were left unfinished'] ?? { sql: '' };
    await portal.db.query(sql, [new Date(now.getTime() - 6 * DAY_MS), ...more()]);
    const due = await count('identity_draft');
    const { sweeping } = await portal.db.transaction(async (tx) => {
      await tx.prisma.identityDraft.updateMany({ data: { savedAt: now } });
      const sweep = sweepRetention(portal.db.prisma, { periods, now, table: 'identity_draft', onItemFailure });
      await eventually(async () => (await count('pg_stat_activity', WAITS)) > 0);
      return { sweeping: sweep };
    });
    expect(await sweeping).to.deep.equal({ identity_draft: 0 });
    expect(await count('identity_draft')).to.equal(due);
  });

  it('when an administrator shortens a period › the next sweep goes by it', async () => {
    const admin = await staffMember(portal, 'admin');
    const { sql, more } = insertions['real-name forms that were left unfinished'] ?? { sql: '' };
    await portal.db.query(sql, [new Date(Date.now() - 2 * DAY_MS), ...(more?.() ?? [])]);
    const before = await count('identity_draft');
    await portal.sweep(new Date());
    expect(await count('identity_draft')).to.equal(before);
    const { values } = await readSettings(admin);
    await changeSettings(admin, { retention: { ...values.retention, identityDraftDays: 1 } });
    await portal.sweep(new Date());
    expect(await count('identity_draft')).to.equal(before - 1);
  });

  it('when strangers forge notifications › keeps a digest and a sample of each, and of the newest hundred only', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(12_000) });
    const answer = await fetch(`${portal.url}/api/v1/payments/notifications/sandbox`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(answer.status).to.equal(400);
    const [row] = await portal.db.query(
      `SELECT octet_length(raw) AS kept, size_bytes AS size, encode(sha256, 'hex') AS sha256
         FROM payment_notification WHERE size_bytes > 0`,
    );
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(row).to.deep.equal({ kept: 1_024, size: body.length, sha256 });
    await portal.db.query(
      `INSERT INTO payment_notification (channel, raw, sha256, size_bytes, verified, outcome)
       SELECT 'sandbox', '', $1, 0, false, 'forged' FROM generate_series(1, 120)`,
      [randomBytes(32)],
    );
    await sweepRetention(portal.db.prisma, { periods, now: new Date(), onItemFailure });
    expect(await count('payment_notification', 'NOT verified')).to.equal(100);
  });

  it('when a code was asked for › no row holds the address in clear', async () => {
    await portal.member();
    const [row] = await portal.db.query('SELECT to_jsonb(c)::text AS text FROM sms_code c LIMIT 1');
    expect(row?.text).to.not.include('127.0.0');
  });
});

function configOf(retention: Record<string, string>) {
  return loadConfig({
    PORTAL_DATABASE_URL: 'postgresql://127.0.0.1/none',
    INKSEAL_DATA: '/none',
    LEDGER_API_KEY_FILE: '/none/key',
    ...retention,
  });
}
