// SPDX-License-Identifier: Apache-2.0
// What a record holds besides the facts: the work, who recorded it, and the documents, as they were then.
import { z } from 'zod';
import { refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { partySchema } from '../parties/index.ts';
import { documentFault, frozenFileSchema, type UploadFacts } from '../works/index.ts';
import type { Facts, Recording, StatedFacts } from './rights-events.schema.ts';

export const frozenSchema = z.object({
  work: z.object({
    title: z.string(),
    serial: z.int(),
    certificateNumbers: z.array(z.string()),
    registrationNumber: z.string().nullable(),
  }),
  /** Masked, and named by the version of their data; null once that was erased. */
  recorder: partySchema.nullable(),
  documents: z.array(frozenFileSchema),
});

export type Frozen = z.output<typeof frozenSchema>;

/** Throws one `invalid-request` with every fault. `uploads` holds those that the owner may use. */
export function requireRecordable(
  { facts, documents }: Recording,
  { uploads, fonts }: { uploads: ReadonlyMap<string, UploadFacts>; fonts: Fonts },
): void {
  refuseFields([
    ...documents.flatMap((uploadId, index) => {
      const document = { uploadId, before: documents.slice(0, index), isPaper: true };
      const fault = documentFault(document, uploads, { isDraft: false });
      return fault ? [{ field: `documents.${index}`, ...fault }] : [];
    }),
    ...printingFaults(fonts, textsOf(facts)),
  ]);
}

/** Who else takes part in it, by name alone: the platform does not know them. */
export function counterpartOf(
  facts: Facts,
): { role: 'licensee' | 'transferee' | 'claimant'; name: string } | undefined {
  if (facts.kind === 'LICENCE') return { role: 'licensee', name: facts.licensee };
  if (facts.kind === 'TRANSFER') return { role: 'transferee', name: facts.transferee };
  // Whoever objected stays unnamed: the number of the objection stands for them.
  if (facts.kind === 'OBJECTION') return undefined;
  return facts.status === 'OPEN' ? { role: 'claimant', name: facts.claimant } : undefined;
}

/** In the owner's own words. */
function textsOf(facts: StatedFacts): { field: string; text: string }[] {
  const texts = Object.entries(facts).filter(([name]) => WORDS.includes(name));
  return texts.flatMap(([name, text]) => (typeof text === 'string' ? [{ field: `facts.${name}`, text }] : []));
}

const WORDS = [
  'licensee',
  'transferee',
  'claimant',
  'territory',
  'rightsNote',
  'matter',
  'outcome',
  'court',
  'caseNumber',
];
