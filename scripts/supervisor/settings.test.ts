// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import { expect } from 'chai';
import { Failure } from '../processes/failure.ts';
import { readSettings } from './settings.ts';

const ROOT = path.resolve('/clone');
const CHAIN = {
  CHAIN_RPC_URL: 'http://node',
  ANCHOR_KEY_FILE: 'a.key',
  REVOKER_KEY_FILE: 'r.key',
  ADMIN_ADDRESS: '0x1',
};
const read = (env: Record<string, string> = {}) => readSettings(env, ROOT);

describe('the settings of npm start', () => {
  it('when nothing is set › uses the documented ports and the data folder of the clone', () => {
    expect(read()).to.deep.equal({
      dataFolder: path.join(ROOT, 'data'),
      portalPort: 8080,
      ledgerPort: 8081,
      chainPort: 8545,
      postgresPort: 5433,
      serviceStopWithinMs: 45_000,
      seedReviewerFile: path.join(ROOT, 'data', 'keys', 'reviewer.json'),
      receiptKeyFile: path.join(ROOT, 'data', 'keys', 'receipt.key'),
    });
  });

  it('when a key for acceptance receipts is named, or NODE_ENV is production › offers none of its own', () => {
    for (const env of [{ RECEIPT_KEY_FILE: '/etc/inkseal/receipt.key' }, { NODE_ENV: 'production' }])
      expect(read(env), JSON.stringify(env)).not.to.have.property('receiptKeyFile');
    expect(read({ RECEIPT_KEY_FILE: '' })).to.have.property('receiptKeyFile');
  });

  it('when NODE_ENV is production › makes no reviewer whose password lies in a file', () => {
    expect(read({ NODE_ENV: 'production' })).not.to.have.property('seedReviewerFile');
    for (const NODE_ENV of ['', 'development', 'test', 'prod'])
      expect(read({ NODE_ENV }), NODE_ENV).to.have.property('seedReviewerFile');
  });

  it('when INKSEAL_DATA is set › keeps everything there, from the clone if it is relative', () => {
    expect(read({ INKSEAL_DATA: 'other' })).to.include({
      dataFolder: path.join(ROOT, 'other'),
      seedReviewerFile: path.join(ROOT, 'other', 'keys', 'reviewer.json'),
    });
    expect(read({ INKSEAL_DATA: '/srv/inkseal' }).dataFolder).to.equal(path.resolve('/srv/inkseal'));
  });

  for (const name of ['PORT', 'LEDGER_PORT', 'CHAIN_PORT', 'PG_PORT']) {
    it(`when ${name} is 1 or 65535 › takes it`, () => {
      for (const port of [1, 65_535]) expect(Object.values(read({ [name]: String(port) }))).to.include(port);
    });

    for (const text of ['0', '65536', '80.5', '-1', 'web'])
      it(`when ${name} is ${text} › is refused by its name`, () => {
        expect(() => read({ [name]: text })).to.throw(Failure, `${name}=${text} is not a port`);
      });
  }

  it('when the services may take a minute for their requests › waits longer than that for them', () => {
    expect(read({ HTTP_STOP_WITHIN_MS: '60000' }).serviceStopWithinMs).to.equal(75_000);
  });

  it('when one database is given › replaces that one only', () => {
    const settings = read({ LEDGER_DATABASE_URL: 'postgres://one' });
    expect(settings).to.include({ ledgerDatabaseUrl: 'postgres://one' });
    expect(settings).not.to.have.property('portalDatabaseUrl');
    expect(read({ PORTAL_DATABASE_URL: 'postgres://two' })).to.include({ portalDatabaseUrl: 'postgres://two' });
  });

  it('when another chain is given › uses it with its own keys, each in its place', () => {
    expect(read(CHAIN).chain).to.deep.equal({
      profile: 'permissioned',
      rpcUrl: 'http://node',
      anchorKeyFile: path.resolve('a.key'),
      revokerKeyFile: path.resolve('r.key'),
      adminAddress: '0x1',
    });
  });

  for (const name of ['ANCHOR_KEY_FILE', 'REVOKER_KEY_FILE', 'ADMIN_ADDRESS'])
    it(`when another chain is given without ${name} › names exactly what is missing`, () => {
      expect(() => read({ ...CHAIN, [name]: '' })).to.throw(Failure, new RegExp(`also needs ${name}$`));
    });

  it('when a chain profile and its address contradict each other › refuses to start', () => {
    expect(() => read({ CHAIN_PROFILE: 'permissioned' })).to.throw(Failure, 'needs CHAIN_RPC_URL');
    expect(() => read({ ...CHAIN, CHAIN_PROFILE: 'embedded' })).to.throw(Failure, 'unset CHAIN_RPC_URL');
    expect(read({ CHAIN_PROFILE: 'embedded' })).not.to.have.property('chain');
  });
});
