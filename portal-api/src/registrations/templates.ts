// SPDX-License-Identifier: Apache-2.0
// The documents that a registration calls for, filled in with what its form says, to be signed and uploaded again. Names stand
// in them in full; numbers of identity documents are left to be written by hand, for none leaves the service in clear.

import { percentOf } from '@inkseal/verifier';
import type { Owner } from '../http/members.ts';
import type { Holders } from '../parties/index.ts';
import { type Choice, holderIdsOf, nameOf, type Person } from '../parties/index.ts';
import {
  type TemplateKind,
  type TemplateMaker,
  type TemplatePerson,
  templateFileName,
} from '../registration-documents/index.ts';
import { choicesOf } from './content.ts';
import type { RegistrationForm } from './registrations.schema.ts';
import { lockRegistration } from './registrations.store.ts';
import { type RegistrationParts, requirePerson } from './registrations.ts';

export interface FilledTemplate {
  name: string;
  bytes: Buffer;
}

export type TemplateParts = Pick<RegistrationParts, 'db' | 'person' | 'rightHolders'> & {
  siteName(): Promise<string>;
  makeTemplate: TemplateMaker['make'];
};

export async function fillTemplate(
  parts: TemplateParts,
  owner: Owner,
  { id, kind }: { id: string; kind: TemplateKind },
): Promise<FilledTemplate> {
  const self = await requirePerson(parts, owner);
  const { form, holders } = await parts.db.transaction(async (tx) => {
    const { form: chosen } = await lockRegistration(tx, { id, owner });
    return { form: chosen, holders: await parts.rightHolders.choose(tx, owner, holderIdsOf(choicesOf(chosen))) };
  });
  const facts = { ...factsOf(form, self, holders), siteName: await parts.siteName() };
  return { name: templateFileName(kind), bytes: await parts.makeTemplate(kind, facts) };
}

function factsOf(form: RegistrationForm, self: Person, holders: Holders) {
  const { title, workType, completedOn, publication, acquisition, ownership, serviceKind, agent } = form;
  const personOf = (choice: Choice): TemplatePerson => ({
    name: nameOf(choice, self, holders),
    documentType: documentTypeOf(choice, self, holders),
  });
  return {
    title,
    workType,
    completedOn,
    firstPublishedOn: publication?.status === 'PUBLISHED' ? publication.firstPublishedOn : null,
    acquisition,
    ownership,
    serviceKind,
    owners: form.owners.map((owner) => ({ ...personOf(owner), ...shareOf(owner) })),
    authors: form.authors.map(personOf),
    applicants: form.applicants.map(personOf),
    agent: agent && personOf(agent),
  };
}

function shareOf({ shareBasisPoints }: RegistrationForm['owners'][number]): Pick<TemplatePerson, 'share'> {
  return shareBasisPoints === undefined ? {} : { share: percentOf(shareBasisPoints) };
}

function documentTypeOf(choice: Choice, self: Person, holders: Holders): TemplatePerson['documentType'] {
  if (choice.source === 'self') return self.documentType;
  return choice.source === 'holder' ? holders.get(choice.rightHolderId)?.documentType : undefined;
}
