// SPDX-License-Identifier: Apache-2.0
// Which uploads may be a document of an application or of a record. Names are claims; what a file is, its first bytes say.
import type { FieldError } from '../errors.ts';
import { arrivalFault, problemsOfFile, type UploadFacts } from './file-rules.ts';

/** Of one kind: several pages may have been photographed apart. */
const MAX_OF_A_KIND = 10;

/** Papers are read by people: what can be shown, and Word files. */
const PAPER_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'image/jpeg',
  'image/png',
];

export interface ChosenDocument {
  uploadId: string;
  /** Those of its kind that were named before it. */
  before: readonly string[];
  /** Otherwise it may be whatever a work may be. */
  isPaper: boolean;
}

/** Its first fault. `uploads` holds those that the owner may use; a draft may name some that still arrive. */
export function documentFault(
  { uploadId, before, isPaper }: ChosenDocument,
  uploads: ReadonlyMap<string, UploadFacts>,
  { isDraft }: { isDraft: boolean },
): Omit<FieldError, 'field'> | undefined {
  const upload = uploads.get(uploadId);
  const arrival = arrivalFault(upload?.state, isDraft);
  if (arrival) return { code: arrival };
  if (upload?.state !== 'COMPLETE') return undefined;
  const isSame = (other: string) =>
    other === uploadId || (upload.sha256 !== null && uploads.get(other)?.sha256 === upload.sha256);
  if (before.some(isSame)) return { code: 'duplicate' };
  if (before.length >= MAX_OF_A_KIND) return { code: 'too-many' };
  if (isPaper && (upload.mediaType === null || !PAPER_TYPES.includes(upload.mediaType)))
    return { code: 'type-not-allowed' };
  return problemsOfFile(upload)[0];
}
