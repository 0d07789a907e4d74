// SPDX-License-Identifier: Apache-2.0
// A save may be refused because a file was still on its way. Once it has arrived, that must not be said any more.
import { useEffect } from 'react';
import type { FieldError } from '../../api/api-error.ts';
import type { FormFaults } from '../../kit/form.ts';
import type { FileRow } from './file-row.ts';

/** The paths of rows that are complete, and that the last refusal calls incomplete. */
export function arrivedSince(
  errors: readonly FieldError[],
  rows: readonly FileRow[],
  pathOf: (row: FileRow, index: number) => string,
): string[] {
  const isIncomplete = (path: string) =>
    errors.some(
      ({ field, code }) =>
        (code === 'not-complete' || code === 'not-scanned') && (field === path || field === `${path}.uploadId`),
    );
  return rows.flatMap((row, index) => {
    const path = pathOf(row, index);
    return row.isComplete && isIncomplete(path) ? [path] : [];
  });
}

export function useArrivals(
  faults: FormFaults,
  rows: readonly FileRow[],
  pathOf: (row: FileRow, index: number) => string,
): void {
  useEffect(() => {
    for (const path of arrivedSince(faults.error?.errors ?? [], rows, pathOf)) faults.clear(path);
  });
}
