// SPDX-License-Identifier: Apache-2.0
// How what stands in the sections of a bundle is read for printing.
import { DOCUMENTS_SECTION, FILES_SECTION, type Section } from '@inkseal/verifier';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { PERSON_PREFIX } from '../parties/index.ts';

const filesSchema = z.array(z.object({ name: z.string(), size: z.string(), sha256: z.string() }));
const documentsSchema = z.array(z.object({ kind: z.string(), name: z.string(), size: z.string(), sha256: z.string() }));
const personSchema = z.object({
  name: z.string(),
  idNumber: z.string().optional(),
  shareBasisPoints: z.string().optional(),
});

export type ListedFile = z.output<typeof filesSchema>[number];
export type ListedDocument = z.output<typeof documentsSchema>[number];
export type ListedPerson<Role extends string = string> = { role: Role } & z.output<typeof personSchema>;

export const listedFiles = (sections: readonly Section[]): ListedFile[] =>
  read(filesSchema, contentOf(sections, FILES_SECTION));

/** Of a registration, its samples among them; nobody else has any. */
export function listedDocuments(sections: readonly Section[]): ListedDocument[] {
  const content = contentOf(sections, DOCUMENTS_SECTION);
  return content === undefined ? [] : read(documentsSchema, content);
}

/** With full names. Bundles issued before full names had their own sections know the masked form alone. */
export function listedPeople<const Role extends string>(
  sections: readonly Section[],
  roles: readonly Role[],
): ListedPerson<Role>[] {
  const partySchema = personSchema.extend({ role: z.enum(roles) });
  const names = sections.map(({ name }) => name).filter((name) => name.startsWith('party:'));
  return names.map((name) => {
    const party = read(partySchema, contentOf(sections, name));
    const person = contentOf(sections, name.replace('party:', PERSON_PREFIX));
    return person === undefined ? party : { ...party, ...read(personSchema, person) };
  });
}

export function contentOf(sections: readonly Section[], wanted: string): unknown {
  return sections.find(({ name }) => name === wanted)?.content;
}

/** The portal wrote the sections itself: another shape is a fault of ours, and nothing is printed of it. */
export function read<S extends z.ZodType>(schema: S, content: unknown): z.output<S> {
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new DomainError('internal', { reason: 'sections-unreadable' });
  return parsed.data;
}
