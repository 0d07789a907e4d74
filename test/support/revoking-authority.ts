// SPDX-License-Identifier: Apache-2.0
// A certification authority that answers for its certificates: `openssl ocsp` behind HTTP, and its list of revoked ones. Keys and
// certificates are made for the test. It can also fail and lie.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { endless } from './endless-answer.ts';
import { temporaryFolder } from './temporary.ts';

const run = promisify(execFile);

/** What a certificate names to be asked at. */
export type Named = 'responder' | 'list' | 'both' | 'neither';
export type Behaviour =
  | 'good'
  | 'failing'
  | 'list-only'
  | 'garbage'
  | 'refusing'
  | 'endless'
  | 'old'
  | 'brief'
  | 'replayed'
  | 'forged'
  | 'stranger'
  | 'ignorant'
  | 'several'
  | 'delta'
  | 'long';

export interface RevokingAuthority {
  /** PEM of the root. */
  readonly root: string;
  behaviour: Behaviour;
  /** Requests so far. */
  asked(): number;
  /** Issues a certificate; answers its PEM files. */
  issue(name: string, named: Named, use?: 'signing' | 'time stamps'): Promise<IssuedFiles>;
  revoke(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface IssuedFiles {
  key: string;
  certificate: string;
  root: string;
}

export async function startRevokingAuthority(): Promise<RevokingAuthority> {
  const [own, stranger] = [await makeRoot('Test root'), await makeRoot('Test root')];
  let asked = 0;
  let kept: Buffer | undefined;
  const state = { behaviour: 'good' as Behaviour };

  async function answer(url: string, body: Buffer, response: ServerResponse): Promise<void> {
    const { behaviour } = state;
    if (behaviour === 'endless') return endless(response);
    const isDown = behaviour === 'failing' || (behaviour === 'list-only' && url !== '/list');
    if (isDown) return void response.writeHead(500).end('out of order');
    if (behaviour === 'garbage') return void response.end(Buffer.alloc(500, 7));
    // RFC 6960 §4.2.1: tryLater.
    if (behaviour === 'refusing') return void response.end(Buffer.from('30030a0103', 'hex'));
    if (behaviour === 'replayed' && kept) return void response.end(kept);
    const by = behaviour === 'stranger' ? { ...own, key: stranger.key, root: stranger.root } : own;
    kept = url === '/list' ? await listOf(by, behaviour) : await statusOf(by, body, behaviour);
    response.end(behaviour === 'forged' ? withAnotherTime(kept) : kept);
  }

  const server = createServer((request, response) => {
    asked += 1;
    buffer(request)
      .then((body) => answer(request.url ?? '', body, response))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  return Object.assign(state, {
    root: readFileSync(own.root, 'utf8'),
    asked: () => asked,
    issue: (name: string, named: Named, use = 'signing') => {
      const purpose = use === 'signing' ? '' : 'extendedKeyUsage = critical,timeStamping\n';
      return issue(own, name, extensionsOf(named, url) + purpose);
    },
    revoke: async (name: string) => {
      await openssl(own, ['ca', '-config', 'ca.cnf', '-revoke', `${name}.pem`]);
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

interface Root {
  folder: string;
  key: string;
  root: string;
}

const CONFIGURATION = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = issued
certificate = root.pem
private_key = root.key
rand_serial = yes
default_md = sha256
default_days = 30
policy = any
unique_subject = no
crlnumber = crlnumber
[any]
commonName = supplied
[delta]
2.5.29.27 = critical,ASN1:INTEGER:1
[req]
distinguished_name = name
[name]
`;

async function makeRoot(name: string): Promise<Root> {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'issued'));
  for (const [file, text] of [
    ['index.txt', ''],
    ['crlnumber', '01\n'],
    ['ca.cnf', CONFIGURATION],
  ] as const)
    writeFileSync(path.join(folder, file), text);
  const root = { folder, key: path.join(folder, 'root.key'), root: path.join(folder, 'root.pem') };
  const extensions = [
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  ];
  await openssl(root, [
    ...['req', '-x509', '-config', 'ca.cnf', ...EC_KEY, '-subj', `/CN=${name}`, '-days', '60', ...extensions],
    ...['-keyout', root.key, '-out', root.root],
  ]);
  return root;
}

const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function extensionsOf(named: Named, url: string): string {
  const lines = ['basicConstraints = critical,CA:FALSE', 'keyUsage = critical,digitalSignature,nonRepudiation'];
  if (named === 'responder' || named === 'both') lines.push(`authorityInfoAccess = OCSP;URI:${url}/status`);
  if (named === 'list' || named === 'both') lines.push(`crlDistributionPoints = URI:${url}/list`);
  return `${lines.join('\n')}\n`;
}

async function issue(root: Root, name: string, extensions: string): Promise<IssuedFiles> {
  writeFileSync(path.join(root.folder, 'extensions.cnf'), extensions);
  const request = ['req', '-new', '-config', 'ca.cnf', ...EC_KEY, '-subj', `/CN=${name}`];
  await openssl(root, [...request, '-keyout', `${name}.key`, '-out', `${name}.csr`]);
  const certify = ['ca', '-batch', '-notext', '-config', 'ca.cnf', '-extfile', 'extensions.cnf'];
  await openssl(root, [...certify, '-in', `${name}.csr`, '-out', `${name}.pem`]);
  const file = (type: string) => path.join(root.folder, `${name}.${type}`);
  return { key: file('key'), certificate: file('pem'), root: root.root };
}

async function statusOf(root: Root, request: Buffer, behaviour: Behaviour): Promise<Buffer> {
  writeFileSync(path.join(root.folder, 'request.der'), request);
  writeFileSync(path.join(root.folder, 'nobody.txt'), '');
  if (behaviour === 'several') await askForSeveral(root);
  const index = behaviour === 'ignorant' ? 'nobody.txt' : 'index.txt';
  const minutes = { old: '-60', brief: '10' }[String(behaviour)] ?? '1440';
  const by = ['-index', index, '-CA', 'root.pem', '-rsigner', root.root, '-rkey', root.key, '-rmd', 'sha256'];
  await openssl(root, ['ocsp', ...by, '-reqin', 'request.der', '-respout', 'response.der', '-nmin', minutes]);
  return readFileSync(path.join(root.folder, 'response.der'));
}

/** The newest certificate and the one before it. */
async function askForSeveral(root: Root): Promise<void> {
  const lines = readFileSync(path.join(root.folder, 'index.txt'), 'utf8').trim().split('\n').reverse();
  const certificates = lines.slice(0, 2).flatMap((line) => ['-cert', `issued/${line.split('\t')[3]}.pem`]);
  await openssl(root, ['ocsp', '-issuer', 'root.pem', ...certificates, '-reqout', 'request.der']);
}

/** Of a list or an answer, the first time is when it was made. */
function withAnotherTime(signed: Buffer): Buffer {
  const forged = Buffer.from(signed);
  const at = /\d{12,14}Z/.exec(signed.toString('latin1'))?.index ?? 0;
  forged.writeUInt8(forged.readUInt8(at + 1) === 0x30 ? 0x31 : 0x30, at + 1);
  return forged;
}

async function listOf(root: Root, behaviour: Behaviour): Promise<Buffer> {
  const times =
    behaviour === 'old'
      ? ['-crl_lastupdate', '20260101000000Z', '-crl_nextupdate', '20260102000000Z']
      : ['-crlsec', behaviour === 'brief' ? '600' : '86400'];
  const kind = behaviour === 'delta' ? ['-crlexts', 'delta'] : [];
  const by = ['-config', behaviour === 'long' ? await longConfiguration(root) : 'ca.cnf', '-keyfile', root.key];
  await openssl(root, ['ca', '-gencrl', ...by, '-cert', root.root, ...times, ...kind, '-out', 'list.pem']);
  await openssl(root, ['crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der']);
  return readFileSync(path.join(root.folder, 'list.der'));
}

/** With so many revoked certificates that a signature cannot carry the list. */
async function longConfiguration({ folder }: Root): Promise<string> {
  const lines = Array.from(
    { length: 3_000 },
    (_, index) =>
      `R\t361130000000Z\t261130000000Z\t${(0x100000 + index).toString(16).toUpperCase()}\tunknown\t/CN=old ${index}\n`,
  );
  writeFileSync(path.join(folder, 'long.txt'), lines.join(''));
  writeFileSync(path.join(folder, 'long.cnf'), CONFIGURATION.replace('database = index.txt', 'database = long.txt'));
  return 'long.cnf';
}

const openssl = ({ folder }: Root, args: string[]) => run('openssl', args, { cwd: folder });
