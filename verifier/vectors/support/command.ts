// The command line as its tests run it: its own process, over the released vectors.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IndexEntry } from './vectors.ts';

export const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
export const VECTORS = fileURLToPath(new URL('../v1/', import.meta.url));
const { cases }: { cases: IndexEntry[] } = JSON.parse(readFileSync(join(VECTORS, 'index.json'), 'utf8'));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

// Not spawnSync: the node that --rpc asks is served by the process of the tests.
export function run(args: readonly string[], environment: Record<string, string> = {}, main = MAIN): Promise<Run> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, LC_ALL: 'C', ...environment } });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += chunk));
  child.stderr.on('data', (chunk) => (output.err += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

export function vector(name: string): IndexEntry & { proof: string; trustArgs: string[] } {
  const entry = cases.find((one) => one.name === name);
  if (!entry) throw new RangeError(`no vector ${name}`);
  const trustArgs = entry.trust === undefined ? [] : ['--trust', join(VECTORS, entry.trust)];
  return { ...entry, proof: join(VECTORS, entry.file), trustArgs };
}

/** Writes a file of a test, and answers its path. */
export function putFile(path: string, bytes: Uint8Array | string): string {
  writeFileSync(path, bytes);
  return path;
}
