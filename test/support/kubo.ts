// SPDX-License-Identifier: Apache-2.0
// A Kubo node of a test's own: offline, on free ports, gone with the test. Found through KUBO_BIN or as `ipfs` on PATH.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from './programs.ts';

export interface KuboNode {
  readonly rpcUrl: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** The path of a Kubo program on this machine, if there is one. */
export const findKubo = (): string | undefined => findProgram('KUBO_BIN', 'ipfs');

/** Makes a repository in `folder`, unless there is one, and starts a daemon on it; resolves when it answers. */
export async function startKubo(program: string, folder: string): Promise<KuboNode> {
  const env = { ...process.env, IPFS_PATH: folder, IPFS_TELEMETRY: 'off' };
  // `test` listens on free ports and knows no peers.
  if (!existsSync(path.join(folder, 'config')))
    await promisify(execFile)(program, ['init', '--profile', 'server,test'], { env });
  const daemon = spawn(program, ['daemon', '--offline'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    daemon.kill('SIGKILL');
    await once(daemon, 'exit');
  };
  const onExit = () => daemon.kill('SIGKILL');
  process.once('exit', onExit);
  daemon.once('exit', () => process.off('exit', onExit));
  let output = '';
  daemon.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  for await (const text of daemon.stdout.setEncoding('utf8')) {
    output += text;
    const port = /RPC API server listening on \/ip4\/127\.0\.0\.1\/tcp\/(\d+)/.exec(output)?.[1];
    if (port && output.includes('Daemon is ready')) {
      daemon.stdout.resume();
      return { rpcUrl: `http://127.0.0.1:${port}`, pid: daemon.pid ?? 0, stop };
    }
  }
  throw new Error(`Kubo ended before it was ready:\n${output}`);
}
