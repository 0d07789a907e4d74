// SPDX-License-Identifier: Apache-2.0
// Which faults no longer type-check: the compiler would have noticed them, so they say nothing of the tests. All are planted
// together first, and one at a time only if that fails.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from './fault.ts';
import { whilePlanted } from './plant.ts';
import { packageOf } from './tests-of.ts';

const IS_TYPED = /\.tsx?$/;

export async function faultsThatDoNotCompile(root: string, faults: readonly Fault[]): Promise<Fault[]> {
  const typed = Map.groupBy(
    faults.filter(({ file }) => IS_TYPED.test(file)),
    (fault) => projectOf(root, fault),
  );
  const wrong: Fault[] = [];
  for (const [project, planted] of typed) {
    if (await compiles(root, project, planted)) continue;
    for (const fault of planted) if (!(await compiles(root, project, [fault]))) wrong.push(fault);
  }
  return wrong;
}

function projectOf(root: string, fault: Fault): string {
  const folder = packageOf(fault);
  return existsSync(path.join(root, folder, 'tsconfig.json')) ? folder : '.';
}

function compiles(root: string, project: string, faults: readonly Fault[]): Promise<boolean> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const run = () =>
    new Promise<boolean>((resolve) => {
      execFile(process.execPath, [compiler, '-p', project], { cwd: root, maxBuffer: 2 ** 26 }, (error) =>
        resolve(!error),
      );
    });
  return whilePlanted(root, faults, run);
}
