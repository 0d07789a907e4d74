// SPDX-License-Identifier: Apache-2.0
// Plants a fault in the copy, and takes it out again.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from './fault.ts';

type Place = Pick<Fault, 'file' | 'text'>;

/** How often the fault's text occurs in its file; none if there is no such file. */
export function occurrences(root: string, { file, text }: Place): number {
  try {
    return readFileSync(path.join(root, file), 'utf8').split(text).length - 1;
  } catch {
    return 0;
  }
}

/** The first and the last line of the fault's text, counted from 1. */
export function linesOf(root: string, { file, text }: Place): [first: number, last: number] {
  const [before = ''] = readFileSync(path.join(root, file), 'utf8').split(text);
  const first = before.split('\n').length;
  return [first, first + text.split('\n').length - 1];
}

/** Runs `work` while the faults are planted. */
export async function whilePlanted<T>(root: string, faults: readonly Fault[], work: () => Promise<T>): Promise<T> {
  const originals = new Map(faults.map(({ file }) => [file, readFileSync(path.join(root, file), 'utf8')]));
  try {
    for (const fault of faults) plant(path.join(root, fault.file), fault);
    return await work();
  } finally {
    for (const [file, text] of originals) writeFileSync(path.join(root, file), text);
  }
}

function plant(file: string, { text, replacement }: Fault): void {
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(text, () => replacement),
  );
}
