// SPDX-License-Identifier: Apache-2.0
// Periodic work that meets an item which fails each time, among items that are fine.
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { type OrdersPortal, readOrder, startOrdersPortal, submittedOrder } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember, uploadFile } from '../../../test/support/portal.ts';
import type { LedgerEntry } from '../ledger/ledger-client.ts';
import { finalTopics, pullFinals } from '../ledger/pull-finals.ts';
import { RETENTION, sweepRetention } from '../operations/retention.ts';
import { retentionOf, retentionSettings } from '../retention-settings.ts';
import { expireUploads } from '../uploads/tidy-uploads.ts';
import type { ItemFailure } from './each-item.ts';

const DAY_MS = 86_400_000;

describe('work on many items of which one fails', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let failures: ItemFailure[];
  const onItemFailure = (failure: ItemFailure) => void failures.push(failure);
  const failed = () => failures.map(({ work, id }) => [work, id]);

  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    await portal.db.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''bad row''; END'`,
    );
  });
  after(() => portal.stop());
  beforeEach(() => {
    failures = [];
  });

  /** The database refuses to change the row, until the answer is called. */
  const spoil = async (table: string, id: string) => {
    await portal.db.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (OLD.id = '${id}') EXECUTE FUNCTION refuse()`,
    );
    return () => portal.db.query(`DROP TRIGGER refuse ON ${table}`);
  };

  it('sweepOrders › when an order cannot be closed › closes the others, counts it, and closes it later', async () => {
    const orders = [await submittedOrder(member), await submittedOrder(member), await submittedOrder(member)];
    const [bad, ...good] = orders;
    const mend = await spoil('attestation', bad.id);
    const later = new Date(Date.now() + 8 * DAY_MS);
    await portal.sweep(later);
    const stateOf = async ({ id }: { id: string }) => (await readOrder(member, id)).state;
    expect(await Promise.all(good.map(stateOf))).to.deep.equal(['CLOSED', 'CLOSED']);
    expect(await stateOf(bad)).to.not.equal('CLOSED');
    const metrics = (await expectStatus(200, member.get('/metrics'))).bytes.toString();
    expect(metrics).to.match(/^inkseal_portal_item_failures_total\{work="close-order"\} 1$/m);
    await mend();
    await portal.sweep(later);
    expect(await stateOf(bad)).to.equal('CLOSED');
  });

  it('expireUploads › when an upload cannot be ended › ends the others, reports it, and ends it later', async () => {
    const ids: string[] = [];
    for (const name of ['a.bin', 'b.bin', 'c.bin']) ids.push(await uploadFile(member, name, Buffer.from(name)));
    await portal.db.query(`UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = ANY($1)`, [ids]);
    const [bad = ''] = ids;
    const mend = await spoil('upload', bad);
    expect(await expireUploads({ db: portal.db, onItemFailure })).to.equal(2);
    expect(failed()).to.deep.equal([['expire-uploads', bad]]);
    await mend();
    expect(await expireUploads({ db: portal.db, onItemFailure })).to.equal(1);
  });

  it('sweepRetention › when a table cannot be swept › sweeps the others and reports it', async () => {
    const [first] = RETENTION;
    const periods = retentionOf(z.object(retentionSettings).parse({}));
    await portal.db.query(`ALTER TABLE "${first?.table}" RENAME TO away`);
    const swept = await sweepRetention(portal.db.prisma, { periods, now: new Date(), onItemFailure });
    await portal.db.query(`ALTER TABLE away RENAME TO "${first?.table}"`);
    expect(Object.keys(swept)).to.have.members([...new Set(RETENTION.slice(1).map(({ table }) => table))]);
    expect(failed()).to.deep.equal([['sweep-retention', first?.what]]);
  });

  describe('pullFinals', () => {
    let applied: string[];
    let isBad: boolean;
    const entries = ['first', 'bad', 'last'].map((reference): LedgerEntry => {
      const receivedAt = new Date().toISOString();
      return { id: randomUUID(), reference, kind: 'submission', sha256: '', state: 'final', receivedAt, number: '1' };
    });
    const [, bad] = entries;
    const ledger = {
      finalAfter: async (cursor: string | undefined) =>
        cursor === 'end' ? { items: [], more: false } : { items: entries, next: 'end', more: false },
      entry: async (id: string) => entries.find((entry) => entry.id === id),
    };
    const parts = {
      ledger,
      async onFinal(_tx: unknown, { reference }: LedgerEntry) {
        if (isBad && reference === 'bad') throw new Error('bad entry');
        applied.push(reference);
      },
    };

    beforeEach(async () => {
      applied = [];
      isBad = true;
      await portal.db.query(`DELETE FROM ledger_cursor WHERE name = 'final'`);
      await portal.db.query(`DELETE FROM outbox WHERE topic = 'final-entry'`);
    });

    it('when an entry cannot be applied › applies the others, and keeps it for the outbox while the cursor moves on', async () => {
      const pull = { ...parts, db: portal.db, onItemFailure };
      await pullFinals(pull);
      expect(applied.slice(-2)).to.deep.equal(['first', 'last']);
      expect(failed()).to.deep.equal([['pull-finals', bad?.id]]);
      const kept = await portal.db.query(`SELECT payload FROM outbox WHERE topic = 'final-entry'`);
      expect(kept).to.deep.equal([{ payload: { entryId: bad?.id } }]);
      const length = applied.length;
      await pullFinals(pull);
      expect([applied.length, failures.length]).to.deep.equal([length, 1]);
    });

    it('when its outbox row runs after the cause is gone › applies the entry', async () => {
      isBad = false;
      const topics = finalTopics({ ...parts, db: portal.db });
      await topics['final-entry']?.({ entryId: bad?.id ?? '' }, { id: '1', attempts: 1 });
      expect(applied).to.deep.equal(['bad']);
    });

    it('when the database is unreachable › leaves the cursor where it was', async () => {
      const onFinal = () => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }));
      const outcome = await pullFinals({ ...parts, onFinal, db: portal.db, onItemFailure }).catch(() => 'failed');
      expect(outcome).to.equal('failed');
      expect(await portal.db.query(`SELECT cursor FROM ledger_cursor WHERE name = 'final'`)).to.deep.equal([]);
    });
  });
});
