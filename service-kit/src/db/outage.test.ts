// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import pg from 'pg';
import { databaseFaultOf, isDatabaseUnavailable, isWriteConflict, violatedKey } from './outage.ts';

/** An error as libraries throw it: a name, a message and their own fields. */
function errorWith(fields: Record<string, unknown>, message = 'failed'): Error {
  return Object.assign(new Error(message), fields);
}

/** Prisma wraps what its driver adapter reports. */
function prismaError(code: string, cause: Record<string, unknown>): Error {
  return errorWith({ code, meta: { driverAdapterError: errorWith({ name: 'DriverAdapterError', cause }) } });
}

describe('isDatabaseUnavailable', () => {
  const outages = {
    'a refused connection': errorWith({ code: 'ECONNREFUSED' }),
    'a broken pipe': errorWith({ code: 'EPIPE' }),
    'a server that is shutting down': errorWith({ code: '57P01' }),
    'a server that only reads': errorWith({ code: '25006' }),
    'a lost connection': errorWith({}, 'Connection terminated unexpectedly'),
    'a server that is silent': errorWith({}, 'Query read timeout'),
    'a pool without a free connection': errorWith({}, 'timeout exceeded when trying to connect'),
    'a connection that a time-out ended': errorWith({}, 'Client was closed and is not queryable'),
    'a host whose addresses all refuse': new AggregateError([errorWith({ code: 'ECONNREFUSED' })]),
    'P1001 at the first connection': errorWith({ errorCode: 'P1001' }),
    P1017: errorWith({ code: 'P1017' }),
    P2024: errorWith({ code: 'P2024' }),
    'P2028, a transaction that took too long': errorWith({ code: 'P2028' }),
    'a code of PostgreSQL below P2010': prismaError('P2010', { originalCode: '57P01', kind: 'postgres' }),
    'a code of PostgreSQL below P2039': prismaError('P2039', { originalCode: '08006', kind: 'postgres' }),
    'a socket error of the driver adapter': errorWith({
      name: 'DriverAdapterError',
      cause: { kind: 'ConnectionClosed' },
    }),
  };
  for (const [what, error] of Object.entries(outages))
    it(`when the error is ${what} › returns true`, () => {
      expect(isDatabaseUnavailable(error)).to.equal(true);
      expect(databaseFaultOf(error)).to.equal('database-unavailable');
    });

  const others = {
    'a violated key': errorWith({ code: '23505' }),
    'a missing row': errorWith({ code: 'P2025' }),
    'an error of ours whose cause is another connection': new Error('x', {
      cause: errorWith({ code: 'ECONNREFUSED' }),
    }),
    'not an error': { code: 'ECONNREFUSED' },
  };
  for (const [what, error] of Object.entries(others))
    it(`when it is ${what} › returns false`, () => {
      expect(isDatabaseUnavailable(error)).to.equal(false);
      expect(databaseFaultOf(error)).to.equal(undefined);
    });
});

describe('databaseFaultOf', () => {
  it('when the disk of the database is full › returns store-unavailable, also below Prisma', () => {
    expect(databaseFaultOf(errorWith({ code: '53100' }))).to.equal('store-unavailable');
    expect(databaseFaultOf(prismaError('P2039', { originalCode: '53100' }))).to.equal('store-unavailable');
  });
});

describe('isWriteConflict', () => {
  for (const code of ['40001', '40P01', 'P2034'])
    it(`when the code is ${code} › returns true`, () => {
      expect(isWriteConflict(errorWith({ code }))).to.equal(true);
    });

  it('when Prisma reports a deadlock of a raw statement › returns true', () => {
    const error = prismaError('P2010', { originalCode: '40P01', kind: 'TransactionWriteConflict' });
    expect(isWriteConflict(error)).to.equal(true);
  });

  it('when a key is violated › returns false', () => {
    expect(isWriteConflict(errorWith({ code: '23505' }))).to.equal(false);
  });
});

describe('violatedKey', () => {
  it('when node-postgres reports it › returns the name of the constraint', () => {
    const error = Object.assign(new pg.DatabaseError('duplicate', 1, 'error'), {
      code: '23505',
      constraint: 'a_key',
    });
    expect(violatedKey(error)).to.equal('a_key');
  });

  it('when Prisma reports it › returns the name of the constraint', () => {
    const cause = { originalCode: '23505', kind: 'UniqueConstraintViolation', constraint: { index: 'a_key' } };
    expect(violatedKey(prismaError('P2002', cause))).to.equal('a_key');
  });

  it('when nobody names it › returns an empty name', () => {
    expect(violatedKey(errorWith({ code: 'P2002' }))).to.equal('');
  });

  it('when a foreign key is violated › returns undefined', () => {
    expect(violatedKey(errorWith({ code: '23503', constraint: 'a_fkey' }))).to.equal(undefined);
  });
});
