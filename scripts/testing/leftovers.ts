// SPDX-License-Identifier: Apache-2.0
// Finds what a test run left running: every process under it inherits its temporary folder, as environment,
// working directory or argument. Where there is no /proc it finds nothing.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Leftover {
  pid: number;
  command: string;
}

export function leftoversOf(folder: string): Leftover[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: read(`/proc/${name}/cmdline`) }))
    .filter(({ pid, command }) => command !== '' && belongs(pid, command, folder));
}

export function endLeftovers(leftovers: Leftover[]): void {
  for (const { pid } of leftovers) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended on its own.
    }
  }
}

function belongs(pid: number, command: string, folder: string): boolean {
  return [command, read(`/proc/${pid}/environ`), workingDirectory(pid)].some((text) => text.includes(folder));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return ''; // ended meanwhile, or another user's
  }
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
