// SPDX-License-Identifier: Apache-2.0
// What a save would refuse in a row, known as soon as the portal has the file.
import type { FieldError } from '../../api/api-error.ts';
import type { FileRow } from './file-row.ts';

/** Work files are evidence, shown or not; only their names are printed. */
const ONLY_OF_PICTURES: readonly string[] = ['picture-too-large', 'picture-unreadable'];
const ONLY_OF_WORK_FILES: readonly string[] = ['unprintable'];
/** The samples of a registration are printed by name and shown to reviewers. */
const NOT_OF: Readonly<Record<string, readonly string[]>> = { files: ONLY_OF_PICTURES, 'documents.SAMPLE': [] };

/** `field`: the list, such as `files`. The rules are the portal's; two rows with one digest only the list can see. */
export function rowProblems(rows: readonly FileRow[], index: number, field: string): FieldError[] {
  const row = rows[index];
  if (!row) return [];
  const others = NOT_OF[field] ?? ONLY_OF_WORK_FILES;
  const own = row.problems.filter(({ code }) => !others.includes(code));
  const isTwice = row.sha256 !== null && rows.slice(0, index).some(({ sha256 }) => sha256 === row.sha256);
  const place = `${field}.${index}`;
  return [...own.map((problem) => ({ field: place, ...problem })), ...twice(isTwice, place)];
}

function twice(isTwice: boolean, field: string): FieldError[] {
  return isTwice ? [{ field, code: 'duplicate' }] : [];
}
