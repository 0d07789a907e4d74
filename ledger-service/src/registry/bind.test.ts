// SPDX-License-Identifier: Apache-2.0
// One registry for life: what a start refuses, and that a deployment survives being cut short.
import { expect } from 'chai';
import { Contract } from 'ethers';
import {
  embeddedNetwork,
  type LedgerFixture,
  ledgerFixture,
  steppedLedger,
  type TestNetwork,
} from '../../../test/support/pipeline.ts';
import { withProvider } from '../../../test/support/transactions.ts';
import { StartError } from '../errors.ts';
import { loadSigners } from './index.ts';

describe('bindRegistry', function () {
  this.timeout(90_000);
  let network: TestNetwork;
  let fixture: LedgerFixture;

  before(async () => {
    network = await embeddedNetwork();
  });

  after(() => network.stop());

  beforeEach(async () => {
    fixture = await ledgerFixture(network);
  });

  afterEach(() => fixture.close());

  it('deploys once, and finds the same registry at every later start', async () => {
    const first = await steppedLedger(fixture);
    const again = await steppedLedger(fixture);
    expect(again.ledger.registry).to.deep.equal(first.ledger.registry);
    const { rows } = await fixture.database.pool.query('SELECT FROM chain_transaction');
    expect(rows).to.have.length(1);
  });

  it('deploys a contract whose administration changes hands a day after it was said so', async () => {
    const { ledger } = await steppedLedger(fixture);
    const abi = [
      'function defaultAdminDelay() view returns (uint48)',
      'function defaultAdmin() view returns (address)',
    ];
    await withProvider(network, async (provider) => {
      const contract = new Contract(ledger.registry.address, abi, provider);
      expect(await contract.getFunction('defaultAdminDelay')()).to.equal(86_400n);
      expect(await contract.getFunction('defaultAdmin')()).to.equal(fixture.admin.address);
    });
  });

  it('sends the stored deployment when the first start ended before it did', async () => {
    const [one, two] = await Promise.allSettled([steppedLedger(fixture), steppedLedger(fixture)]);
    const bound = [one, two].flatMap((start) => (start.status === 'fulfilled' ? [start.value.ledger.registry] : []));
    expect(bound.length).to.be.at.least(1);
    expect((await steppedLedger(fixture)).ledger.registry).to.deep.equal(bound[0]);
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
      await steppedLedger(fixture);
      await fixture.database.pool.query(sql);
      expect(await startCodeOf(steppedLedger(fixture))).to.equal(code);
    });
  }

  it('refuses a chain id other than the setting', async () => {
    await fixture.close();
    fixture = await ledgerFixture(network, { CHAIN_ID: '5' });
    expect(await startCodeOf(steppedLedger(fixture))).to.equal('chain-mismatch');
  });

  it('refuses an anchorer that is the revoker or the admin', async () => {
    const { anchorKeyFile, revokerKeyFile, adminAddress } = fixture.config;
    const oneKey = { anchorKeyFile, revokerKeyFile: anchorKeyFile, adminAddress };
    expect(await startCodeOf(loadSigners(oneKey))).to.equal('anchorer-has-other-role');
    const admin = { anchorKeyFile, revokerKeyFile, adminAddress: fixture.anchorer.address };
    expect(await startCodeOf(loadSigners(admin))).to.equal('anchorer-has-other-role');
  });

  it('refuses a file without a key', async () => {
    const { revokerKeyFile, adminAddress } = fixture.config;
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
