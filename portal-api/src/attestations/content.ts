// SPDX-License-Identifier: Apache-2.0
// The content of an order as it was submitted. The applicant is masked in it, and named by the version of their
// identity; an author who is named is a byline, as the applicant wants it printed.
import { z } from 'zod';
import type { Transaction } from '../db/database.ts';
import { refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { frozenParty, type Holders, holderFaults, nameOf, type Person, partySchema } from '../parties/index.ts';
import { chosenFileFaults, frozenFile, frozenFileSchema, lockWorkFiles, type WorkUpload } from '../works/index.ts';
import { type AttestationForm, attestationFormSchema } from './attestations.schema.ts';
import { completenessFaults } from './completeness.ts';

const contentSchema = z.object({
  form: attestationFormSchema,
  workSerial: z.int(),
  files: z.array(frozenFileSchema),
  display: z.array(frozenFileSchema),
  depositors: z.array(partySchema),
  authors: z.array(partySchema),
});

/** The content as of the newest submission, and as of the one before it, for whoever reviews the difference. */
export const frozenSchema = z.object({ content: contentSchema, before: contentSchema.exactOptional() });

export type Content = z.output<typeof contentSchema>;
export type Frozen = z.output<typeof frozenSchema>;

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
  const { depositors, authors } = form;
  refuseFields([
    ...completenessFaults(form),
    ...chosenFileFaults(form, files, { isDraft: false }),
    ...holderFaults('depositors', depositors, { role: 'OWNER', holders }),
    ...holderFaults('authors', authors, { role: 'AUTHOR', holders }),
    ...printingFaults(fonts, printedTexts(form, files, { person, holders })),
  ]);
  const work = await tx.prisma.work.findUnique({ where: { id: workId }, select: { serial: true } });
  return {
    form,
    workSerial: work?.serial ?? 0,
    files: form.files.map(({ uploadId }) => frozenFile(files, uploadId)),
    display: form.display.map(({ uploadId }) => frozenFile(files, uploadId)),
    depositors: depositors.map((each) => frozenParty(each, person, holders)),
    authors: authors.map((each) => frozenParty(each, person, holders)),
  };
}

/** What of the form the certificate prints in its owner's words. */
function printedTexts(
  { title, workTypeNote, depositors, authors, files }: AttestationForm,
  uploads: readonly WorkUpload[],
  { person, holders }: Pick<Submitted, 'person' | 'holders'>,
) {
  const fileNameOf = (id: string) => uploads.find((upload) => upload.id === id)?.name ?? '';
  return [
    { field: 'title', text: title },
    { field: 'workTypeNote', text: workTypeNote },
    ...depositors.map((each, index) => ({ field: `depositors.${index}`, text: nameOf(each, person, holders) })),
    ...authors.map((each, index) => ({
      field: each.source === 'named' ? `authors.${index}.name` : `authors.${index}`,
      text: nameOf(each, person, holders),
    })),
    ...files.map(({ uploadId }, index) => ({ field: `files.${index}`, text: fileNameOf(uploadId) })),
  ];
}
