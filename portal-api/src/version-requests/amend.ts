// SPDX-License-Identifier: Apache-2.0
// The content of a registration as an amendment would have it.
import { type FieldError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { frozenParty, type Holders, nameOf, type Person } from '../parties/index.ts';
import { changesOf } from '../registration-reviews/index.ts';
import { type Content, choicesOf, completenessFaults } from '../registrations/index.ts';
import type { Changes } from './version-requests.schema.ts';

interface Known {
  person: Person;
  /** The right holders that the form names, as they are now. */
  holders: Holders;
  fonts: Fonts;
}

/** Throws one `invalid-request` with every fault; also when nothing would change. */
export function amendedContent(before: Content, changes: Changes, known: Known): Content {
  const { renewsPeople, ...texts } = changes;
  const form = { ...before.form, ...texts };
  const renewed = renewsPeople ? renewedPeople(before, known) : {};
  const content = { ...before, form, ...renewed };
  refuseFields([
    ...completenessFaults(form).map(below),
    ...printingFaults(known.fonts, [{ field: 'changes.title', text: form.title }]),
    ...(renewsPeople ? printingFaults(known.fonts, namesOf(before, known)) : []),
    ...(changesOf(before, content).length === 0 ? [{ field: 'changes', code: 'missing' as const }] : []),
  ]);
  return content;
}

const below = ({ field, ...fault }: FieldError): FieldError => ({ field: `changes.${field}`, ...fault });

function renewedPeople({ form }: Content, { person, holders }: Known) {
  const { owners, authors, applicants, agent } = form;
  const missing = choicesOf(form).some((choice) => choice.source === 'holder' && !holders.has(choice.rightHolderId));
  if (missing) refuseFields([{ field: 'changes.renewsPeople', code: 'not-found' }]);
  const now = (choice: (typeof authors)[number]) => frozenParty(choice, person, holders);
  return {
    owners: owners.map(now),
    authors: authors.map(now),
    applicants: applicants.map(now),
    agent: agent && now(agent),
  };
}

const namesOf = ({ form }: Content, { person, holders }: Known) =>
  choicesOf(form).map((choice) => ({ field: 'changes.renewsPeople', text: nameOf(choice, person, holders) }));
