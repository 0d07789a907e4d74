// SPDX-License-Identifier: Apache-2.0
// The two ways to look at a file that was uploaded, below whatever it belongs to.
import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import type { Access } from './members.ts';
import { operation } from './operation.ts';
import { ORIGINAL_TYPES } from './original-media.ts';
import { recordId } from './validation.ts';

const params = z.object({ id: recordId, uploadId: recordId });

interface FileOperations {
  access: Access;
  /** What the original is, and the small picture. */
  summaries: { content: string; thumbnail: string };
  /** Besides those of every file. */
  errors?: readonly ErrorCode[];
}

/** `path` names the owner of the file, such as `/works/{id}`. */
export function fileOperations(path: string, { access, summaries, errors = [] }: FileOperations) {
  const shared = {
    method: 'get',
    access,
    params,
    errors: [...errors, 'file-not-found', 'store-unavailable', 'stored-object-damaged'],
  } as const;
  return {
    fileContent: operation({
      ...shared,
      path: `${path}/files/{uploadId}/content`,
      summary: summaries.content,
      media: ORIGINAL_TYPES,
      hasRanges: true,
    }),
    fileThumbnail: operation({
      ...shared,
      errors: [...shared.errors, 'thumbnail-impossible'],
      path: `${path}/files/{uploadId}/thumbnail`,
      summary: summaries.thumbnail,
      media: 'image/webp',
    }),
  };
}
