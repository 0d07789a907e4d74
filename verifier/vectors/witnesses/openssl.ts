// Tokens that somebody else's program makes and checks: `openssl ts`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Issued, pemOf } from './certificates.ts';

const CONFIGURATION = `[tsa]
serial = serial
crypto_device = builtin
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** A token over a message, at the time of now, with the certificates of the chain inside. */
export function opensslStamp(
  message: Uint8Array,
  signer: Issued,
  chain: readonly Issued[],
  hash = 'sha256',
): Uint8Array {
  return inFolder((folder) => {
    const write = (name: string, content: string | Uint8Array) => writeFileSync(path.join(folder, name), content);
    write('tsa.cnf', CONFIGURATION);
    write('serial', '01\n');
    write('root.bin', message);
    write('signer.pem', pemOf(signer));
    write('key.pem', signer.spec.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    write('chain.pem', chain.map(pemOf).join(''));
    run(folder, ['ts', '-query', '-data', 'root.bin', `-${hash}`, '-cert', '-out', 'query.tsq']);
    const inside = chain.length > 0 ? ['-chain', 'chain.pem'] : [];
    const by = ['-signer', 'signer.pem', '-inkey', 'key.pem', ...inside];
    run(folder, [
      'ts',
      '-reply',
      '-config',
      'tsa.cnf',
      '-section',
      'tsa',
      '-queryfile',
      'query.tsq',
      ...by,
      '-token_out',
      '-out',
      'token.der',
    ]);
    return new Uint8Array(readFileSync(path.join(folder, 'token.der')));
  });
}

/** Whether `openssl ts -verify -data` takes a token over a message. */
export function opensslVerifies(
  token: Uint8Array,
  message: Uint8Array,
  authorities: readonly string[],
  at: Date,
): boolean {
  return inFolder((folder) => {
    writeFileSync(path.join(folder, 'token.der'), token);
    writeFileSync(path.join(folder, 'root.bin'), message);
    writeFileSync(path.join(folder, 'ca.pem'), authorities.join(''));
    const time = String(Math.floor(at.getTime() / 1000));
    const options = ['-partial_chain', '-attime', time, '-CAfile', 'ca.pem'];
    const { status } = openssl(folder, [
      'ts',
      '-verify',
      '-data',
      'root.bin',
      '-in',
      'token.der',
      '-token_in',
      ...options,
    ]);
    return status === 0;
  });
}

export const hasOpenssl = (): boolean => openssl('.', ['version']).status === 0;

function openssl(folder: string, args: string[]) {
  return spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
}

function run(folder: string, args: string[]): void {
  const { status, stderr } = openssl(folder, args);
  if (status !== 0) throw new RangeError(`openssl ${args.join(' ')}: ${stderr}`);
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkseal-tsa-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
