// SPDX-License-Identifier: Apache-2.0
// One long-running child process with its log file. It lives in its own session, so a Ctrl-C in the
// terminal reaches only the supervisor, which then stops its children in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';

/** A log that has grown beyond this is set aside as `.1`, in place of the one before. */
const LOG_LIMIT = { maxBytes: 20 * 1024 * 1024, everyMs: 10_000 };
const TAIL_BYTES = 4_000;

export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  logFile: string;
  logLimit?: { maxBytes: number; everyMs: number };
  env?: NodeJS.ProcessEnv;
  /** What asks the process to end; SIGTERM by default. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take before it is killed. */
  stopWithinMs?: number;
  /** Told the pid at once, before the process is of any use. */
  onSpawn?: ((pid: number) => void) | undefined;
  /** Another user to run as; only root may say so. */
  user?: { uid: number; gid: number };
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process is gone, with how it ended. */
  readonly exited: Promise<string>;
  isRunning(): boolean;
  /** Asks it to end, kills it when it does not, and returns when it is gone. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** Lets this process end without waiting for the child, which then outlives it unless something kills it. */
  unref(): void;
}

export async function launch(options: ChildOptions): Promise<Child> {
  const {
    name,
    command,
    args,
    cwd,
    env = process.env,
    logFile,
    logLimit = LOG_LIMIT,
    stopSignal = 'SIGTERM',
    stopWithinMs = 15_000,
  } = options;
  const log = openLog(logFile, logLimit.maxBytes);
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], detached: true, ...options.user });
  if (log !== 'ignore') closeSync(log);
  // Also reports a signal that could not be sent; without a listener that would end this process.
  child.on('error', () => undefined);
  if (child.pid !== undefined) options.onSpawn?.(child.pid);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Failure(`${name} could not be started: ${error instanceof Error ? error.message : error}`);
  }
  const trimming = setInterval(() => trimLog(logFile, logLimit.maxBytes), logLimit.everyMs).unref();
  void exited.then(() => clearInterval(trimming));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const signal = async (first: NodeJS.Signals) => {
    if (!isRunning()) return;
    child.ref();
    child.kill(first);
    const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await exited;
    clearTimeout(killer);
  };
  return {
    name,
    pid: child.pid ?? 0,
    exited,
    isRunning,
    stop: () => signal(stopSignal),
    kill: () => signal('SIGKILL'),
    unref: () => child.unref(),
  };
}

/** The last lines of a log, for an error message. */
export function tail(logFile: string, lines = 6): string {
  return textOf(logFile)
    .slice(-TAIL_BYTES)
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join('\n');
}

function textOf(logFile: string): string {
  try {
    return readFileSync(logFile, 'utf8');
  } catch {
    return '(no log)';
  }
}

/** A log that cannot be written keeps no process from running. */
function openLog(file: string, maxBytes: number): number | 'ignore' {
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    trimLog(file, maxBytes);
    return openSync(file, 'a', 0o600);
  } catch (error) {
    console.warn(`inkseal: ${file} cannot be written; going on without it: ${error}`);
    return 'ignore';
  }
}

/**
 * Copied and emptied, not renamed: the child keeps its file open, and appends to it. Lines of the moment between the two
 * are lost. A copy that fails, as on a full disk, is tried again at the next turn.
 */
function trimLog(file: string, maxBytes: number): void {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= maxBytes) return;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } catch {
    // The next turn tries again.
  }
}
