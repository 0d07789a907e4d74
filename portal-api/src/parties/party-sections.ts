// SPDX-License-Identifier: Apache-2.0
// What goes on record of people: the masked form and the full name in sections of their own, so that each reader is
// given the right one.
import type { JsonValue, Section } from '@inkseal/verifier';
import { maskName } from '../crypto/masking.ts';
import { documentOf } from '../identity/index.ts';
import { salted } from '../manifests/index.ts';
import { isOrganisationDocument } from '../right-holders/index.ts';
import type { Party, PartyRef } from './party.ts';

/** The prefix of sections with full names: for the holder of a certificate, never for the public. */
export const PERSON_PREFIX = 'person:';

/** The full name behind a version of an identity, an organisation or a right holder; undefined where neither is named. */
export type FullNameOf = (party: PartyRef) => Promise<string | undefined>;

/** `party:1` …, then `person:1` … with the numbers of the parties. */
export async function partySections<Role extends string>(
  parties: readonly { role: Role; party: Party }[],
  fullNameOf: FullNameOf,
): Promise<Section[]> {
  const names = await Promise.all(parties.map(({ party }) => fullNameOf(party)));
  const persons = parties.map(({ party }, index) => personContent(party, names[index]));
  return [
    ...parties.map(({ role, party }, index) => salted(`party:${index + 1}`, partyContent(role, party, names[index]))),
    ...persons.flatMap((person, index) => (person ? [salted(`${PERSON_PREFIX}${index + 1}`, person)] : [])),
  ];
}

/** What strangers may read of somebody: a masked name, of an organisation the whole one. */
export async function publicNameOf(party: Party, fullNameOf: FullNameOf): Promise<string> {
  return openNameOf(party, isOrganisation(party) ? await fullNameOf(party) : undefined);
}

function openNameOf(party: Party, fullName: string | undefined): string {
  if (party.idNumber === undefined) return maskName(party.name);
  return isOrganisation(party) && fullName ? fullName : party.name;
}

const isOrganisation = ({ documentType }: Party): boolean =>
  documentType !== undefined && isOrganisationDocument(documentType);

/** What the holder of a look-up code sees. */
function partyContent(role: string, party: Party, fullName: string | undefined): JsonValue {
  const { idNumber } = party;
  return { role, name: openNameOf(party, fullName), ...(idNumber !== undefined && { idNumber }) };
}

/** What the certificate prints, a share among it. Undefined for an order submitted before identities were named in its content. */
function personContent(party: Party, fullName: string | undefined): JsonValue | undefined {
  const { name, idNumber, documentType, shareBasisPoints } = party;
  if (idNumber === undefined) return { name };
  const idType = documentType ?? documentOf(idNumber);
  if (fullName === undefined) return undefined;
  return {
    name: fullName,
    idType,
    idNumber,
    ...(shareBasisPoints !== undefined && { shareBasisPoints: String(shareBasisPoints) }),
  };
}
