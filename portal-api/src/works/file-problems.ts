// SPDX-License-Identifier: Apache-2.0
import type { FieldError } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { type FileFacts, problemsOfFile } from './file-rules.ts';

/** By the rules that saving a work applies, so that members learn them as soon as the file has arrived. */
export function fileProblems(fonts: Fonts) {
  return (file: FileFacts): Omit<FieldError, 'field'>[] => [
    ...problemsOfFile(file),
    ...printingFaults(fonts, [{ field: '', text: file.name }]).map(({ field: _, ...problem }) => problem),
  ];
}
