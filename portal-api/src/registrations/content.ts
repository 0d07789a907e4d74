// SPDX-License-Identifier: Apache-2.0
// The content of a registration as it was submitted. People are masked in it, and named by the versions of their data.
import { z } from 'zod';
import type { Transaction } from '../db/database.ts';
import { refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import type { Owner } from '../http/members.ts';
import {
  type Choice,
  frozenParty,
  type Holders,
  holderFaults,
  nameOf,
  type Person,
  partySchema,
} from '../parties/index.ts';
import { DOCUMENT_KINDS } from '../registration-documents/index.ts';
import { frozenFileSchema, frozenUploads, type UploadFacts, type WorkStore } from '../works/index.ts';
import { documentFileFaults } from './chosen-documents.ts';
import { completenessFaults } from './completeness.ts';
import { jurisdictionFaults } from './jurisdiction.ts';
import { type RegistrationForm, registrationFormSchema } from './registrations.schema.ts';
import { residenceFaults } from './residence.ts';

const contentSchema = z.object({
  form: registrationFormSchema,
  workSerial: z.int(),
  documents: z.array(z.object({ kind: z.enum(DOCUMENT_KINDS), file: frozenFileSchema })),
  owners: z.array(partySchema),
  authors: z.array(partySchema),
  applicants: z.array(partySchema),
  agent: partySchema.nullable(),
});

/** The content as of the newest submission, and as of the one before it, for whoever reviews the difference. */
export const frozenSchema = z.object({ content: contentSchema, before: contentSchema.exactOptional() });

export type Content = z.output<typeof contentSchema>;
export type Frozen = z.output<typeof frozenSchema>;

export interface Submitted {
  owner: Owner;
  workId: string;
  form: RegistrationForm;
  person: Person;
  /** The right holders whom the form names, by id. */
  holders: Holders;
  fonts: Fonts;
  works: Pick<WorkStore, 'lockUploads'>;
  /** Of the site, two digits of GB/T 2260. */
  homeProvince: string;
}

/** Everybody whom a form names. */
export const choicesOf = ({ owners, authors, applicants, agent }: RegistrationForm): Choice[] => [
  ...owners,
  ...authors,
  ...applicants,
  ...(agent ? [agent] : []),
];

/** Reads what is to be frozen, or throws one `invalid-request` with every fault. The caller holds the work's lock. */
export async function freezeContent(tx: Transaction, submitted: Submitted): Promise<Content> {
  const { owner, workId, form, person, holders, fonts, works, homeProvince } = submitted;
  const ids = form.documents.map(({ uploadId }) => uploadId);
  const uploads = await works.lockUploads(tx, owner, ids);
  refuseFields([
    ...completenessFaults(form),
    ...documentFileFaults(form, uploads, { isDraft: false }),
    ...holderFaults('owners', form.owners, { role: 'OWNER', holders }),
    ...holderFaults('authors', form.authors, { role: 'AUTHOR', holders }),
    ...holderFaults('applicants', form.applicants, { role: 'OWNER', holders }),
    ...residenceFaults(form, { documentType: person.documentType, homeProvince }),
    ...jurisdictionFaults(form.applicants, {
      holders,
      self: { documentType: person.documentType, region: form.selfRegion },
      homeProvince,
    }),
    ...holderFaults('agent', form.agent ? [form.agent] : [], { holders }).map(({ code }) => ({ field: 'agent', code })),
    ...printingFaults(fonts, printedTexts(form, uploads, { person, holders })),
  ]);
  const work = await tx.prisma.work.findUnique({ where: { id: workId }, select: { serial: true } });
  const files = await frozenUploads(tx.prisma, ids);
  const frozen = (each: Choice) => frozenParty(each, person, holders);
  return {
    form,
    workSerial: work?.serial ?? 0,
    documents: form.documents.map(({ kind, uploadId }) => {
      const file = files.get(uploadId);
      // documentFileFaults has refused everything else.
      if (!file) throw new TypeError(`upload ${uploadId} is not complete`);
      return { kind, file };
    }),
    owners: form.owners.map(frozen),
    authors: form.authors.map(frozen),
    applicants: form.applicants.map(frozen),
    agent: form.agent && frozen(form.agent),
  };
}

/** What of the form the certificate prints in its owner's words. */
function printedTexts(
  form: RegistrationForm,
  uploads: ReadonlyMap<string, UploadFacts>,
  { person, holders }: Pick<Submitted, 'person' | 'holders'>,
) {
  const { title, workTypeNote, rightsNote, publication, documents } = form;
  const named = (list: 'owners' | 'authors' | 'applicants') =>
    form[list].map((each, index) => ({
      field: each.source === 'named' ? `${list}.${index}.name` : `${list}.${index}`,
      text: nameOf(each, person, holders),
    }));
  const place = publication?.status === 'PUBLISHED' ? publication : { country: '', city: '' };
  return [
    { field: 'title', text: title },
    { field: 'workTypeNote', text: workTypeNote },
    { field: 'rightsNote', text: rightsNote },
    { field: 'publication.country', text: place.country },
    { field: 'publication.city', text: place.city },
    ...named('owners'),
    ...named('authors'),
    ...named('applicants'),
    ...documents.flatMap(({ kind, uploadId }, index) =>
      kind === 'SAMPLE' ? [{ field: `documents.${index}`, text: uploads.get(uploadId)?.name ?? '' }] : [],
    ),
  ];
}
