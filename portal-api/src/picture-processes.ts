// SPDX-License-Identifier: Apache-2.0
// Native code decodes the pictures that users send, and a crafted file may crash it. So we decode in separate processes, which
// have none of our environment, keys or connections: a crash fails that one picture, and no other request.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { PictureHashes } from './picture-hashes.ts';
import type { Mark } from './watermark.ts';

export interface Recipe {
  width: number;
  height: number;
  /** `inside` never enlarges; `cover` cuts. */
  fit: 'inside' | 'cover';
  /** Of transparent parts. */
  background?: string;
  format: 'jpeg' | 'webp';
  quality: number;
}

export type PictureJob =
  | { kind: 'look'; bytes: Uint8Array }
  | { kind: 'hash'; bytes: Uint8Array }
  | { kind: 'draw'; bytes: Uint8Array; recipe: Recipe }
  | { kind: 'mark'; bytes: Uint8Array; mark: Mark };

export type PictureAnswer =
  | { data: Uint8Array; width: number; height: number }
  /** Pixels. */
  | { tooLargeAbove: number }
  /** Null: too plain to be told from others. */
  | { hashes: PictureHashes | null }
  | { failure: string }
  | Record<string, never>;

export type RunPictureJob = (job: PictureJob) => Promise<PictureAnswer>;

/** Each takes much memory, however small the file. */
const AT_ONCE = 2;
const PROCESS = fileURLToPath(new URL('./picture-process.ts', import.meta.url));
const LONGEST_MS = 60_000;
/** Then its memory is given back. */
const IDLE_MS = 20_000;

/** Tests bring a file of their own. */
export function createPictureProcesses(file = PROCESS): RunPictureJob {
  const limit = pLimit(AT_ONCE);
  const idle: Idle[] = [];
  const run = async (job: PictureJob): Promise<PictureAnswer> => {
    const waiting = take(idle);
    // A process that ended while idle may still look alive: its failure says nothing about the picture.
    if (waiting) return runIn(waiting, job).catch(() => runIn(start(file), job));
    return runIn(start(file), job);
  };
  const runIn = async (child: ChildProcess, job: PictureJob): Promise<PictureAnswer> => {
    try {
      const answer = await ask(child, job);
      putBack(idle, child);
      return answer;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  };
  return (job) => limit(() => run(job));
}

interface Idle {
  child: ChildProcess;
  timer: NodeJS.Timeout;
}

function start(file: string): ChildProcess {
  const child = fork(file, [], {
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // Failures between two jobs concern neither: the next job finds the process disconnected.
  child.on('error', () => undefined);
  // An idle process does not keep the portal running.
  child.unref();
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

function take(idle: Idle[]): ChildProcess | undefined {
  for (let found = idle.pop(); found; found = idle.pop()) {
    clearTimeout(found.timer);
    if (found.child.connected) return found.child;
  }
  return undefined;
}

function putBack(idle: Idle[], child: ChildProcess): void {
  const timer = setTimeout(() => {
    const index = idle.findIndex((each) => each.child === child);
    if (index >= 0) idle.splice(index, 1);
    child.kill('SIGKILL');
  }, IDLE_MS);
  timer.unref();
  idle.push({ child, timer });
}

function ask(child: ChildProcess, job: PictureJob): Promise<PictureAnswer> {
  child.channel?.ref();
  const { promise, resolve, reject } = Promise.withResolvers<PictureAnswer>();
  const timer = setTimeout(() => reject(new Error('a picture took too long')), LONGEST_MS);
  const onExit = (code: number | null, signal: string | null) =>
    reject(new Error(`the process of the picture ended: ${signal ?? code}`));
  const onAnswer = (answer: PictureAnswer) => resolve(answer);
  child.once('message', onAnswer).once('exit', onExit).once('error', reject);
  child.send(job, (error) => {
    if (error) reject(error);
  });
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onAnswer).off('exit', onExit).off('error', reject);
    child.channel?.unref();
  });
}
