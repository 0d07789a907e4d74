// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { verifyAuditChain } from '../audit/audit-chain.ts';
import { createVault } from '../crypto/vault.ts';
import { DomainError, StartError } from '../errors.ts';
import { type Database, openDatabase } from './database.ts';
import { newId } from './ids.ts';
import { bindMasterKeys } from './master-key.ts';
import { migrate } from './migrate.ts';
import { type Machine, transition, tryTransition } from './transition.ts';

const accountMachine: Machine<'ACTIVE' | 'DISABLED' | 'CLOSED', 'disable' | 'close'> = {
  name: 'account',
  records: (db) => db.account,
  transitions: [
    { from: ['ACTIVE'], event: 'disable', to: 'DISABLED' },
    { from: ['ACTIVE', 'DISABLED'], event: 'close', to: 'CLOSED' },
  ],
};

describe('database', () => {
  let db: Database;
  before(async () => {
    db = await migratedDatabase();
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const newAccount = async (on = db) => {
    const id = newId();
    const phone = { phoneCipher: new Uint8Array(), phoneIndex: randomBytes(32) };
    await on.prisma.account.create({ data: { id, ...phone, passwordHash: '', consentAt: new Date() } });
    return id;
  };
  const move = (id: string, event: 'disable' | 'close', on = db) =>
    on.transaction((tx) =>
      transition(tx, accountMachine, { id, event, actor: 'system', outbox: [{ topic: 'tell', payload: { id } }] }),
    );
  const count = async (sql: string, values: unknown[] = []) => Number((await db.query(sql, values))[0]?.count);
  const outboxOf = (id: string) => count(`SELECT count(*) FROM outbox WHERE payload->>'id' = $1`, [id]);
  const auditOf = (id: string) => count('SELECT count(*) FROM audit WHERE subject = $1', [`account:${id}`]);

  describe('migrate', () => {
    it('when it runs again › applies nothing', async () => {
      expect(await migrate(db.url)).to.deep.equal([]);
    });

    it('when a table names an organisation › the database demands that it exists', async () => {
      const tables = await db.query(
        `SELECT table_name AS name FROM information_schema.columns
         WHERE table_schema = current_schema() AND column_name = 'organisation_id' ORDER BY 1`,
      );
      const keyed = await db.query(
        `SELECT conrelid::regclass::text AS name FROM pg_constraint
         WHERE contype = 'f' AND confrelid = 'organisation'::regclass ORDER BY 1`,
      );
      expect(tables).to.have.length.above(5);
      expect(keyed).to.deep.equal(tables);
    });

    it('when the database knows a later migration › refuses', async () => {
      const url = await freshDatabase();
      await migrate(url);
      const other = openDatabase(url);
      await other.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ('x', 'x', '29990101000000_later', now(), 1)`,
      );
      await other.close();
      const error = await failureOf(migrate(url));
      expect(error).to.be.instanceOf(StartError).with.property('code', 'database-newer');
      await dropDatabase(url);
    });
  });

  describe('bindMasterKeys', () => {
    beforeEach(() => db.query('DELETE FROM master_key'));

    const keys = (active: string, fill: number, index = 9) => ({
      v: 1 as const,
      active,
      keys: { [active]: Buffer.alloc(32, fill) },
      index: Buffer.alloc(32, index),
    });

    it('when another key file is used › refuses, whichever of its keys differs', async () => {
      await bindMasterKeys(db, createVault(keys('k-1', 1)));
      await bindMasterKeys(db, createVault(keys('k-1', 1)));
      for (const other of [keys('k-1', 2), keys('k-2', 2), keys('k-1', 1, 8)]) {
        const error = await failureOf(bindMasterKeys(db, createVault(other)));
        expect(error).to.be.instanceOf(StartError).with.property('code', 'key-file-mismatch');
      }
    });

    it('when a key was added and made active › accepts both', async () => {
      await bindMasterKeys(db, createVault(keys('k-1', 1)));
      const rotated = { ...keys('k-2', 2), keys: { 'k-1': Buffer.alloc(32, 1), 'k-2': Buffer.alloc(32, 2) } };
      await bindMasterKeys(db, createVault(rotated));
      expect(await count('SELECT count(*) FROM master_key')).to.equal(2);
    });
  });

  describe('transition', () => {
    it('when the event has no place in the state › throws state-conflict and writes nothing', async () => {
      const id = await newAccount();
      await move(id, 'close');
      expect(await codeOf(move(id, 'disable'))).to.equal('state-conflict');
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([1, 1]);
    });

    it('when the transaction fails afterwards › takes state, audit row and outbox row back', async () => {
      const id = await newAccount();
      const broken = db.transaction(async (tx) => {
        await transition(tx, accountMachine, {
          id,
          event: 'close',
          actor: 'system',
          outbox: [{ topic: 'tell', payload: { id } }],
        });
        throw new DomainError('internal');
      });
      expect(await codeOf(broken)).to.equal('internal');
      expect(await db.query('SELECT state FROM account WHERE id = $1', [id])).to.deep.equal([{ state: 'ACTIVE' }]);
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([0, 0]);
    });

    it('when twenty callers try at once › lets exactly one through', async () => {
      const id = await newAccount();
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => move(id, 'disable')));
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([1, 1]);
    });

    it('when the record moves in between › decides by its new state', async () => {
      const id = await newAccount();
      const actor = 'system';
      let closed: Promise<unknown> = Promise.resolve();
      await db.transaction(async (tx) => {
        await transition(tx, accountMachine, { id, event: 'disable', actor });
        closed = move(id, 'close');
        await eventually(async () => (await count(WAITING_FOR_LOCKS)) === 1);
      });
      expect(await closed).to.deep.equal({ from: 'DISABLED', to: 'CLOSED' });
    });

    it('when a step runs twice through tryTransition › does nothing the second time', async () => {
      const id = await newAccount();
      const run = () =>
        db.transaction((tx) => tryTransition(tx, accountMachine, { id, event: 'disable', actor: 'system' }));
      expect(await run()).to.deep.equal({ from: 'ACTIVE', to: 'DISABLED' });
      expect(await run()).to.equal(undefined);
      expect(await auditOf(id)).to.equal(1);
    });
  });

  describe('transaction', () => {
    it('when it leaves several audit and outbox rows › writes them in their order', async () => {
      const subject = `account:${newId()}`;
      const actions = ['first', 'second', 'third'];
      const runAfter = new Date(Date.now() + 60_000);
      await db.transaction(async (tx) => {
        for (const action of actions) tx.record({ actor: 'system', action, subject, detail: { action } });
        tx.enqueue('now', { subject });
        tx.enqueue('later', { subject }, { runAfter });
      });
      const rows = await db.query('SELECT action, detail FROM audit WHERE subject = $1 ORDER BY seq', [subject]);
      expect(rows).to.deep.equal(actions.map((action) => ({ action, detail: JSON.stringify({ action }) })));
      const outbox = await db.query(
        `SELECT topic, run_after = created_at AS now, run_after FROM outbox WHERE payload->>'subject' = $1 ORDER BY id`,
        [subject],
      );
      expect(outbox.map(({ topic, now }) => [topic, now])).to.deep.equal([
        ['now', true],
        ['later', false],
      ]);
      expect(outbox[1]?.run_after).to.deep.equal(runAfter);
      expect(await verifyAuditChain(db)).to.not.have.property('brokenAt');
    });
  });

  describe('audit chain', () => {
    it('refuses updates, deletions and truncation', async () => {
      await move(await newAccount(), 'close');
      for (const sql of [`UPDATE audit SET actor = 'x'`, 'DELETE FROM audit', 'TRUNCATE audit']) {
        expect(await failureOf(db.query(sql))).to.have.property('code', '23001');
      }
    });

    it('stays whole under concurrent writers', async () => {
      const ids = await Promise.all(Array.from({ length: 16 }, () => newAccount()));
      await Promise.all(ids.map((id) => move(id, 'close')));
      const report = await verifyAuditChain(db);
      expect(report).to.not.have.property('brokenAt');
      expect(report.rows).to.equal(await count('SELECT count(*) FROM audit'));
    });

    it('when the server was set up in another time zone › is whole, and times are what PostgreSQL meant', async () => {
      const zoned = await migratedDatabase();
      await zoned.query(`ALTER DATABASE "${new URL(zoned.url).pathname.slice(1)}" SET timezone = 'Asia/Shanghai'`);
      await zoned.close();
      const other = openDatabase(zoned.url);
      const id = await newAccount(other);
      await move(id, 'close', other);
      expect(await verifyAuditChain(other)).to.not.have.property('brokenAt');
      const { createdAt } = await other.prisma.account.findUniqueOrThrow({ where: { id } });
      const [row] = await other.query('SELECT created_at FROM account WHERE id = $1', [id]);
      expect(createdAt).to.deep.equal(row?.created_at);
      await other.close();
      await dropDatabase(other.url);
    });

    it('when a row was changed behind the trigger › names it', async () => {
      const other = await migratedDatabase();
      for (let rows = 0; rows < 2; rows += 1) await move(await newAccount(other), 'close', other);
      await other.query('ALTER TABLE audit DISABLE TRIGGER ALL');
      await other.query(`UPDATE audit SET detail = '{"from":"ON"}' WHERE seq = 2`);
      expect(await verifyAuditChain(other)).to.include({ rows: 1, brokenAt: '2' });
      await other.query('DELETE FROM audit WHERE seq = 1');
      expect(await verifyAuditChain(other)).to.include({ rows: 0, brokenAt: '1' });
      await other.close();
      await dropDatabase(other.url);
    });
  });
});

/** Sessions of this database alone: other tests share the server. */
const WAITING_FOR_LOCKS = `
  SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

async function migratedDatabase(): Promise<Database> {
  const url = await freshDatabase();
  expect(await migrate(url)).to.include('20261122000000_initial');
  return openDatabase(url);
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await failureOf(promise);
  return error instanceof DomainError ? error.code : undefined;
}
