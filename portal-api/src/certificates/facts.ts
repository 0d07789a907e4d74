// SPDX-License-Identifier: Apache-2.0
// What a certificate prints, read from its proof bundle alone: the sections are those whose digests went on record.
import {
  type Bundle,
  encodeStatement,
  fromHex,
  leafHash,
  parseHeader,
  type Section,
  timeStampsOf,
  toHex,
} from '@inkseal/verifier';
import { z } from 'zod';
import { type PublicRecord, publicRecordOf } from './public-record.ts';
import { contentOf, type ListedFile, type ListedPerson, listedFiles, listedPeople, read } from './read-sections.ts';
import {
  isOfRegistration,
  type Registration,
  type RegistrationContent,
  registrationContentOf,
  registrationOf,
} from './registration-content.ts';

const workSchema = z.object({
  orderNumber: z.string(),
  title: z.string(),
  creationNature: z.string(),
  workType: z.string(),
  workTypeNote: z.string().optional(),
  completedOn: z.string(),
});
const submissionSchema = z.object({ number: z.string(), receivedAt: z.string() });

export type Party = ListedPerson<'depositor' | 'author'>;

/** What the certificate of an attestation prints of the order itself. */
export interface AttestationContent {
  work: z.output<typeof workSchema>;
  files: ListedFile[];
  parties: Party[];
}

/** What every certificate prints of its entry. */
interface EntryFacts {
  number: string;
  record: PublicRecord;
  leaf: string;
  /** Time of the block that the statement names: the entry is not older than this. */
  notBefore: string;
  /** Tokens of time-stamping authorities in the proof. */
  tokens: number;
}

export interface AttestationFacts extends AttestationContent, EntryFacts {
  /** The entry made when the order was paid; the creator's own time. */
  submission: z.output<typeof submissionSchema> | undefined;
}

export interface RegistrationFacts extends RegistrationContent, EntryFacts {
  registration: Registration;
}

export type CertificateFacts = AttestationFacts | RegistrationFacts;
export type PrintedContent = AttestationContent | RegistrationContent;

export function factsOf(bundle: Bundle): CertificateFacts {
  const { sections = [], statement } = bundle;
  if (statement.kind === 'registration')
    return { ...registrationContentOf(sections), ...entryFactsOf(bundle), registration: registrationOf(sections) };
  const submission = contentOf(sections, 'submission');
  return {
    ...attestationContentOf(sections),
    ...entryFactsOf(bundle),
    submission: submission === undefined ? undefined : read(submissionSchema, submission),
  };
}

/** What is known before there is an entry. */
export const printedContentOf = (sections: readonly Section[]): PrintedContent =>
  isOfRegistration(sections) ? registrationContentOf(sections) : attestationContentOf(sections);

function attestationContentOf(sections: readonly Section[]): AttestationContent {
  return {
    work: read(workSchema, contentOf(sections, 'work')),
    files: listedFiles(sections),
    parties: listedPeople(sections, ['depositor', 'author']),
  };
}

function entryFactsOf(bundle: Bundle): EntryFacts {
  const notBefore = parseHeader(fromHex(bundle.notBefore.headerRlp)).timestamp;
  return {
    number: bundle.statement.number,
    record: publicRecordOf(bundle),
    leaf: toHex(leafHash(encodeStatement(bundle.statement))),
    notBefore: new Date(Number(notBefore) * 1_000).toISOString(),
    tokens: timeStampsOf(bundle).length,
  };
}
