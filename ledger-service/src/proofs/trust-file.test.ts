// SPDX-License-Identifier: Apache-2.0
import { parseTrustFile } from '@inkseal/verifier';
import { expect } from 'chai';
import { freshLedgerDatabase } from '../../../test/support/ledger.ts';
import { createDb, type Database } from '../db/database.ts';
import { readTrustFile } from './trust-file.ts';

const [A, B] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];

describe('readTrustFile', () => {
  let database: Database;

  before(async () => {
    database = createDb(await freshLedgerDatabase());
    await database.pool.query(
      `INSERT INTO registry (chain_id, genesis_hash, address, code_hash, first_number, deployed_block)
       VALUES (7788, '', decode(repeat('11', 20), 'hex'), decode(repeat('22', 32), 'hex'), 1, 12)`,
    );
    const members = [A, B].map((address) => Buffer.from(address.slice(2), 'hex'));
    await database.pool.query(`INSERT INTO validator_set VALUES (12, $1, '')`, [members]);
  });
  after(() => database.close());

  const trustFile = async (organisations: Map<string, string>) =>
    parseTrustFile(await readTrustFile(database.prisma, { name: 'Test', organisations, consensus: 'qbft' }));

  it('when an organisation is configured for a validator › names it there, and nowhere else', async () => {
    const { networks } = await trustFile(new Map([[A, '山东省版权保护中心']]));
    expect(networks[0]?.validatorSets[0]?.validators).to.deep.equal([
      { address: A, organisation: '山东省版权保护中心' },
      { address: B },
    ]);
  });

  it('when none is configured › lists the addresses alone', async () => {
    const { networks } = await trustFile(new Map());
    expect(networks[0]?.validatorSets[0]?.validators).to.deep.equal([{ address: A }, { address: B }]);
  });
});
