// SPDX-License-Identifier: Apache-2.0
// schemathesis in its own environment in the cache folder, and one run of it over one OpenAPI document.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';

const VERSION = '4.32.5';
/** What an answer is held to: it is not a 5xx, and its status, its media type and its shape are in the document. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];

export interface FuzzRun {
  name: string;
  /** The document; addresses in it are relative to it. */
  document: string;
  headers: Readonly<Record<string, string>>;
  /** Regular expressions over paths; all when absent. */
  only?: string;
  except?: string;
  /** Records that are there, for path parameters. */
  known: object;
  /** Where it may keep what it likes. */
  folder: string;
  seed: number;
  examples: number;
  withinSeconds: number;
}

/** Installs it at first use; returns the program. */
export function installSchemathesis(): string {
  const cache = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  const folder = path.join(cache, 'inkseal', `schemathesis-${VERSION}`);
  const program = path.join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  console.log(`installing schemathesis ${VERSION} in ${folder} ...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  run('python3', ['-m', 'venv', folder]);
  run(path.join(folder, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
  return program;
}

/** True when it found nothing. */
export async function fuzz(program: string, given: FuzzRun): Promise<boolean> {
  const { name, document, headers, only, except, folder, known, seed, examples, withinSeconds } = given;
  console.log(`\n${name}: ${document}`);
  const args = [
    'run',
    document,
    ...['--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing'],
    ...['--max-examples', `${examples}`, '--seed', `${seed}`, '--workers', '1', '--request-timeout', '30'],
    ...['--continue-on-failure', '--no-color', '--generation-database', 'none', '--warnings', 'off'],
    ...['--output-sanitize', 'true', '--suppress-health-check', 'all'],
    ...Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`]),
    ...(only ? ['--include-path-regex', only] : []),
    ...(except ? ['--exclude-path-regex', except] : []),
  ];
  const child = spawn(program, args, {
    stdio: 'inherit',
    cwd: folder,
    env: {
      ...process.env,
      PYTHONPATH: import.meta.dirname,
      SCHEMATHESIS_HOOKS: 'hooks',
      PYTHONDONTWRITEBYTECODE: '1',
      FUZZ_KNOWN: JSON.stringify(known),
    },
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), withinSeconds * 1_000);
  const [code] = await once(child, 'close');
  clearTimeout(deadline);
  if (code === null) throw new Failure(`${name} took more than ${withinSeconds} s`);
  return code === 0;
}

function run(command: string, args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Failure(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}
