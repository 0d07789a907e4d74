// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from 'node:crypto';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { ecKey, issue, type KeyPair, rsaKey } from '../../../verifier/vectors/witnesses/certificates.ts';
import { openFileSigner } from './file-signer.ts';
import { writePkcs12 } from './pkcs12.ts';

const folder = temporaryFolder();

describe('openFileSigner', function () {
  this.timeout(30_000);

  it('when there is no file in development › makes one that only its owner reads, and uses it from then on', async () => {
    const file = path.join(folder, 'made', 'signer.p12');
    const first = await openFileSigner({ file, password: '', isDevelopment: true });
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(first.name).to.include('开发').and.include('development');
    const again = await openFileSigner({ file, password: '', isDevelopment: true });
    expect(again.certificates).to.deep.equal(first.certificates);
    const [own, authority] = first.certificates.map((der) => new X509Certificate(der));
    expect(authority?.ca && own?.verify(authority.publicKey) && !own.ca).to.equal(true);
  });

  const refused: [string, () => Promise<unknown>][] = [
    ['is missing outside development', () => open(path.join(folder, 'none.p12'), '')],
    ['has another password', async () => open(await fileOf('rsa'), 'wrong')],
    ['can be read by others', async () => open(await fileOf('readable', { mode: 0o644 }), '口令')],
    ['is no PKCS #12', () => open(textFile(), '')],
    ['has a key of another curve', async () => open(await fileOf('p384', { key: ecKey('secp384r1') }), '口令')],
    ['has a short key', async () => open(await fileOf('short', { key: rsaKey(1024) }), '口令')],
    [
      'has a certificate that ended',
      async () => open(await fileOf('ended', { until: '2026-01-02T00:00:00Z' }), '口令'),
    ],
  ];

  it('when the file has one key and its certificate › signs by it', async () => {
    const { name, algorithm, isDevelopment } = await open(await fileOf('中心', { key: ecKey() }), '口令');
    expect({ name, algorithm, isDevelopment }).to.deep.equal({
      name: '中心',
      algorithm: 'ES256',
      isDevelopment: false,
    });
  });

  for (const [what, opening] of refused)
    it(`when the file ${what} › refuses the start without repeating what is in it`, async () => {
      const error = await opening().catch((each) => each);
      expect(error).to.include({ code: 'signer-unusable' });
      expect(String(error)).to.not.match(/口令|wrong|BEGIN/);
    });
});

const open = (file: string, password: string) => openFileSigner({ file, password, isDevelopment: false });

function textFile(): string {
  const file = path.join(folder, 'text.p12');
  writeFileSync(file, '-----BEGIN', { mode: 0o600 });
  return file;
}

/** A certificate with its key. */
async function fileOf(name: string, { key = rsaKey(), until = '2036-01-01T00:00:00Z', mode = 0o600 }: Contents = {}) {
  const file = path.join(folder, `${name}.p12`);
  const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'der' });
  const made = { key: pkcs8, certificates: [issue({ name, key, until }).bytes] };
  writeFileSync(file, await writePkcs12(made, '口令'));
  chmodSync(file, mode);
  return file;
}

interface Contents {
  key?: KeyPair;
  until?: string;
  mode?: number;
}
