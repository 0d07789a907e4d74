// SPDX-License-Identifier: Apache-2.0
import { parseTrustFile, TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2 } from '@inkseal/verifier';
import { expect } from 'chai';
import { freshLedgerDatabase } from '../../../test/support/ledger.ts';
import { ecKey, issue, pemOf } from '../../../verifier/vectors/witnesses/certificates.ts';
import { networkOf, SECOND } from '../../../verifier/vectors/witnesses/chain-witness.ts';
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

  it('when authorities countersign › is of version 2, with their certificates and how many a reader is to require', async () => {
    const certificates = [pemOf(issue({ name: 'Time', key: ecKey(), isAuthority: true }))];
    const options = { name: 'Test', organisations: new Map(), consensus: 'qbft' } as const;
    const witnesses = { certificates, required: 1 };
    expect(parseTrustFile(await readTrustFile(database.prisma, { ...options, witnesses }))).to.deep.include({
      mediaType: TRUST_MEDIA_TYPE_V2,
      timestampAuthorities: certificates,
      requiredWitnesses: 1,
    });
  });

  it('when a second chain countersigns › names its network beside ours, in version 2', async () => {
    const options = { name: 'Test', organisations: new Map(), consensus: 'qbft' } as const;
    const second = networkOf(SECOND);
    const witnesses = { certificates: [], required: 1, networks: [second] };
    const trust = parseTrustFile(await readTrustFile(database.prisma, { ...options, witnesses }));
    expect(trust).to.include({ mediaType: TRUST_MEDIA_TYPE_V2, requiredWitnesses: 1 });
    expect(trust.networks.map(({ chainId }) => chainId)).to.deep.equal(['7788', SECOND.chainId]);
    expect(trust.networks[1]).to.deep.equal(second);
  });

  it('when none does › has the bytes that it always had', async () => {
    const options = { name: 'Test', organisations: new Map(), consensus: 'qbft' } as const;
    const bytes = await readTrustFile(database.prisma, { ...options, witnesses: { certificates: [], required: 0 } });
    expect(Object.keys(JSON.parse(Buffer.from(bytes).toString()))).to.deep.equal([
      'mediaType',
      'name',
      'networks',
      'timestampAuthorities',
    ]);
    expect(bytes).to.deep.equal(await readTrustFile(database.prisma, options));
    expect(parseTrustFile(bytes).mediaType).to.equal(TRUST_MEDIA_TYPE);
  });

  it('when acceptance receipts are signed › is of version 2 without authorities, with every key and its time', async () => {
    await database.pool.query(
      `INSERT INTO receipt_key VALUES (decode(repeat('aa', 32), 'hex'), '2026-01-01Z', '2026-02-01Z', '2026-01-01Z'),
        (decode(repeat('bb', 32), 'hex'), '2026-01-15Z', NULL, '2026-02-01Z')`,
    );
    const options = { name: 'Test', organisations: new Map(), consensus: 'qbft' } as const;
    const bytes = await readTrustFile(database.prisma, options);
    await database.pool.query('TRUNCATE receipt_key');
    expect(parseTrustFile(bytes)).to.deep.include({
      mediaType: TRUST_MEDIA_TYPE_V2,
      timestampAuthorities: [],
      requiredWitnesses: 0,
      receiptKeys: [
        { key: 'aa'.repeat(32), from: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' },
        { key: 'bb'.repeat(32), from: '2026-01-15T00:00:00.000Z' },
      ],
    });
  });

  it('when no validators are known yet, or the registry is not final › is not ready', async () => {
    const options = { name: 'Test', organisations: new Map(), consensus: 'qbft' } as const;
    const codeNow = () =>
      readTrustFile(database.prisma, options).then(
        () => undefined,
        ({ code }) => code,
      );
    const { rows } = await database.pool.query('DELETE FROM validator_set RETURNING *');
    expect(await codeNow()).to.equal('not-ready');
    for (const row of rows)
      await database.pool.query('INSERT INTO validator_set VALUES ($1, $2, $3)', Object.values(row));
    await database.pool.query('UPDATE registry SET deployed_block = NULL');
    expect(await codeNow()).to.equal('not-ready');
    await database.pool.query('UPDATE registry SET deployed_block = 12');
    expect(await codeNow()).to.equal(undefined);
  });

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
