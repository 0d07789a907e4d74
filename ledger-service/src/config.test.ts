// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { assert } from 'chai';
import { environmentSchema, loadConfig } from './config.ts';
import { StartError } from './errors.ts';

const DOCUMENT = path.join(import.meta.dirname, '..', '..', 'docs', 'configuration.md');

const LEAST = {
  LEDGER_DATABASE_URL: 'postgresql://ledger@127.0.0.1/ledger',
  LEDGER_API_KEY_FILE: '/keys/api',
  CHAIN_PROFILE: 'permissioned',
  CHAIN_RPC_URL: 'http://127.0.0.1:8545, http://127.0.0.1:8546',
  ANCHOR_KEY_FILE: '/keys/anchor',
  REVOKER_KEY_FILE: '/keys/revoker',
  ADMIN_ADDRESS: `0x${'11'.repeat(20)}`,
};

describe('loadConfig', () => {
  it('with the least there must be, takes the documented defaults', () => {
    const config = loadConfig(LEAST);
    assert.deepInclude(config, {
      host: '127.0.0.1',
      port: 8081,
      batchMaxAgeMs: 500,
      batchMaxSize: 4096,
      firstNumber: 100000000000000001n,
    });
    assert.deepEqual(config.chain.rpcUrls, ['http://127.0.0.1:8545', 'http://127.0.0.1:8546']);
    assert.isFrozen(config);
  });

  it('when organisations are named › finds them by lower-case address, and refuses anything but names', () => {
    const address = `0x${'AB'.repeat(20)}`;
    const { trustOrganisations } = loadConfig({
      ...LEAST,
      TRUST_ORGANISATIONS: JSON.stringify({ [address]: 'Office' }),
    });
    assert.deepEqual([...trustOrganisations], [[address.toLowerCase(), 'Office']]);
    for (const malformed of ['Office', '["Office"]', '{"0x12":"Office"}', JSON.stringify({ [address]: '' })]) {
      assert.throws(() => loadConfig({ ...LEAST, TRUST_ORGANISATIONS: malformed }), StartError, 'TRUST_ORGANISATIONS');
    }
  });

  it('when second chains are named › takes their finality, instant by default, and counts them', () => {
    const given = { rpcUrls: ['http://a'], keyFile: 'k', trustFile: 't' };
    const chains = { a: given, b: { ...given, finality: 'depth:3' } };
    const { witnesses } = loadConfig({ ...LEAST, WITNESS_CHAINS: JSON.stringify(chains), WITNESSES_REQUIRED: '2' });
    assert.deepEqual(
      witnesses.chains.map(({ name, finality }) => [name, finality]),
      [
        ['a', { kind: 'instant' }],
        ['b', { kind: 'depth', blocks: 3 }],
      ],
    );
  });

  it('takes finality and consensus from the profile, unless they are given', () => {
    const chainOf = (given: Record<string, string>) => {
      const { finality, consensus } = loadConfig({ ...LEAST, ...given }).chain;
      return { finality, consensus };
    };
    assert.deepEqual(chainOf({}), { finality: { kind: 'instant' }, consensus: 'qbft' });
    assert.deepEqual(chainOf({ CHAIN_PROFILE: 'evm' }), { finality: { kind: 'depth', blocks: 12 }, consensus: 'none' });
    assert.deepEqual(chainOf({ CHAIN_PROFILE: 'embedded', CHAIN_DURABLE_FILE: '/copies' }), {
      finality: { kind: 'durable-copy', file: '/copies' },
      consensus: 'none',
    });
    assert.deepEqual(chainOf({ CHAIN_FINALITY: 'depth:3', CHAIN_CONSENSUS: 'none' }), {
      finality: { kind: 'depth', blocks: 3 },
      consensus: 'none',
    });
  });

  it('reads the crash point of tests', () => {
    assert.deepEqual(loadConfig({ ...LEAST, CRASH_AT: 'close:3' }).crashAt, { stage: 'close', passing: 3 });
    assert.deepEqual(loadConfig({ ...LEAST, CRASH_AT: 'proof' }).crashAt, { stage: 'proof', passing: 1 });
  });

  const refused: [title: string, change: Record<string, string>, names: RegExp][] = [
    ['keys are missing', { LEDGER_DATABASE_URL: '', ANCHOR_KEY_FILE: '' }, /LEDGER_DATABASE_URL, ANCHOR_KEY_FILE/],
    [
      'several are malformed',
      { LEDGER_PORT: '65536', CHAIN_PROFILE: 'x', ADMIN_ADDRESS: '0x12' },
      /LEDGER_PORT, CHAIN_PROFILE, ADMIN_ADDRESS/,
    ],
    ['a batch would be too large', { BATCH_MAX_SIZE: '1048577' }, /BATCH_MAX_SIZE/],
    ['a number is no number', { FIRST_NUMBER: '1e3' }, /FIRST_NUMBER/],
    ['one of several URLs is none', { CHAIN_RPC_URL: 'http://a,ftp://b' }, /CHAIN_RPC_URL/],
    ['durable copies have no file', { CHAIN_FINALITY: 'durable-copy' }, /CHAIN_DURABLE_FILE/],
    ['authorities are not JSON', { TIMESTAMP_AUTHORITIES: 'https://tsa.example' }, /TIMESTAMP_AUTHORITIES/],
    ['an authority has no certificate', { TIMESTAMP_AUTHORITIES: '{"a":{"url":"http://a"}}' }, /TIMESTAMP_AUTHORITIES/],
    [
      'an authority has a policy that is not an OID',
      { TIMESTAMP_AUTHORITIES: '{"a":{"url":"http://a","certificateFile":"a.pem","policy":"best"}}' },
      /TIMESTAMP_AUTHORITIES/,
    ],
    ['more witnesses are required than there are', { WITNESSES_REQUIRED: '1' }, /WITNESSES_REQUIRED/],
    [
      'the trust file would require more than entries wait for',
      {
        TIMESTAMP_AUTHORITIES: '{"a":{"url":"http://a","certificateFile":"a.pem"}}',
        TRUST_REQUIRED_WITNESSES: '1',
      },
      /TRUST_REQUIRED_WITNESSES/,
    ],
    [
      'a second chain has no node',
      { WITNESS_CHAINS: '{"a":{"rpcUrls":[],"keyFile":"k","trustFile":"t"}}' },
      /WITNESS_CHAINS/,
    ],
    [
      'a second chain has the name of an authority',
      {
        TIMESTAMP_AUTHORITIES: '{"a":{"url":"http://a","certificateFile":"a.pem"}}',
        WITNESS_CHAINS: '{"a":{"rpcUrls":["http://a"],"keyFile":"k","trustFile":"t"}}',
      },
      /TIMESTAMP_AUTHORITIES and WITNESS_CHAINS/,
    ],
    ['a crash point is set in production', { CRASH_AT: 'close', NODE_ENV: 'production' }, /CRASH_AT/],
  ];
  for (const [title, change, names] of refused) {
    it(`when ${title}, refuses with config-invalid and the names`, () => {
      assert.throws(() => loadConfig({ ...LEAST, ...change }), StartError, names);
      assert.throws(() => loadConfig({ ...LEAST, ...change }), StartError, /^config-invalid: /);
    });
  }

  it('never repeats a value, which may be secret', () => {
    assert.throws(
      () => loadConfig({ ...LEAST, LEDGER_DATABASE_URL: 'mysql://root:hunter2@db' }),
      StartError,
      /^((?!hunter2).)*$/,
    );
  });
});

describe('docs/configuration.md', () => {
  it('lists exactly the settings of the ledger, with their defaults and meanings', async () => {
    const [, section = ''] = (await readFile(DOCUMENT, 'utf8')).split(/^## Ledger service$/m);
    const rows = [...(section.split(/^## /m)[0]?.matchAll(/^\| `(\w+)` \| (.*?) \| (.*) \|$/gm) ?? [])];
    assert.deepEqual(
      rows.map(([, name, given, meaning]) => [name, given, meaning]),
      Object.entries(environmentSchema.shape).map(([name, schema]) => [
        name,
        defaultOf(name as keyof typeof environmentSchema.shape),
        schema.description?.replaceAll('|', '\\|'),
      ]),
    );
  });
});

/** What the schema makes of nothing: `required`, `–` for optional, or the default as it would be written. */
function defaultOf(name: keyof typeof environmentSchema.shape): string {
  const parsed = environmentSchema.shape[name].safeParse(undefined);
  if (!parsed.success) return 'required';
  return parsed.data === undefined ? '–' : `\`${parsed.data}\``;
}
