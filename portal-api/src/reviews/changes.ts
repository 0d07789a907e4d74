// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned: one change for each thing a reviewer would name.
import type { Content } from '../attestations/index.ts';
import { type Change, fileChanges, listChanges, textChange } from '../orders/index.ts';
import { sharesText } from '../parties/index.ts';

type Form = Content['form'];

export function changesOf(before: Content | undefined, after: Content | undefined): Change[] {
  if (!before || !after) return [];
  return [
    ...TEXT_FIELDS.flatMap((field) => textChange(field, textOf(before.form, field), textOf(after.form, field))),
    ...listChanges('tags', before.form.tags, after.form.tags),
    ...listChanges('depositors', namesOf(before.depositors), namesOf(after.depositors)),
    ...textChange('shares', sharesText(before.depositors), sharesText(after.depositors)),
    ...listChanges('authors', namesOf(before.authors), namesOf(after.authors)),
    ...fileChanges('files', before.files, after.files),
    ...fileChanges('display', before.display, after.display),
  ];
}

const TEXT_FIELDS = [
  'title',
  'intro',
  'creationNature',
  'creationNote',
  'workType',
  'workTypeNote',
  'acquisition',
  'term',
  'completedOn',
] as const;

/** A choice by its code, a fixed term as an ISO 8601 interval: the page knows the words. */
function textOf(form: Form, field: (typeof TEXT_FIELDS)[number]): string | null {
  if (field !== 'term') return form[field] || null;
  if (form.term === null) return null;
  return form.term.kind === 'PERMANENT' ? 'PERMANENT' : `${form.term.from ?? ''}/${form.term.to ?? ''}`;
}

const namesOf = (parties: Content['authors']): string[] => parties.map(({ name }) => name);
