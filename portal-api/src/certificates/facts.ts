// SPDX-License-Identifier: Apache-2.0
// What a certificate prints, read from its proof bundle alone: the sections are those whose digests went on record.
import {
  type Bundle,
  encodeStatement,
  FILES_SECTION,
  fromHex,
  leafHash,
  parseHeader,
  type Section,
  toHex,
} from '@inkseal/verifier';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { PERSON_PREFIX } from '../parties/index.ts';
import { type PublicRecord, publicRecordOf } from './public-record.ts';

const fileSchema = z.object({ name: z.string(), size: z.string(), sha256: z.string() });
const partySchema = z.object({
  role: z.enum(['depositor', 'author']),
  name: z.string(),
  idNumber: z.string().optional(),
});
const personSchema = z.object({ name: z.string(), idNumber: z.string().optional() });
const workSchema = z.object({
  orderNumber: z.string(),
  title: z.string(),
  creationNature: z.string(),
  workType: z.string(),
  workTypeNote: z.string().optional(),
  completedOn: z.string(),
});
const submissionSchema = z.object({ number: z.string(), receivedAt: z.string() });

export type ListedFile = z.output<typeof fileSchema>;
export type Party = z.output<typeof partySchema>;

/** What it prints of the order itself. */
export interface PrintedContent {
  work: z.output<typeof workSchema>;
  files: ListedFile[];
  parties: Party[];
}

export interface CertificateFacts extends PrintedContent {
  number: string;
  /** The entry made when the order was paid; the creator's own time. */
  submission: z.output<typeof submissionSchema> | undefined;
  record: PublicRecord;
  leaf: string;
  /** Time of the block that the statement names: the entry is not older than this. */
  notBefore: string;
  /** Tokens of time-stamping authorities in the proof. */
  tokens: number;
}

export function factsOf(bundle: Bundle): CertificateFacts {
  const { sections = [] } = bundle;
  const submission = contentOf(sections, 'submission');
  const notBefore = parseHeader(fromHex(bundle.notBefore.headerRlp)).timestamp;
  return {
    number: bundle.statement.number,
    ...printedContentOf(sections),
    submission: submission === undefined ? undefined : read(submissionSchema, submission),
    record: publicRecordOf(bundle),
    leaf: toHex(leafHash(encodeStatement(bundle.statement))),
    notBefore: new Date(Number(notBefore) * 1_000).toISOString(),
    tokens: bundle.witnesses?.length ?? 0,
  };
}

export function printedContentOf(sections: readonly Section[]): PrintedContent {
  return {
    work: read(workSchema, contentOf(sections, 'work')),
    files: read(z.array(fileSchema), contentOf(sections, FILES_SECTION)),
    parties: partiesOf(sections),
  };
}

/** With full names. Bundles issued before full names had their own sections know the masked form alone. */
function partiesOf(sections: readonly Section[]): Party[] {
  const names = sections.map(({ name }) => name).filter((name) => name.startsWith('party:'));
  return names.map((name) => {
    const party = read(partySchema, contentOf(sections, name));
    const person = contentOf(sections, name.replace('party:', PERSON_PREFIX));
    return person === undefined ? party : { ...party, ...read(personSchema, person) };
  });
}

function contentOf(sections: readonly Section[], wanted: string): unknown {
  return sections.find(({ name }) => name === wanted)?.content;
}

/** The portal wrote the sections itself: another shape is a fault of ours, and nothing is printed of it. */
function read<S extends z.ZodType>(schema: S, content: unknown): z.output<S> {
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new DomainError('internal', { reason: 'sections-unreadable' });
  return parsed.data;
}
