// SPDX-License-Identifier: Apache-2.0
// A time-stamping authority of its own: `openssl ts` behind HTTP on loopback, with keys made for the test. It can also fail and lie.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { ecKey, type Issued, issue, pemOf, timeStamping } from '../../verifier/vectors/witnesses/certificates.ts';
import { endless } from './endless-answer.ts';
import type { IssuedFiles } from './revoking-authority.ts';
import { temporaryFolder } from './temporary.ts';

const run = promisify(execFile);

export type Behaviour =
  | 'good'
  | 'failing'
  | 'refusing'
  | 'slow'
  | 'endless'
  | 'garbage'
  | 'redirecting'
  | 'other-imprint'
  | 'other-nonce'
  | 'expired'
  | 'ageing'
  | 'stranger';

export interface TestAuthority {
  readonly url: string;
  /** PEM file of its certification authority. */
  readonly certificateFile: string;
  /** What it does from now on. */
  behaviour: Behaviour;
  /** Requests so far. */
  asked(): number;
  stop(): Promise<void>;
}

/** The policy that every token names. */
export const TEST_POLICY = '1.2.3.4.1';

const CONFIGURATION = `[tsa]
serial = serial
crypto_device = builtin
default_policy = ${TEST_POLICY}
other_policies = 1.2.3.4.2
digests = sha256, sha384, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
`;

/** `own`: PEM files to stamp with instead. */
export async function startAuthority(own?: IssuedFiles): Promise<TestAuthority> {
  const folder = temporaryFolder();
  const root = issue({ name: 'Test time root', key: ecKey(), isAuthority: true });
  const signer = timeStamping({ name: 'Test time', key: ecKey(), issuer: root });
  const expired = timeStamping({ name: 'Old time', key: ecKey(), issuer: root, until: '2026-02-01T00:00:00Z' });
  const soon = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const ageing = timeStamping({ name: 'Ageing time', key: ecKey(), issuer: root, until: `${soon.slice(0, 19)}Z` });
  const stranger = timeStamping({ name: 'Test time', key: ecKey(), issuer: issue({ ...root.spec, key: ecKey() }) });
  const certificateFile = own?.root ?? path.join(folder, 'authority.pem');
  if (!own) writeFileSync(certificateFile, pemOf(root));
  let asked = 0;
  const authority = { behaviour: 'good' as Behaviour };

  async function replyTo(query: Buffer, response: ServerResponse): Promise<void> {
    const { behaviour } = authority;
    if (behaviour === 'slow') return;
    if (behaviour === 'endless') return endless(response);
    if (behaviour === 'failing') return void response.writeHead(500).end('out of order');
    if (behaviour === 'redirecting') return void response.writeHead(302, { location: '/elsewhere' }).end();
    response.setHeader('Content-Type', 'application/timestamp-reply');
    if (behaviour === 'garbage') return void response.end(randomBytes(1_500));
    if (behaviour === 'refusing') return void response.end(Buffer.from('30053003020102', 'hex'));
    const by = { expired, stranger, ageing }[String(behaviour)] ?? signer;
    response.end(await stamp(folder, own ?? by, query, behaviour));
  }

  const server = createServer((request, response) => {
    asked += 1;
    buffer(request)
      .then((query) => replyTo(query, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return Object.assign(authority, {
    url: `http://127.0.0.1:${port}/`,
    certificateFile,
    asked: () => asked,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

/** Whether plain `openssl ts -verify -data` takes a token over these bytes. */
export async function opensslAccepts(token: Uint8Array, data: Uint8Array, certificateFile: string): Promise<boolean> {
  return inFolder(temporaryFolder(), async (cwd) => {
    writeFileSync(path.join(cwd, 'token.der'), token);
    writeFileSync(path.join(cwd, 'root.bin'), data);
    const args = ['ts', '-verify', '-data', 'root.bin', '-in', 'token.der', '-token_in', '-CAfile', certificateFile];
    return run('openssl', args, { cwd }).then(
      () => true,
      () => false,
    );
  });
}

function filesOf(signer: Issued, folder: string): Omit<IssuedFiles, 'root'> {
  const files = { certificate: path.join(folder, 'signer.pem'), key: path.join(folder, 'key.pem') };
  writeFileSync(files.certificate, pemOf(signer));
  writeFileSync(files.key, signer.spec.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return files;
}

async function stamp(
  parent: string,
  signer: Issued | IssuedFiles,
  query: Buffer,
  behaviour: Behaviour,
): Promise<Buffer> {
  return inFolder(parent, async (cwd) => {
    const write = (name: string, content: string | Uint8Array) => writeFileSync(path.join(cwd, name), content);
    write('tsa.cnf', CONFIGURATION);
    write('serial', `${randomBytes(8).toString('hex').toUpperCase()}\n`);
    write('query.tsq', query);
    // Its own request takes the place of ours.
    if (behaviour === 'other-imprint') await askFor(cwd, randomBytes(32).toString('hex'));
    if (behaviour === 'other-nonce') await askFor(cwd, await imprintOf(cwd));
    const { certificate, key } = 'spec' in signer ? filesOf(signer, cwd) : signer;
    const by = ['-signer', certificate, '-inkey', key];
    const from = ['-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query.tsq'];
    await run('openssl', ['ts', '-reply', ...from, ...by, '-out', 'reply.tsr'], { cwd });
    return readFileSync(path.join(cwd, 'reply.tsr'));
  });
}

async function askFor(cwd: string, digest: string): Promise<void> {
  await run('openssl', ['ts', '-query', '-digest', digest, '-sha256', '-cert', '-out', 'query.tsq'], { cwd });
}

/** The last bytes of the hash in `openssl ts -query -text`, whose lines are `0000 - 12 34 …   text`. */
async function imprintOf(cwd: string): Promise<string> {
  const { stdout } = await run('openssl', ['ts', '-query', '-in', 'query.tsq', '-text'], { cwd });
  return [...stdout.matchAll(/^ +00[01]0 - ((?:[0-9a-f]{2}[ -]){16})/gm)]
    .map(([, line = '']) => line.replaceAll(/[ -]/g, ''))
    .join('');
}

async function inFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(parent, 'stamp-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
