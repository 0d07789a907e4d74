// SPDX-License-Identifier: Apache-2.0
// The content of an order as it was submitted. The applicant is masked in it, and named by the version of their
// identity; an author who is named is a byline, as the applicant wants it printed.
import { z } from 'zod';
import type { Transaction } from '../db/database.ts';
import { type FieldError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { type AttestationForm, attestationFormSchema } from './attestations.schema.ts';
import { type Holders, holderFaults, type Party, type PartyRef, partyOf, partySchema } from './chosen-parties.ts';
import { completenessFaults } from './completeness.ts';
import { lockWorkFiles, type WorkUpload } from './content.sql.ts';

const fileSchema = z.object({
  uploadId: z.string(),
  name: z.string(),
  size: z.string(),
  mediaType: z.string().nullable(),
  sha256: z.string(),
  sm3: z.string(),
  /** When the first byte came; of an empty file, when it was announced. */
  uploadedAt: z.string(),
});

const contentSchema = z.object({
  form: attestationFormSchema,
  workSerial: z.int(),
  files: z.array(fileSchema),
  display: z.array(fileSchema),
  depositors: z.array(partySchema),
  authors: z.array(partySchema),
});

/** The content as of the newest submission, and as of the one before it, for whoever reviews the difference. */
export const frozenSchema = z.object({ content: contentSchema, before: contentSchema.exactOptional() });

export type Content = z.output<typeof contentSchema>;
export type ContentFile = z.output<typeof fileSchema>;
export type Frozen = z.output<typeof frozenSchema>;

/** The applicant. Their name in clear is read, never kept. */
export interface Person extends PartyRef, Pick<Party, 'documentType'> {
  name: string;
  nameMasked: string;
  idNumberMasked: string;
}

export interface Submitted {
  workId: string;
  form: AttestationForm;
  person: Person;
  /** The right holders whom the form names, by id. */
  holders: Holders;
  fonts: Fonts;
}

/** Reads what is to be frozen, or throws one `invalid-request` with every fault. The caller holds the work's lock. */
export async function freezeContent(
  tx: Transaction,
  { workId, form, person, holders, fonts }: Submitted,
): Promise<Content> {
  const files = await lockWorkFiles(tx.prisma, workId);
  refuseFields([
    ...completenessFaults(form),
    ...fileFaults(form, files, { isDraft: false }),
    ...holderFaults(form, holders),
    ...printingFaults(fonts, printedTexts(form, files, { person, holders })),
  ]);
  const { name: _, nameMasked, idNumberMasked, ...reference } = person;
  const self = { name: nameMasked, idNumber: idNumberMasked, ...reference };
  const work = await tx.prisma.work.findUnique({ where: { id: workId }, select: { serial: true } });
  return {
    form,
    workSerial: work?.serial ?? 0,
    files: form.files.map(({ uploadId }) => contentFile(files, uploadId)),
    display: form.display.map(({ uploadId }) => contentFile(files, uploadId)),
    depositors: form.depositors.map((each) => partyOf(each, self, holders)),
    authors: form.authors.map((each) => partyOf(each, self, holders)),
  };
}

/** What of the form the certificate prints in its owner's words. */
function printedTexts(
  { title, workTypeNote, depositors, authors, files }: AttestationForm,
  uploads: readonly WorkUpload[],
  { person: { name }, holders }: Pick<Submitted, 'person' | 'holders'>,
) {
  const nameOf = (id: string) => uploads.find((upload) => upload.id === id)?.name ?? '';
  return [
    { field: 'title', text: title },
    { field: 'workTypeNote', text: workTypeNote },
    ...depositors.map((each, index) => ({
      field: `depositors.${index}`,
      text: each.source === 'self' ? name : (holders.get(each.rightHolderId)?.name ?? ''),
    })),
    ...authors.map((author, index) =>
      author.source === 'named'
        ? { field: `authors.${index}.name`, text: author.name }
        : {
            field: `authors.${index}`,
            text: author.source === 'self' ? name : (holders.get(author.rightHolderId)?.name ?? ''),
          },
    ),
    ...files.map(({ uploadId }, index) => ({ field: `files.${index}`, text: nameOf(uploadId) })),
  ];
}

/** Files are the work's own, and complete when it counts; display images show what is in the order's files. */
export function fileFaults(
  form: AttestationForm,
  uploads: readonly WorkUpload[],
  { isDraft }: { isDraft: boolean },
): FieldError[] {
  const arrival = (field: string, found: WorkUpload | undefined): FieldError[] => {
    if (!found || found.state === 'FAILED' || found.state === 'DELETED') return [{ field, code: 'not-found' }];
    return isDraft || found.state === 'COMPLETE' ? [] : [{ field, code: 'not-complete' }];
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

function isFromFiles(image: WorkUpload, { files }: AttestationForm, uploads: readonly WorkUpload[]): boolean {
  return files.some(({ uploadId }) => {
    const digest = uploads.find(({ id }) => id === uploadId)?.sha256;
    return uploadId === image.id || uploadId === image.derivedFrom || (digest && digest === image.sha256);
  });
}

function contentFile(uploads: readonly WorkUpload[], uploadId: string): ContentFile {
  const found = uploads.find(({ id }) => id === uploadId);
  // fileFaults has refused everything else.
  if (!found?.sha256 || !found.sm3) throw new TypeError(`upload ${uploadId} is not complete`);
  const { name, size, mediaType, sha256, sm3, uploadedAt } = found;
  return { uploadId, name, size, mediaType, sha256, sm3, uploadedAt: uploadedAt.toISOString() };
}
