// SPDX-License-Identifier: Apache-2.0
// The faults to plant, read from scripts/faults/list; its README says what the lines mean.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const KINDS = ['shown', 'boundary', 'several', 'state', 'keys', 'access', 'failure', 'logic'] as const;
export type Kind = (typeof KINDS)[number];

/** A mistake that somebody could make, as an exact change of one place in one file. */
export interface Fault {
  /** The same as long as the change is the same. */
  readonly id: string;
  /** The name of the list, without its ending. */
  readonly list: string;
  readonly kind: Kind;
  readonly file: string;
  /** What is wrong, in a sentence. */
  readonly sentence: string;
  /** Occurs exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
}

export const LISTS = 'scripts/faults/list/*.txt';

export function readFaults(root: string): Fault[] {
  return globSync(LISTS, { cwd: root })
    .sort()
    .flatMap((file) => parseList(path.basename(file, '.txt'), readFileSync(path.join(root, file), 'utf8')));
}

/** Throws a RangeError that names the first entry of another form. */
export function parseList(list: string, text: string): Fault[] {
  return text
    .split(/\n{2,}/)
    .filter((entry) => entry.trim() !== '' && !entry.startsWith('# '))
    .map((entry) =>
      parseEntry(
        list,
        entry.split('\n').filter((line) => line !== ''),
      ),
    );
}

function parseEntry(list: string, [head = '', sentence = '', ...lines]: string[]): Fault {
  const [name, file = ''] = head.split(' ');
  const kind = KINDS.find((each) => each === name);
  const isChange = lines.length > 0 && lines.every((line) => /^[-+] /.test(line));
  const text = linesAfter('- ', lines);
  const replacement = linesAfter('+ ', lines);
  if (!kind || file === '' || !isChange || text === '' || text === replacement)
    throw new RangeError(`${list}: “${head}” is not a fault`);
  const id = createHash('sha256').update([file, text, replacement].join('\0')).digest('hex').slice(0, 16);
  return { id, list, kind, file, sentence, text, replacement };
}

function linesAfter(mark: '- ' | '+ ', lines: readonly string[]): string {
  return lines
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length))
    .join('\n');
}
