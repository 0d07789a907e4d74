// SPDX-License-Identifier: Apache-2.0
// A device of a test's own that signs and never gives its key away: SoftHSM 2, with pkcs11-tool to make keys in it.
import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { DeviceSignerSettings } from '../../portal-api/src/document-signer-settings.ts';
import { ecKey, issue, pemOf } from '../../verifier/vectors/witnesses/certificates.ts';
import { temporaryFolder } from './temporary.ts';

const run = promisify(execFile);
const MODULES = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/softhsm/libsofthsm2.so'];
const PIN = '73190462';

export interface SoftHsm {
  module: string;
  token: string;
  pin: string;
  /** Makes a key, or another one with the same label; answers its public key, PEM. */
  makeKey(label: string, kind: 'EC:prime256v1' | 'rsa:2048'): Promise<string>;
  /** Its tokens are gone until it is called again. */
  toggle(): void;
}

/** The module of SoftHSM, where it and the package that portals reach it by are installed. */
export function findSoftHsm(): string | undefined {
  try {
    createRequire(import.meta.url).resolve('pkcs11js');
  } catch {
    return undefined;
  }
  return MODULES.find((file) => existsSync(file));
}

/** SoftHSM reads SOFTHSM2_CONF when it is initialised. */
export async function startSoftHsm(module: string, token: string): Promise<SoftHsm> {
  const folder = temporaryFolder();
  const [tokens, nothing] = [path.join(folder, 'tokens'), path.join(folder, 'nothing')];
  for (const each of [tokens, nothing]) mkdirSync(each);
  const configure = (where: string) => {
    const file = path.join(folder, 'softhsm2.conf');
    writeFileSync(file, `directories.tokendir = ${where}\nlog.level = ERROR\n`);
    process.env.SOFTHSM2_CONF = file;
  };
  configure(tokens);
  await run('softhsm2-util', ['--init-token', '--free', '--label', token, '--so-pin', PIN, '--pin', PIN]);
  let isAway = false;
  const login = ['--module', module, '--token-label', token, '--login', '--pin', PIN];
  return {
    module,
    token,
    pin: PIN,
    async makeKey(label, kind) {
      await run('pkcs11-tool', [...login, '--keypairgen', '--key-type', kind, '--label', label]);
      const read = ['--read-object', '--type', 'pubkey', '--label', label];
      const file = path.join(folder, `${label}.der`);
      await run('pkcs11-tool', [...login, ...read, '--output-file', file]);
      const { stdout } = await run('openssl', ['pkey', '-pubin', '-inform', 'DER', '-in', file]);
      return stdout;
    },
    toggle() {
      isAway = !isAway;
      configure(isAway ? nothing : tokens);
    },
  };
}

/** With a new key, and certificates of an authority of the test's own. */
export async function signerInDevice(
  { module, token, pin, makeKey }: SoftHsm,
  kind: 'EC:prime256v1' | 'rsa:2048',
): Promise<DeviceSignerSettings> {
  const key = `centre ${kind}`;
  const publicKey = createPublicKey(await makeKey(key, kind));
  const authority = issue({ name: 'Test authority', key: ecKey(), isAuthority: true });
  // The private key of a certificate that another one issues is not used.
  const own = issue({
    name: '中心（设备）',
    key: { publicKey, privateKey: authority.spec.key.privateKey },
    issuer: authority,
  });
  return { module, token, key, pin, certificates: pemOf(own) + pemOf(authority) };
}
