// SPDX-License-Identifier: Apache-2.0
// What an applicant changed between two rounds: one change for each thing that a reviewer would name.
import { z } from 'zod';
import type { FrozenFile } from '../works/index.ts';

const CHANGE_KINDS = ['changed', 'added', 'removed', 'renamed', 'replaced', 'reordered'] as const;

const fileSideSchema = z.object({
  uploadId: z.uuid(),
  size: z.string(),
  sha256: z.string(),
  mediaType: z.string().nullable(),
});

export const changeSchema = z
  .object({
    field: z.string(),
    kind: z.enum(CHANGE_KINDS).meta({ description: 'Other than `changed`: of one entry of a list, or of its order' }),
    before: z.string().nullable().meta({ description: 'The value, the entry, or the name of the file' }),
    after: z.string().nullable(),
    files: z
      .object({ before: fileSideSchema.nullable(), after: fileSideSchema.nullable() })
      .nullable()
      .meta({ description: 'Of files and display images' }),
  })
  .meta({ id: 'Change' });

export type Change = z.output<typeof changeSchema>;

export function textChange(field: string, before: string | null, after: string | null): Change[] {
  return before === after ? [] : [{ field, kind: 'changed', before, after, files: null }];
}

export function listChanges(field: string, before: readonly string[], after: readonly string[]): Change[] {
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
export function fileChanges(field: string, before: readonly FrozenFile[], after: readonly FrozenFile[]): Change[] {
  const sameContent = pairsOf(before, after, (one, other) => one.sha256 === other.sha256);
  const sameName = pairsOf(
    before.filter((file) => !sameContent.has(file)),
    after.filter((file) => ![...sameContent.values()].includes(file)),
    (one, other) => one.name === other.name,
  );
  const partners = new Map([...sameContent, ...sameName]);
  const kept = [...partners.values()];
  const change = (kind: Change['kind'], old: FrozenFile | undefined, recent: FrozenFile | undefined): Change => ({
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
  before: readonly FrozenFile[],
  after: readonly FrozenFile[],
  isSame: (one: FrozenFile, other: FrozenFile) => boolean,
): Map<FrozenFile, FrozenFile> {
  const free = [...after];
  const pairs = new Map<FrozenFile, FrozenFile>();
  for (const file of before) {
    const place = free.findIndex((other) => isSame(file, other));
    const [partner] = place < 0 ? [] : free.splice(place, 1);
    if (partner) pairs.set(file, partner);
  }
  return pairs;
}

function sideOf({
  uploadId,
  size,
  sha256,
  mediaType,
}: FrozenFile): NonNullable<NonNullable<Change['files']>['before']> {
  return { uploadId, size, sha256, mediaType };
}
