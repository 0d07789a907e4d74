// SPDX-License-Identifier: Apache-2.0
// The files that an order takes of its work: which of them it may have, and what is frozen of each.
import { z } from 'zod';
import type { FieldError } from '../errors.ts';
import type { WorkUpload } from './chosen-files.sql.ts';
import { arrivalFault } from './file-rules.ts';

export const frozenFileSchema = z.object({
  uploadId: z.string(),
  name: z.string(),
  size: z.string(),
  mediaType: z.string().nullable(),
  sha256: z.string(),
  sm3: z.string(),
  /** When the first byte came; of an empty file, when it was announced. */
  uploadedAt: z.string(),
});

export type FrozenFile = z.output<typeof frozenFileSchema>;

/** As forms name them, by their uploads. */
export interface ChosenFiles {
  files: readonly { uploadId: string }[];
  display: readonly { uploadId: string }[];
}

/** Files are the work's own, and complete when it counts; display images show what is in the order's files. */
export function chosenFileFaults(
  form: ChosenFiles,
  uploads: readonly WorkUpload[],
  { isDraft }: { isDraft: boolean },
): FieldError[] {
  const arrival = (field: string, found: WorkUpload | undefined): FieldError[] => {
    const code = arrivalFault(found?.state, isDraft);
    return code ? [{ field, code }] : [];
  };
  const repetition = (field: string, list: readonly { uploadId: string }[], index: number): FieldError[] =>
    list.findIndex(({ uploadId }) => uploadId === list[index]?.uploadId) < index ? [{ field, code: 'duplicate' }] : [];

  const files = form.files.flatMap(({ uploadId }, index) => {
    const field = `files.${index}`;
    return firstOf(
      arrival(
        field,
        uploads.find((each) => each.id === uploadId && each.role === 'FILE'),
      ),
      repetition(field, form.files, index),
    );
  });
  const display = form.display.flatMap(({ uploadId }, index): FieldError[] => {
    const field = `display.${index}`;
    const found = uploads.find((each) => each.id === uploadId && each.role === 'DISPLAY');
    const isContained = isDraft || !found || isFromFiles(found, form, uploads);
    return firstOf(arrival(field, found), repetition(field, form.display, index), [
      ...(isContained ? [] : [{ field, code: 'not-from-work-files' as const }]),
    ]);
  });
  return [...files, ...display];
}

/** One fault per field is enough to act on. */
function firstOf(...faults: FieldError[][]): FieldError[] {
  return faults.find((each) => each.length > 0) ?? [];
}

function isFromFiles(image: WorkUpload, { files }: ChosenFiles, uploads: readonly WorkUpload[]): boolean {
  return files.some(({ uploadId }) => {
    const digest = uploads.find(({ id }) => id === uploadId)?.sha256;
    return uploadId === image.id || uploadId === image.derivedFrom || (digest && digest === image.sha256);
  });
}

export function frozenFile(uploads: readonly WorkUpload[], uploadId: string): FrozenFile {
  const found = uploads.find(({ id }) => id === uploadId);
  // chosenFileFaults has refused everything else.
  if (!found?.sha256 || !found.sm3) throw new TypeError(`upload ${uploadId} is not complete`);
  const { name, size, mediaType, sha256, sm3, uploadedAt } = found;
  return { uploadId, name, size, mediaType, sha256, sm3, uploadedAt: uploadedAt.toISOString() };
}
