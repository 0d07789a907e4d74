// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { newId } from '../db/ids.ts';
import { RETENTION, sweepRetention } from './retention.ts';

const DOCUMENT = path.resolve(import.meta.dirname, '../../../docs/retention.md');
const DAY_MS = 86_400_000;

describe('retention', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const count = async (table: string, condition = 'true') =>
    Number((await portal.db.query<{ n: string }>(`SELECT count(*) AS n FROM "${table}" WHERE ${condition}`))[0]?.n);

  it('when the document is read › lists exactly what is swept', () => {
    const section = readFileSync(DOCUMENT, 'utf8').split('## Swept rows')[1]?.split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \| (.+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
    expect(rows).to.deep.equal(RETENTION.map(({ table, what, kept }) => [table, what, kept]));
  });

  /** How to make a row of a table whose time began at `$1`, which lies so many days back. */
  const insertions: Record<string, { sql: string; keptDays: number; more?: () => unknown[] }> = {
    sms_code: {
      sql: `INSERT INTO sms_code (id, phone_index, purpose, code_hmac, sent_at, expires_at, used_at, address_index)
            VALUES ($2, $3, 'REGISTER', $3, $1, $1, $1, $3)`,
      keptDays: 2,
      more: () => [newId(), randomBytes(32)],
    },
    login_lock: {
      sql: 'INSERT INTO login_lock (phone_index, failures, ends_at) VALUES ($2, 1, $1)',
      keptDays: 0,
      more: () => [randomBytes(32)],
    },
    referrer_try: {
      sql: 'INSERT INTO referrer_try (id, phone_index, address_index, tried_at) VALUES ($2, $3, $3, $1)',
      keptDays: 2,
      more: () => [newId(), randomBytes(32)],
    },
    session: {
      sql: `INSERT INTO session (sid, sess, expire) VALUES ($2, '{}', $1)`,
      keptDays: 0,
      more: () => [newId()],
    },
    outbox: { sql: `INSERT INTO outbox (topic, payload, done_at) VALUES ('test', '{}', $1)`, keptDays: 30 },
    payment_notification: {
      sql: `INSERT INTO payment_notification (channel, raw, sha256, size_bytes, verified, outcome, received_at)
            VALUES ('sandbox', '', $2, 0, false, 'forged', $1)`,
      keptDays: 30,
      more: () => [randomBytes(32)],
    },
  };

  for (const { table, kept } of RETENTION) {
    it(`when rows of ${table} are older than the table says (${kept}) › deletes them, and no younger one`, async () => {
      const { sql, keptDays, more = () => [] } = insertions[table] ?? { sql: '', keptDays: 0 };
      const now = Date.now() + 1_000 * DAY_MS;
      const begun = (days: number) => new Date(now - days * DAY_MS);
      await sweepRetention(portal.db, new Date(now));
      const others = await count(table);
      await portal.db.query(sql, [begun(keptDays + 0.01), ...more()]);
      await portal.db.query(sql, [begun(keptDays - 0.01), ...more()]);
      expect((await sweepRetention(portal.db, new Date(now)))[table]).to.equal(1);
      expect(await count(table)).to.equal(others + 1);
    });
  }

  it('when strangers forge notifications › keeps a digest and a sample of each, and of the newest thousand only', async () => {
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
       SELECT 'sandbox', '', $1, 0, false, 'forged' FROM generate_series(1, 1200)`,
      [randomBytes(32)],
    );
    await sweepRetention(portal.db, new Date());
    expect(await count('payment_notification', 'NOT verified')).to.equal(1_000);
  });

  it('when a code was asked for › no row holds the address in clear', async () => {
    await portal.member();
    const [row] = await portal.db.query('SELECT to_jsonb(c)::text AS text FROM sms_code c LIMIT 1');
    expect(row?.text).to.not.include('127.0.0');
  });
});
