// SPDX-License-Identifier: Apache-2.0
// One registry for life: what a start refuses, and that a deployment survives being cut short.
import { expect } from 'chai';
import {
  embeddedNetwork,
  type PipelineBench,
  pipelineBench,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { StartError } from '../errors.ts';
import { loadSigners } from './index.ts';

describe('bindRegistry', function () {
  this.timeout(90_000);
  let network: TestNetwork;
  let bench: PipelineBench;

  before(async () => {
    network = await embeddedNetwork();
  });

  after(() => network.stop());

  beforeEach(async () => {
    bench = await pipelineBench(network);
  });

  afterEach(() => bench.close());

  it('deploys once, and finds the same registry at every later start', async () => {
    const first = await steppedLedger(bench);
    const again = await steppedLedger(bench);
    expect(again.ledger.registry).to.deep.equal(first.ledger.registry);
    const { rows } = await bench.database.pool.query('SELECT FROM chain_transaction');
    expect(rows).to.have.length(1);
  });

  it('sends the stored deployment when the first start ended before it did', async () => {
    const [one, two] = await Promise.allSettled([steppedLedger(bench), steppedLedger(bench)]);
    const bound = [one, two].flatMap((start) => (start.status === 'fulfilled' ? [start.value.ledger.registry] : []));
    expect(bound.length).to.be.at.least(1);
    expect((await steppedLedger(bench)).ledger.registry).to.deep.equal(bound[0]);
  });

  const refusals = [
    {
      what: 'another genesis block',
      sql: `UPDATE registry SET genesis_hash = decode(repeat('ab', 32), 'hex')`,
      code: 'chain-mismatch',
    },
    { what: 'another chain id', sql: 'UPDATE registry SET chain_id = 1', code: 'chain-mismatch' },
    {
      what: 'another code',
      sql: `UPDATE registry SET code_hash = decode(repeat('ab', 32), 'hex')`,
      code: 'registry-mismatch',
    },
    {
      what: 'an address without a contract',
      sql: `UPDATE registry SET address = decode(repeat('ab', 20), 'hex'); UPDATE chain_transaction SET settled_at = now()`,
      code: 'registry-mismatch',
    },
  ];

  for (const { what, sql, code } of refusals) {
    it(`refuses a registry of ${what}`, async () => {
      await steppedLedger(bench);
      await bench.database.pool.query(sql);
      expect(await startCodeOf(steppedLedger(bench))).to.equal(code);
    });
  }

  it('refuses a chain id other than the setting', async () => {
    await bench.close();
    bench = await pipelineBench(network, { CHAIN_ID: '5' });
    expect(await startCodeOf(steppedLedger(bench))).to.equal('chain-mismatch');
  });

  it('refuses an anchorer that is the revoker or the admin', async () => {
    const { anchorKeyFile, revokerKeyFile, adminAddress } = bench.config;
    const oneKey = { anchorKeyFile, revokerKeyFile: anchorKeyFile, adminAddress };
    expect(await startCodeOf(loadSigners(oneKey))).to.equal('anchorer-has-other-role');
    const admin = { anchorKeyFile, revokerKeyFile, adminAddress: bench.anchorer.address };
    expect(await startCodeOf(loadSigners(admin))).to.equal('anchorer-has-other-role');
  });

  it('refuses a file without a key', async () => {
    const { revokerKeyFile, adminAddress } = bench.config;
    const missing = { anchorKeyFile: `${revokerKeyFile}.missing`, revokerKeyFile, adminAddress };
    expect(await startCodeOf(loadSigners(missing))).to.equal('key-file-unusable');
  });
});

async function startCodeOf(start: Promise<unknown>): Promise<string | undefined> {
  return start.then(
    () => undefined,
    (error: unknown) => (error instanceof StartError ? error.code : String(error)),
  );
}
