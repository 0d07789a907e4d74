// SPDX-License-Identifier: Apache-2.0
// A program on its own small disk: a tmpfs that only it and its children see, so that nothing is left mounted.
// Needs the right to mount, which root has, and others in a user namespace.
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { isDiskFull } from '@inkseal/service-kit';
import { type Program, runProgram } from './processes.ts';

const NAMESPACES = [['-m'], ['-m', '--user', '--map-root-user']];

export interface SmallDisk {
  program: Program;
  /** Where this process finds a file of the disk. */
  path(...names: string[]): string;
  freeBytes(): number;
  /** Leaves only so many bytes free, none by default. */
  fill(spareBytes?: number): void;
  /** Gives back what `fill` took. */
  empty(): void;
}

/** Runs the Node script with `folder` as the disk. With `log`, its standard output goes to that file of the disk. */
export function runOnSmallDisk(
  script: string,
  { folder, sizeMib, env, log }: { folder: string; sizeMib: number; env: NodeJS.ProcessEnv; log?: string },
): SmallDisk {
  const output = log ? `>>"${path.join(folder, log)}"` : '';
  const run = `mount -t tmpfs -o size=${sizeMib}m,mode=700 tmpfs "$0" && exec "$1" --disable-warning=ExperimentalWarning "$2" ${output}`;
  const program = runProgram('unshare', [...namespace(), 'sh', '-c', run, folder, process.execPath, script], { env });
  const inside = (...names: string[]) => path.join(`/proc/${program.pid}/root`, folder, ...names);
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(inside());
    return bavail * bsize;
  };
  return {
    program,
    path: inside,
    freeBytes,
    fill(spareBytes = 0) {
      // The program writes too, so a page may be gone before it is taken; what was written stays.
      while (freeBytes() > spareBytes) {
        try {
          appendFileSync(inside('filler'), Buffer.alloc(freeBytes() - spareBytes));
        } catch (error) {
          if (!isDiskFull(error)) throw error;
        }
      }
    },
    empty: () => rmSync(inside('filler')),
  };
}

/** No skip where it is refused: then nobody would notice that a full disk is not tested. */
function namespace(): string[] {
  const found = NAMESPACES.find((flags) => spawnSync('unshare', [...flags, 'true']).status === 0);
  if (!found) throw new Error('this system lets nobody mount a small disk: run the tests as root');
  return found;
}
