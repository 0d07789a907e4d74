// SPDX-License-Identifier: Apache-2.0
// An organisation publishes a trust file: a real ledger, a chain, and the node of the organisation.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { encodeRlp } from 'ethers';
import { eventually } from '../../test/support/eventually.ts';
import { embeddedNetwork, type TestNetwork } from '../../test/support/pipeline.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWholeLedger, type WholeLedger } from '../../test/support/whole-ledger.ts';
import { parseTrustFile, type TrustFile } from '../../verifier/src/index.ts';
import { differencesFromNode, validatorsIn } from './compare-with-node.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

describe('npm run trust -- --sign', function () {
  this.timeout(120_000);
  let ledger: WholeLedger;
  let another: TestNetwork;
  before(async () => {
    [ledger, another] = await Promise.all([startWholeLedger(), embeddedNetwork()]);
    await eventually(async () => (await fetch(`${ledger.url}/v1/trust`)).ok);
  });
  after(() => Promise.all([ledger?.stop(), another?.stop()]));

  const folder = temporaryFolder();
  const keyFile = path.join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));

  const sign = (out: string, changes: Record<string, string> = {}) => {
    const options = {
      sign: keyFile,
      name: '济南版权中心',
      node: ledger.rpcUrl,
      out: path.join(folder, out),
      ...changes,
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    return runScript('scripts/trust.ts', args, { LEDGER_URL: ledger.url });
  };

  it('when the own node agrees › writes a file that inkseal-verify and openssl take as signed', async () => {
    const { code, out, err } = await sign('published');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const [file = '', signature = '', key = ''] = ['trust.json', 'trust.json.sig', 'trust-key.pem'].map((name) =>
      path.join(folder, 'published', name),
    );
    const published = parseTrustFile(readFileSync(file));
    expect(published.name).to.equal('济南版权中心');
    expect(out)
      .to.include(file)
      .and.to.match(/^sha256 [0-9a-f]{64}$/m);
    const openssl = ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', file, '-sigfile', signature];
    expect(await run('openssl', openssl)).to.include({ code: 0 });
    const proof = path.join(ROOT, 'verifier/example/certificate.pdf');
    const verified = await runScript('verifier/cli/main.ts', [proof, '--trust', file, '--trust-key', key]);
    // Another network's proof, and yet the file itself was accepted.
    expect(verified).to.include({ code: 1, err: '' });
    expect(verified.out).to.include('signed by trust-key.pem');
    const [, fingerprint = ''] = /key fingerprint, SHA-256 ([0-9a-f]{64})/.exec(out) ?? [];
    expect(fingerprint).to.have.length(64);
    expect(verified.out).to.include(fingerprint);
  });

  it('when the folder has a file already › leaves it as it is', async () => {
    await sign('kept');
    const before = readFileSync(path.join(folder, 'kept/trust.json.sig'));
    const { code, err } = await sign('kept', { name: 'another' });
    expect(code).to.equal(1);
    expect(err).to.include('exists already');
    expect(readFileSync(path.join(folder, 'kept/trust.json.sig')).equals(before)).to.equal(true);
  });

  const refused: Record<string, [change: () => Record<string, string>, sentence: RegExp]> = {
    'is on another chain or has another contract there': [
      () => ({ node: another.urls[0] ?? '' }),
      /your node and the ledger differ\n {2}/,
    ],
    'does not answer': [() => ({ node: 'http://127.0.0.1:9' }), /the node at http:\/\/127\.0\.0\.1:9 does not answer/],
  };
  for (const [condition, [change, sentence]] of Object.entries(refused)) {
    it(`when the own node ${condition} › writes nothing, and says why`, async () => {
      const { code, err } = await sign('refused', change());
      expect(code).to.equal(1);
      expect(err).to.match(sentence);
      expect(existsSync(path.join(folder, 'refused'))).to.equal(false);
    });
  }

  it('when the name is longer than a trust file allows › writes nothing, and says so without a stack', async () => {
    const { code, err } = await sign('refused', { name: '名'.repeat(201) });
    expect([code, existsSync(path.join(folder, 'refused'))]).to.deep.equal([1, false]);
    expect(err)
      .to.match(/--name cannot stand in a trust file: /)
      .and.not.include('at ');
  });

  it('when the key is not an Ed25519 key › says how to make one, and never what the file holds', async () => {
    const file = path.join(folder, 'other.pem');
    writeFileSync(file, 'SECRET-MARK');
    const { code, err } = await sign('none', { sign: file });
    expect(code).to.equal(1);
    expect(err).to.include('openssl genpkey').and.not.to.include('SECRET-MARK');
  });
});

describe('the node of an organisation', () => {
  const V1 = new URL('../../verifier/vectors/v1/', import.meta.url);
  const { cases } = JSON.parse(readFileSync(new URL('index.json', V1), 'utf8'));
  const { trust: file } = cases.find(({ name }: { name: string }) => name === 'good/file');
  const trust: TrustFile = parseTrustFile(readFileSync(new URL(file, V1)));
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  const validators = network?.validatorSets.at(-1)?.validators.map(({ address }) => address) ?? [];
  const node = {
    chainId: network?.chainId ?? '',
    codeHashOf: async () => registry?.codeHash ?? '',
    validators: async () => validators.toReversed(),
  };

  it('when it says the same › agrees', async () => {
    expect(network?.consensus).to.equal('qbft');
    expect(await differencesFromNode(trust, node)).to.deep.equal([]);
  });

  it('when the validators have changed since the first block › is compared with the newest set', async () => {
    const [set] = network?.validatorSets ?? [];
    const earlier = { fromBlock: '0', validators: validators.slice(1).map((address) => ({ address })) };
    const newest = { fromBlock: '900', validators: set?.validators ?? [] };
    const networks = trust.networks.map((each) => ({ ...each, validatorSets: [earlier, newest] }));
    expect(await differencesFromNode({ ...trust, networks }, node)).to.deep.equal([]);
  });

  const changes = {
    'another chain': { chainId: '1' },
    'other code': { codeHashOf: async () => `0x${'00'.repeat(32)}` },
    'one validator fewer': { validators: async () => validators.slice(1) },
    'one validator more': { validators: async () => [...validators, `0x${'11'.repeat(20)}`] },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`when it has ${what} › differs in one thing`, async () => {
      expect(await differencesFromNode(trust, { ...node, ...change })).to.have.length(1);
    });
  }

  it('reads the validators of a QBFT header', () => {
    const extraData = encodeRlp(['0x00', validators, [], '0x', []]);
    expect(validatorsIn({ extraData })).to.deep.equal(validators);
    expect(() => validatorsIn({ extraData: '0x00' })).to.throw('lists no validators');
  });
});

function runScript(script: string, args: string[], env: Record<string, string> = {}) {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(ROOT, script), ...args], env);
}

async function run(program: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const [out, err] = await said;
  return { code, out, err };
}
