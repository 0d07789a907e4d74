// SPDX-License-Identifier: Apache-2.0
// Programs under test as processes: started with captured output, ended by signal, never left behind.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { isAlive } from '../../scripts/setup/lock.mjs';
import { eventually } from './eventually.ts';

export { identify, isAlive, type ProcessIdentity } from '../../scripts/setup/lock.mjs';

const NODE_ARGUMENTS = ['--disable-warning=ExperimentalWarning'];
/** What runs a command without any network, as root and as anybody else. */
const WITHOUT_NETWORK: [string, ...string[]][] = [
  ['unshare', '--net'],
  ['unshare', '--user', '--net'],
];

export interface Program {
  readonly pid: number;
  /** Everything it has printed so far, both streams. */
  output(): string;
  /** Settles with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  isRunning(): boolean;
  /** Waits until the output matches; fails at once when the program ends without. */
  prints(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
  kill(): Promise<void>;
}

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** Runs a TypeScript or JavaScript file under this Node. */
export function runNode(file: string, args: string[] = [], options: ProgramOptions = {}): Program {
  return runProgram(process.execPath, [...NODE_ARGUMENTS, file, ...args], options);
}

/** The same in its own network namespace, where not even loopback answers. Where the system refuses one, as usual. */
export function runNodeOffline(file: string, args: string[] = []): Program {
  return runProgramOffline(process.execPath, [...NODE_ARGUMENTS, file, ...args]);
}

/** Any program without a network, as above. */
export function runProgramOffline(command: string, args: string[], options: ProgramOptions = {}): Program {
  const [wrapper, ...rest] =
    WITHOUT_NETWORK.find(([name, ...flags]) => spawnSync(name, [...flags, 'true']).status === 0) ?? [];
  return wrapper ? runProgram(wrapper, [...rest, command, ...args], options) : runProgram(command, args, options);
}

export function runProgram(command: string, args: string[], { env, cwd }: ProgramOptions = {}): Program {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  // `close`, not `exit`: only then has all output arrived.
  let isOver = false;
  const exited = once(child, 'close').then(([code, signal]): number | NodeJS.Signals => {
    isOver = true;
    return code ?? signal;
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  void exited.finally(() => process.off('exit', killAtExit));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    isRunning,
    prints: (pattern, withinMs) =>
      eventually(() => matchOrEnd(pattern, output, isOver), withinMs === undefined ? {} : { withinMs }).then(
        (found) => {
          if ('ended' in found) throw new Error(`ended without printing ${pattern}:\n${output}`);
          return found;
        },
      ),
    signal: (signal) => child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Waits until none of these processes runs. */
export async function allGone(processes: { pid: number; startedAt: string }[], withinMs = 60_000): Promise<void> {
  await eventually(() => processes.every((each) => !isAlive(each)), { withinMs });
}

function matchOrEnd(pattern: RegExp, output: string, isOver: boolean): RegExpExecArray | { ended: true } | undefined {
  return pattern.exec(output) ?? (isOver ? { ended: true } : undefined);
}
