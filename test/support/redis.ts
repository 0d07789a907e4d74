// SPDX-License-Identifier: Apache-2.0
// A throw-away redis-server, where this machine has one.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { type Child, launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

export interface TestRedis extends Child {
  readonly url: string;
  readonly folder: string;
}

export function hasRedis(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * The queue settings of a ledger under test. `npm test` runs every test file that calls this twice: once
 * without Redis, so on PostgreSQL, and once with.
 */
export function queueEnvironment(): { REDIS_URL?: string } {
  const { TEST_REDIS_URL } = process.env;
  return TEST_REDIS_URL ? { REDIS_URL: TEST_REDIS_URL } : {};
}

/** Give `folder` and `port` again to start one that was stopped or killed. */
export async function testRedis(options: { folder?: string; port?: number } = {}): Promise<TestRedis> {
  const { folder = temporaryFolder(), port = await freePort() } = options;
  const settings = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', daemonize: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const logFile = path.join(folder, 'redis.log');
  const child = await launch({ name: 'Redis', command: 'redis-server', args, cwd: folder, logFile });
  await eventually(() => answersPing(port));
  return untilExit({ ...child, url: `redis://127.0.0.1:${port}`, folder });
}

/** Everything in it, uncompressed. */
export async function dumpOf({ url, folder }: TestRedis): Promise<Buffer> {
  const port = Number(new URL(url).port);
  await ask(port, 'CONFIG SET rdbcompression no');
  await ask(port, 'SAVE');
  return readFileSync(path.join(folder, 'dump.rdb'));
}

const answersPing = async (port: number): Promise<boolean> => (await ask(port, 'PING')).startsWith('+PONG');

function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(answer.toString());
    });
  });
}
