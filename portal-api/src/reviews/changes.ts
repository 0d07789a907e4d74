// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned: one change for each thing a reviewer would name.
import type { Content } from '../attestations/index.ts';
import type { Change } from './reviews.schema.ts';

type File = Content['files'][number];
type Form = Content['form'];

export function changesOf(before: Content | undefined, after: Content | undefined): Change[] {
  if (!before || !after) return [];
  return [
    ...TEXT_FIELDS.flatMap((field) => textChange(field, textOf(before.form, field), textOf(after.form, field))),
    ...listChanges('tags', before.form.tags, after.form.tags),
    ...listChanges('depositors', namesOf(before.depositors), namesOf(after.depositors)),
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

function textChange(field: string, before: string | null, after: string | null): Change[] {
  return before === after ? [] : [{ field, kind: 'changed', before, after, files: null }];
}

const namesOf = (parties: Content['authors']): string[] => parties.map(({ name }) => name);

function listChanges(field: string, before: readonly string[], after: readonly string[]): Change[] {
  const removed = without(before, after);
  const added = without(after, before);
  return [
    ...removed.map((name): Change => ({ field, kind: 'removed', before: name, after: null, files: null })),
    ...added.map((name): Change => ({ field, kind: 'added', before: null, after: name, files: null })),
    ...orderChange(field, without(before, removed), without(after, added)),
  ];
}

/** The entries of the first list that the second lacks; an entry that is there twice counts twice. */
function without(entries: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return entries.filter((entry) => {
    const place = left.indexOf(entry);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

function orderChange(field: string, before: readonly string[], after: readonly string[]): Change[] {
  if (before.every((entry, index) => entry === after[index])) return [];
  return [{ field, kind: 'reordered', before: before.join('\n'), after: after.join('\n'), files: null }];
}

/** The same content under another name was renamed; the same name with other content was replaced. */
function fileChanges(field: 'files' | 'display', before: readonly File[], after: readonly File[]): Change[] {
  const sameContent = pairsOf(before, after, (one, other) => one.sha256 === other.sha256);
  const sameName = pairsOf(
    before.filter((file) => !sameContent.has(file)),
    after.filter((file) => ![...sameContent.values()].includes(file)),
    (one, other) => one.name === other.name,
  );
  const partners = new Map([...sameContent, ...sameName]);
  const kept = [...partners.values()];
  const change = (kind: Change['kind'], old: File | undefined, recent: File | undefined): Change => ({
    field,
    kind,
    before: old?.name ?? null,
    after: recent?.name ?? null,
    files: { before: old ? sideOf(old) : null, after: recent ? sideOf(recent) : null },
  });
  return [
    ...before.filter((file) => !partners.has(file)).map((file) => change('removed', file, undefined)),
    ...after.filter((file) => !kept.includes(file)).map((file) => change('added', undefined, file)),
    ...[...sameContent].flatMap(([old, recent]) => (old.name === recent.name ? [] : [change('renamed', old, recent)])),
    ...[...sameName].map(([old, recent]) => change('replaced', old, recent)),
    ...orderChange(
      field,
      before.flatMap((file) => partners.get(file)?.name ?? []),
      after.filter((file) => kept.includes(file)).map(({ name }) => name),
    ),
  ];
}

/** Each file of the first list with the first free one of the second that it is the same as. */
function pairsOf(
  before: readonly File[],
  after: readonly File[],
  isSame: (one: File, other: File) => boolean,
): Map<File, File> {
  const free = [...after];
  const pairs = new Map<File, File>();
  for (const file of before) {
    const place = free.findIndex((other) => isSame(file, other));
    const [partner] = place < 0 ? [] : free.splice(place, 1);
    if (partner) pairs.set(file, partner);
  }
  return pairs;
}

function sideOf({ uploadId, size, sha256, mediaType }: File): NonNullable<NonNullable<Change['files']>['before']> {
  return { uploadId, size, sha256, mediaType };
}
