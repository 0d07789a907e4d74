// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned.
import { type Change, fileChanges, listChanges, textChange } from '../orders/index.ts';
import { sharesText } from '../parties/index.ts';
import type { Content } from '../registrations/index.ts';

type Form = Content['form'];

export function changesOf(before: Content | undefined, after: Content | undefined): Change[] {
  if (!before || !after) return [];
  return [
    ...Object.entries(TEXTS).flatMap(([field, textOf]) => textChange(field, textOf(before.form), textOf(after.form))),
    ...listChanges('tags', before.form.tags, after.form.tags),
    ...listChanges('rights', before.form.rights, after.form.rights),
    ...PEOPLE.flatMap((list) => listChanges(list, namesOf(before[list]), namesOf(after[list]))),
    ...textChange('shares', sharesText(before.owners), sharesText(after.owners)),
    ...fileChanges('documents', filesOf(before), filesOf(after)),
  ];
}

/** A choice by its code, parts of a group apart: the page knows the words. */
const TEXTS: Readonly<Record<string, (form: Form) => string | null>> = {
  title: ({ title }) => title || null,
  intro: ({ intro }) => intro || null,
  creationNature: ({ creationNature }) => creationNature,
  creationNote: ({ creationNote }) => creationNote || null,
  workType: ({ workType }) => workType,
  workTypeNote: ({ workTypeNote }) => workTypeNote || null,
  completedOn: ({ completedOn }) => completedOn,
  publication: ({ publication }) => publicationOf(publication),
  selfRegion: ({ selfRegion }) => selfRegion,
  agent: ({ agent }) => (agent?.source === 'named' ? agent.name : (agent?.source ?? null)),
  acquisition: ({ acquisition }) => acquisition,
  acquisitionNote: ({ acquisitionNote }) => acquisitionNote || null,
  ownership: ({ ownership }) => ownership,
  serviceKind: ({ serviceKind }) => serviceKind,
  isEmployed: ({ isEmployed }) => (isEmployed === null ? null : String(isEmployed)),
  rightsNote: ({ rightsNote }) => rightsNote || null,
  electronic: ({ electronic }) => mediumOf(electronic),
  paper: ({ paper }) => mediumOf(paper),
  aiUse: ({ aiUse }) => (aiUse === null ? null : [String(aiUse.isUsed), aiUse.note].filter(Boolean).join(' ')),
};

const PEOPLE = ['owners', 'authors', 'applicants'] as const;

function publicationOf(publication: Form['publication']): string | null {
  if (publication?.status !== 'PUBLISHED') return publication?.status ?? null;
  const { status, firstPublishedOn, country, city } = publication;
  return [status, firstPublishedOn, country, city].filter(Boolean).join(' ');
}

function mediumOf(medium: Form['electronic'] | Form['paper']): string | null {
  return medium && [medium.kind, medium.count, medium.note].filter(Boolean).join(' ');
}

const namesOf = (parties: Content['owners']): string[] => parties.map(({ name }) => name);

const filesOf = ({ documents }: Content) => documents.map(({ file }) => file);
