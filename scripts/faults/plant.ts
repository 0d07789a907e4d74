// SPDX-License-Identifier: Apache-2.0
// Plants a fault in the copy, and takes it out again.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from '../../test/faults/index.ts';

/** Whether the fault's text stands exactly once in its file. */
export function applies(root: string, fault: Fault): boolean {
  return readFileSync(path.join(root, fault.file), 'utf8').split(fault.text).length === 2;
}

/** Runs `work` while the fault is planted. */
export async function whilePlanted<T>(root: string, fault: Fault, work: () => Promise<T>): Promise<T> {
  const file = path.join(root, fault.file);
  const original = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    original.replace(fault.text, () => fault.replacement),
  );
  try {
    return await work();
  } finally {
    writeFileSync(file, original);
  }
}
