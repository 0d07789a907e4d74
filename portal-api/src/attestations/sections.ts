// SPDX-License-Identifier: Apache-2.0
// What goes on record of an order's content.
import type { JsonValue, Section } from '@inkseal/verifier';
import { maskName } from '../crypto/masking.ts';
import { documentOf } from '../identity/index.ts';
import { filesSection, salted } from '../manifests/index.ts';
import { isOrganisationDocument } from '../right-holders/index.ts';
import type { Party, PartyRef } from './chosen-parties.ts';
import type { Content } from './content.ts';

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
    filesSection(content.files),
    salted('work', workContent(orderNumber, content)),
    ...parties.map(({ role, party }, index) => salted(`party:${index + 1}`, partyContent(role, party, names[index]))),
    ...persons.flatMap((person, index) => (person ? [salted(`${PERSON_PREFIX}${index + 1}`, person)] : [])),
  ];
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
