// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { verifyAuditChain } from '../audit/index.ts';
import { createVault } from '../crypto/vault.ts';
import { DomainError, StartError } from '../errors.ts';
import { type Database, openDatabase } from './database.ts';
import { newId } from './ids.ts';
import { bindMasterKeys } from './master-key.ts';
import { migrate } from './migrate.ts';
import { type Machine, transition, tryTransition } from './transition.ts';

const lamp: Machine<'OFF' | 'ON' | 'BROKEN', 'switch-on' | 'drop'> = {
  name: 'lamp',
  table: 'lamp',
  transitions: [
    { from: ['OFF'], event: 'switch-on', to: 'ON', guard: (row) => (row.bulb ? undefined : 'forbidden') },
    { from: ['OFF', 'ON'], event: 'drop', to: 'BROKEN' },
  ],
};

describe('database', () => {
  let db: Database;
  before(async () => {
    db = await lampDatabase();
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const newLamp = async (bulb = true, on = db) => {
    const id = newId();
    await on.query('INSERT INTO lamp (id, bulb) VALUES ($1, $2)', [id, bulb]);
    return id;
  };
  const move = (id: string, event: 'switch-on' | 'drop', on = db) =>
    on.transaction((tx) =>
      transition(tx, lamp, { id, event, actor: 'system', outbox: [{ topic: 'lamp', payload: { id } }] }),
    );
  const count = async (sql: string, values: unknown[] = []) => Number((await db.query(sql, values))[0]?.count);
  const outboxOf = (id: string) => count(`SELECT count(*) FROM outbox WHERE payload->>'id' = $1`, [id]);
  const auditOf = (id: string) => count('SELECT count(*) FROM audit WHERE subject = $1', [`lamp:${id}`]);

  describe('migrate', () => {
    it('when it runs again › applies nothing', async () => {
      expect(await migrate(db.url)).to.deep.equal([]);
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
      await bindMasterKeys(db.url, createVault(keys('k-1', 1)));
      await bindMasterKeys(db.url, createVault(keys('k-1', 1)));
      for (const other of [keys('k-1', 2), keys('k-2', 2), keys('k-1', 1, 8)]) {
        const error = await failureOf(bindMasterKeys(db.url, createVault(other)));
        expect(error).to.be.instanceOf(StartError).with.property('code', 'key-file-mismatch');
      }
    });

    it('when a key was added and made active › accepts both', async () => {
      await bindMasterKeys(db.url, createVault(keys('k-1', 1)));
      const rotated = { ...keys('k-2', 2), keys: { 'k-1': Buffer.alloc(32, 1), 'k-2': Buffer.alloc(32, 2) } };
      await bindMasterKeys(db.url, createVault(rotated));
      expect(await count('SELECT count(*) FROM master_key')).to.equal(2);
    });
  });

  describe('transition', () => {
    it('when the event has no place in the state › throws state-conflict and writes nothing', async () => {
      const id = await newLamp();
      await move(id, 'drop');
      expect(await codeOf(move(id, 'switch-on'))).to.equal('state-conflict');
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([1, 1]);
    });

    it('when the guard refuses › throws its code and writes nothing', async () => {
      const id = await newLamp(false);
      expect(await codeOf(move(id, 'switch-on'))).to.equal('forbidden');
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([0, 0]);
    });

    it('when the transaction fails afterwards › takes state, audit row and outbox row back', async () => {
      const id = await newLamp();
      const broken = db.transaction(async (tx) => {
        await transition(tx, lamp, {
          id,
          event: 'drop',
          actor: 'system',
          outbox: [{ topic: 'lamp', payload: { id } }],
        });
        throw new DomainError('internal');
      });
      expect(await codeOf(broken)).to.equal('internal');
      expect(await db.query('SELECT state FROM lamp WHERE id = $1', [id])).to.deep.equal([{ state: 'OFF' }]);
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([0, 0]);
    });

    it('when twenty callers try at once › lets exactly one through', async () => {
      const id = await newLamp();
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => move(id, 'switch-on')));
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect([await auditOf(id), await outboxOf(id)]).to.deep.equal([1, 1]);
    });

    it('when a step runs twice through tryTransition › does nothing the second time', async () => {
      const id = await newLamp();
      const run = () => db.transaction((tx) => tryTransition(tx, lamp, { id, event: 'switch-on', actor: 'system' }));
      expect(await run()).to.deep.equal({ from: 'OFF', to: 'ON' });
      expect(await run()).to.equal(undefined);
      expect(await auditOf(id)).to.equal(1);
    });
  });

  describe('audit chain', () => {
    it('refuses updates, deletions and truncation', async () => {
      await move(await newLamp(), 'drop');
      for (const sql of [`UPDATE audit SET actor = 'x'`, 'DELETE FROM audit', 'TRUNCATE audit']) {
        expect(await failureOf(db.query(sql))).to.have.property('code', '23001');
      }
    });

    it('stays whole under concurrent writers', async () => {
      const ids = await Promise.all(Array.from({ length: 40 }, () => newLamp()));
      await Promise.all(ids.map((id) => move(id, 'drop')));
      const report = await verifyAuditChain(db);
      expect(report).to.not.have.property('brokenAt');
      expect(report.rows).to.equal(await count('SELECT count(*) FROM audit'));
    });

    it('when a row was changed behind the trigger › names it', async () => {
      const other = await lampDatabase();
      for (let rows = 0; rows < 2; rows += 1) await move(await newLamp(true, other), 'drop', other);
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

async function lampDatabase(): Promise<Database> {
  const url = await freshDatabase();
  expect(await migrate(url)).to.include('20261122000000_initial');
  const db = openDatabase(url);
  await db.query(
    `CREATE TABLE lamp (id uuid PRIMARY KEY, state text NOT NULL DEFAULT 'OFF', state_at timestamptz, bulb bool)`,
  );
  return db;
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
