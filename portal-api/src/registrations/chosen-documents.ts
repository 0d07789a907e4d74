// SPDX-License-Identifier: Apache-2.0
// Which uploads a registration may have, and as what: samples may be whatever a work may be, all else is read by reviewers.
import type { FieldError } from '../errors.ts';
import { documentFault, type UploadFacts } from '../works/index.ts';
import type { RegistrationForm } from './registrations.schema.ts';

/** The first fault of every document. */
export function documentFileFaults(
  { documents }: Pick<RegistrationForm, 'documents'>,
  uploads: ReadonlyMap<string, UploadFacts>,
  options: { isDraft: boolean },
): FieldError[] {
  return documents.flatMap(({ kind, uploadId }, index): FieldError[] => {
    const before = documents.slice(0, index).flatMap((other) => (other.kind === kind ? [other.uploadId] : []));
    const fault = documentFault({ uploadId, before, isPaper: kind !== 'SAMPLE' }, uploads, options);
    return fault ? [{ field: `documents.${index}`, ...fault }] : [];
  });
}
