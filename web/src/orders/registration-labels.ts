// SPDX-License-Identifier: Apache-2.0
// What the states, choices, documents and fields of a copyright registration are called; reviewers and applicants read
// the same.
import type { DocumentKind, Registration, RegistrationForm, RegistrationState } from '../api/registrations.ts';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import type { About } from '../kit/about.ts';
import { en } from './registration-names.en.ts';
import { zh } from './registration-names.zh.ts';

/** A code of the portal without a name does not compile. */
interface Complete {
  states: Record<RegistrationState, string>;
  rights: Record<RegistrationForm['rights'][number], string>;
  documentKinds: Record<DocumentKind, string>;
  acquisitionModes: Record<NonNullable<RegistrationForm['acquisition']>, string>;
  ownerships: Record<NonNullable<RegistrationForm['ownership']>, string>;
  electronicMedia: Record<NonNullable<RegistrationForm['electronic']>['kind'], string>;
  paperMedia: Record<NonNullable<RegistrationForm['paper']>['kind'], string>;
}

const NAMES = { zh: zh satisfies Complete, en };

export const useRegistrationNames = () => useText(NAMES);
export type RegistrationNames = typeof zh;

/** The name of a field by its path: `documents.GUARANTEE`, `documents.3` by what that document is, `owners.0`. */
export function useRegistrationLabelOf(documents: RegistrationForm['documents'] = []): (field: string) => string {
  const names = useRegistrationNames();
  return (field) => registrationLabel(field, names, documents);
}

export function registrationLabel(
  field: string,
  names: RegistrationNames,
  documents: RegistrationForm['documents'] = [],
): string {
  const [root = '', entry, part] = field.split('.');
  const number = Number(entry) + 1;
  const fields: Readonly<Record<string, string>> = names.fields;
  const kinds: Readonly<Record<string, string>> = names.documentKinds;
  if (root === 'documents' && entry !== undefined) {
    const kind = documents[Number(entry)]?.kind;
    return kinds[kind ?? entry] ?? fill(names.document, { number });
  }
  const name = fields[field] ?? fields[root] ?? field;
  if (!/^\d+$/.test(entry ?? '')) return name;
  const person = fill(names.entry, { field: name, number });
  return part === 'shareBasisPoints' ? fill(names.shareOf, { name: person }) : person;
}

/** For the tab of a page about this registration. */
export function aboutRegistration({ form, orderNumber }: Pick<Registration, 'form' | 'orderNumber'>): About {
  return { title: form.title, number: orderNumber };
}
