// SPDX-License-Identifier: Apache-2.0
// Which uploads a registration may have, and as what. Names are claims; what a file is, its first bytes say.
import type { FieldError } from '../errors.ts';
import { problemsOfFile, type UploadFacts } from '../works/index.ts';
import type { RegistrationForm } from './registrations.schema.ts';

/** Of one kind: several pages may have been photographed apart. */
const MAX_OF_A_KIND = 10;

/** Papers are read by reviewers: what can be shown, and Word files. Samples may be whatever a work may be. */
const PAPER_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'image/jpeg',
  'image/png',
];

/** Every fault of every document. `uploads` holds those that the owner may use; a draft may name some that still arrive. */
export function documentFileFaults(
  { documents }: Pick<RegistrationForm, 'documents'>,
  uploads: ReadonlyMap<string, UploadFacts>,
  { isDraft }: { isDraft: boolean },
): FieldError[] {
  return documents.flatMap(({ kind, uploadId }, index): FieldError[] => {
    const field = `documents.${index}`;
    const upload = uploads.get(uploadId);
    if (!upload || upload.state === 'FAILED' || upload.state === 'DELETED') return [{ field, code: 'not-found' }];
    if (upload.state !== 'COMPLETE') return isDraft ? [] : [{ field, code: 'not-complete' }];
    const before = documents.slice(0, index).filter((other) => other.kind === kind);
    const isSame = (other: { uploadId: string }) =>
      other.uploadId === uploadId || (upload.sha256 !== null && uploads.get(other.uploadId)?.sha256 === upload.sha256);
    if (before.some(isSame)) return [{ field, code: 'duplicate' }];
    if (before.length >= MAX_OF_A_KIND) return [{ field, code: 'too-many' }];
    const isPaper = kind !== 'SAMPLE';
    if (isPaper && (upload.mediaType === null || !PAPER_TYPES.includes(upload.mediaType)))
      return [{ field, code: 'type-not-allowed' }];
    return problemsOfFile(upload)
      .slice(0, 1)
      .map((problem) => ({ field, ...problem }));
  });
}
