// SPDX-License-Identifier: Apache-2.0
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The program that this variable names, or else the first of these names that is found on PATH. */
export function findProgram(variable: string, ...names: readonly string[]): string | undefined {
  const { [variable]: given, PATH = '' } = process.env;
  const folders = PATH.split(path.delimiter);
  const candidates = given ? [given] : names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
