// SPDX-License-Identifier: Apache-2.0
// sigstore's time-stamping server as a process of its own, with keys that it makes at start. Found through TIMESTAMP_SERVER_BIN or
// on PATH.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './programs.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

export interface SigstoreAuthority {
  url: string;
  /** PEM of its certificate authority. */
  certificateFile: string;
  stop(): Promise<void>;
}

export const findSigstoreAuthority = (): string | undefined => findProgram('TIMESTAMP_SERVER_BIN', 'timestamp-server');

export async function startSigstoreAuthority(program: string): Promise<SigstoreAuthority> {
  const [folder, port] = [temporaryFolder(), await freePort()];
  const certificateFile = path.join(folder, 'authority.pem');
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), '--timestamp-signer', 'memory'];
  // Its tokens carry its own certificate, and with this one those between it and its authority.
  args.push('--include-chain-in-response', '--disable-ntp-monitoring');
  const child = await launch({
    name: 'the time-stamping server',
    command: program,
    args,
    cwd: folder,
    logFile: path.join(folder, 'tsa.log'),
  });
  const url = `http://127.0.0.1:${port}/api/v1/timestamp`;
  const read = () =>
    fetch(`${url}/certchain`).then(
      (answer) => (answer.ok ? answer.text() : ''),
      () => '',
    );
  const chain = await eventually(read, { withinMs: 30_000 });
  const authority = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)?.at(-1);
  writeFileSync(certificateFile, `${authority}\n`);
  return untilExit({ ...child, url, certificateFile });
}
