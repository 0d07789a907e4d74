// SPDX-License-Identifier: Apache-2.0
// The sections of a manifest: what goes on record of an order's content, each part salted so that it can be disclosed
// or erased alone.
import { randomBytes } from 'node:crypto';
import { FILES_SECTION, type JsonValue, type Section } from '@inkseal/verifier';
import { maskName } from '../crypto/masking.ts';
import { documentOf } from '../identity/index.ts';
import { isOrganisationDocument } from '../right-holders/index.ts';
import type { Party, PartyRef } from './chosen-parties.ts';
import type { Content, ContentFile } from './content.ts';

const SALT_BYTES = 32;

/** Names the submission whose time an attestation stands on. */
export interface SubmissionEntry {
  number: string;
  sha256: string;
  receivedAt: string;
}

/** The prefix of sections with full names: for the holder of a certificate, never for the public. */
export const PERSON_PREFIX = 'person:';

/** The full name behind a version of an identity, an organisation or a right holder; undefined where neither is named. */
export type FullNameOf = (party: PartyRef) => Promise<string | undefined>;

/** `files`, `work`, `party:1` …, `person:1` …, each with a new salt. */
export async function sectionsOf(orderNumber: string, content: Content, fullNameOf: FullNameOf): Promise<Section[]> {
  const parties = [
    ...content.depositors.map((party) => ({ role: 'depositor' as const, party })),
    ...content.authors.map((party) => ({ role: 'author' as const, party })),
  ];
  const names = await Promise.all(parties.map(({ party }) => fullNameOf(party)));
  const persons = parties.map(({ party }, index) => personContent(party, names[index]));
  return [
    salted(FILES_SECTION, content.files.map(listedFile)),
    salted('work', workContent(orderNumber, content)),
    ...parties.map(({ role, party }, index) => salted(`party:${index + 1}`, partyContent(role, party, names[index]))),
    ...persons.flatMap((person, index) => (person ? [salted(`${PERSON_PREFIX}${index + 1}`, person)] : [])),
  ];
}

export function submissionSection({ number, sha256, receivedAt }: SubmissionEntry): Section {
  return salted('submission', { number, sha256, receivedAt });
}

function salted(name: string, content: JsonValue): Section {
  return { name, salt: randomBytes(SALT_BYTES).toString('hex'), content };
}

function listedFile({ name, size, mediaType, sha256, sm3, uploadedAt }: ContentFile): JsonValue {
  return { name, size, mediaType: mediaType ?? 'application/octet-stream', sha256, sm3, uploadedAt };
}

function workContent(orderNumber: string, { form, workSerial, display }: Content): JsonValue {
  const { title, intro, creationNature, creationNote, workType, workTypeNote, tags, acquisition, term, completedOn } =
    form;
  return {
    orderNumber,
    workSerial: String(workSerial),
    title,
    intro,
    creationNature,
    ...(creationNote === '' ? {} : { creationNote }),
    workType,
    ...(workTypeNote === '' ? {} : { workTypeNote }),
    tags,
    acquisition,
    term,
    completedOn,
    display: display.map(({ sha256 }) => sha256),
  };
}

/** What the holder of a look-up code sees: of an organisation the whole name. */
function partyContent(role: 'depositor' | 'author', party: Party, fullName: string | undefined): JsonValue {
  const { name, idNumber, documentType } = party;
  if (idNumber === undefined) return { role, name: maskName(name) };
  const isOrganisation = documentType !== undefined && isOrganisationDocument(documentType);
  return { role, name: isOrganisation && fullName ? fullName : name, idNumber };
}

/** What the certificate prints. Undefined for an order submitted before identities were named in its content. */
function personContent(party: Party, fullName: string | undefined): JsonValue | undefined {
  const { name, idNumber, documentType } = party;
  if (idNumber === undefined) return { name };
  const idType = documentType ?? documentOf(idNumber);
  return fullName === undefined ? undefined : { name: fullName, idType, idNumber };
}
