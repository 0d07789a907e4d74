// SPDX-License-Identifier: Apache-2.0
// Over a real PostgreSQL, with the transactions of Prisma's adapter but without a generated client.
import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils';
import { expect } from 'chai';
import type pg from 'pg';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { openPool } from './connections.ts';
import { createTransactionSession, prismaAdapter } from './transaction-session.ts';

describe('createTransactionSession', () => {
  let pool: pg.Pool;
  let adapter: SqlDriverAdapter;
  beforeEach(async () => {
    pool = openPool(await freshDatabase(), { max: 2 });
    pool.on('error', () => {});
    adapter = await prismaAdapter(pool).connect();
  });
  afterEach(() => pool.end());

  const pid = { text: 'SELECT pg_backend_pid() AS pid' };
  const end = (transaction: Transaction, sql: string) => transaction.executeRaw({ sql, args: [], argTypes: [] });

  it('when two transactions run at once › each session has its own connection', async () => {
    const sessions = [createTransactionSession(), createTransactionSession()];
    const pids = await Promise.all(
      sessions.map((session) =>
        session.follow(async () => {
          const transaction = await adapter.startTransaction();
          const { rows } = await transaction.queryRaw({ sql: pid.text, args: [], argTypes: [] });
          const own = (await session.query(pid)).rows[0].pid;
          expect(rows).to.deep.equal([[own]]);
          await end(transaction, 'COMMIT');
          await transaction.commit();
          return own;
        }),
      ),
    );
    expect(new Set(pids)).to.have.length(2);
  });

  it('when a connection fails before its caller listens › ends nothing', async () => {
    const client = await pool.connect();
    const fail = () => client.emit('error', new Error('terminating connection due to unexpected postmaster exit'));
    try {
      expect(fail).to.not.throw();
    } finally {
      client.release(true);
    }
  });

  it('when the transaction has not begun › refuses statements', async () => {
    expect(await codeOf(createTransactionSession().query(pid))).to.equal('P2028');
  });

  for (const sql of ['COMMIT', 'ROLLBACK'])
    it(`when ${sql} is sent › refuses statements from then on`, async () => {
      const session = createTransactionSession();
      await session.follow(async () => {
        const transaction = await adapter.startTransaction();
        const ended = end(transaction, sql);
        expect(await codeOf(session.query(pid))).to.equal('P2028');
        await ended;
        await transaction.commit();
      });
    });

  it('when nobody waits for the transaction any more as it begins › ends its connection', async () => {
    const session = createTransactionSession();
    let begun: Promise<Transaction> | undefined;
    await session.follow(async () => {
      begun = adapter.startTransaction();
    });
    // As Prisma does then, without a ROLLBACK.
    await (await begun)?.rollback();
    expect(pool.totalCount).to.equal(0);
  });

  it('when something started in it goes on › leaves later transactions alone', async () => {
    const session = createTransactionSession();
    const over = Promise.withResolvers<void>();
    let later: Promise<unknown> | undefined;
    await session.follow(async () => {
      const transaction = await adapter.startTransaction();
      later = over.promise.then(async () => {
        const other = await adapter.startTransaction();
        const { rows } = await other.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
        await end(other, 'COMMIT');
        await other.commit();
        return rows;
      });
      await end(transaction, 'COMMIT');
      await transaction.commit();
    });
    over.resolve();
    expect(await later).to.deep.equal([[1]]);
  });

  it('when ROLLBACK fails › ends the connection', async () => {
    const session = createTransactionSession();
    await session.follow(async () => {
      const transaction = await adapter.startTransaction();
      const { rows } = await session.query(pid);
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
      await end(transaction, 'ROLLBACK').catch(() => undefined);
      await transaction.rollback();
    });
    expect(pool.totalCount).to.equal(1);
  });
});

async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error && 'code' in error ? error.code : error;
}
