// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { computeAddress, decodeRlp, hexlify, randomBytes, SigningKey } from 'ethers';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { parseOrganisation } from './organisation.ts';
import { writeNetwork } from './write-network.ts';

const NAMES = ['济南版权中心', '青岛版权中心', '烟台版权中心', '公证处'];

describe('network', () => {
  const pilot = NAMES.map((name, index) => parseOrganisation(`${name}=172.30.0.1${index}:30303`, { isPilot: true }));
  const options = { chainId: 7788, blockSeconds: 1 };
  const newFolder = () => path.join(temporaryFolder(), 'network');
  const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');
  const addressIn = (folder: string, name: string) => computeAddress(read(folder, `secrets/${name}.key`).trim());

  it('for a pilot › makes every key, and a first block that names the validators', () => {
    const folder = newFolder();
    writeNetwork({ folder, organisations: pilot, isPilot: true, ...options });
    const addresses = [1, 2, 3, 4].map((number) => addressIn(folder, `validator-${number}`).toLowerCase());
    const genesis = JSON.parse(read(folder, 'genesis.json'));
    const [vanity, validators, vote, round, seals] = decodeRlp(genesis.extraData) as string[]; // its form is the next line
    expect([vanity, vote, round, seals]).to.deep.equal([`0x${'0'.repeat(64)}`, [], '0x', []]);
    expect(validators).to.deep.equal([...addresses].sort());
    expect(genesis).to.deep.equal({
      config: {
        chainId: 7788,
        berlinBlock: 0,
        qbft: { blockperiodseconds: 1, epochlength: 30_000, requesttimeoutseconds: 4 },
      },
      nonce: '0x0',
      timestamp: '0x0',
      extraData: genesis.extraData,
      gasLimit: '0x1c9c380',
      difficulty: '0x1',
      mixHash: '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365',
      coinbase: `0x${'0'.repeat(40)}`,
      alloc: {},
    });
    expect(JSON.parse(read(folder, 'static-nodes.json'))).to.deep.equal(pilot.map(({ enode }) => enode));
    const permissions = read(folder, 'permissions.toml');
    for (const name of ['anchor', 'revoker', 'admin']) expect(permissions).to.include(addressIn(folder, name));
    const settings = read(folder, 'ledger.env');
    expect(settings).to.include('CHAIN_PROFILE=permissioned\nCHAIN_ID=7788\n');
    expect(settings).to.include(`ADMIN_ADDRESS=${addressIn(folder, 'admin')}\n`);
    expect(JSON.parse(/^TRUST_ORGANISATIONS='(.*)'$/m.exec(settings)?.[1] ?? '')).to.deep.equal(
      Object.fromEntries(addresses.map((address, index) => [address, NAMES[index]])),
    );
    expect(read(folder, 'portal.secrets')).to.include(read(folder, 'secrets/postgres-password').trim());
    expect(read(folder, 'secrets/receipt.key')).to.match(/^[0-9a-f]{64}\n$/);
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    for (const number of [1, 2, 3, 4])
      expect(statSync(path.join(folder, `validator-${number}`)).mode & 0o777).to.equal(0o777);
  });

  it('for organisations that keep their keys › makes none, and names the same validators', () => {
    const keys = NAMES.map(() => hexlify(randomBytes(32)));
    const organisations = keys.map((key, index) =>
      parseOrganisation(
        `${NAMES[index]}=enode://${SigningKey.computePublicKey(key).slice(4)}@10.20.0.1${index}:30303`,
        {
          isPilot: false,
        },
      ),
    );
    const folder = newFolder();
    const accounts = [computeAddress(hexlify(randomBytes(32)))];
    writeNetwork({ folder, organisations, accounts, isPilot: false, ...options });
    expect(readdirSync(folder)).to.have.members([
      'genesis.json',
      'static-nodes.json',
      'permissions.toml',
      'ledger.env',
    ]);
    expect(read(folder, 'permissions.toml')).to.include(`accounts-allowlist=${JSON.stringify(accounts)}\n`);
    const extra = JSON.parse(read(folder, 'genesis.json')).extraData;
    for (const key of keys) expect(extra).to.include(computeAddress(key).slice(2).toLowerCase());
  });

  it('when there are too few, twice the same, or the folder is there › refuses, and writes nothing', () => {
    const refused: [organisations: typeof pilot, folder: string, reason: RegExp][] = [
      [pilot.slice(1), newFolder(), /needs 4 validators/],
      [[...pilot.slice(1), ...pilot.slice(1, 2)], newFolder(), /the same key/],
      [pilot, temporaryFolder(), /exists/],
    ];
    for (const [organisations, folder, reason] of refused)
      expect(() => writeNetwork({ folder, organisations, isPilot: true, ...options }), reason.source).to.throw(reason);
  });

  it('when an organisation is not written as asked › says how', () => {
    for (const text of ['济南', '济南=', '济南=10.0.0.1', `a=enode://${'0'.repeat(128)}@h:1`])
      expect(() => parseOrganisation(text, { isPilot: false }), text).to.throw(/is not <name>=|is none/);
    expect(() => parseOrganisation('a=enode://b@c:1', { isPilot: true })).to.throw(/<address>:<port>/);
  });
});
