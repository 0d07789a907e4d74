// SPDX-License-Identifier: Apache-2.0
// What a 作品登记证书 prints of the registration itself.
import type { Section } from '@inkseal/verifier';
import { z } from 'zod';
import { contentOf, type ListedFile, type ListedPerson, listedFiles, listedPeople, read } from './read-sections.ts';

const RIGHTS_SECTION = 'rights';
/** 版权局 of a province, or CPCC (国): only they give registration numbers with effect in law. GB/T 2260 order. */
const AUTHORITIES = '国京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新';

const workSchema = z.object({
  recordNumber: z.string(),
  title: z.string(),
  creationNature: z.string(),
  workType: z.string(),
  workTypeNote: z.string().optional(),
  completedOn: z.string(),
  publication: z.discriminatedUnion('status', [
    z.object({ status: z.literal('UNPUBLISHED') }),
    z.object({ status: z.literal('PUBLISHED'), firstPublishedOn: z.string(), country: z.string(), city: z.string() }),
  ]),
});
const rightsSchema = z.object({
  acquisition: z.string(),
  acquisitionNote: z.string().optional(),
  ownership: z.string(),
  serviceKind: z.string().optional(),
  scope: z.enum(['ALL', 'PART']),
  rights: z.array(z.string()),
  rightsNote: z.string().optional(),
});
const versionSchema = z.object({
  version: z.string(),
  kind: z.enum(['REISSUE', 'AMENDMENT']),
  supersedes: z.object({ number: z.string(), documentNumber: z.string() }),
});
const registrationSchema = z.object({ registrationNumber: z.string(), registeredOn: z.string() });

export interface RegistrationContent {
  work: z.output<typeof workSchema>;
  rights: z.output<typeof rightsSchema>;
  files: ListedFile[];
  parties: ListedPerson<'owner' | 'author' | 'applicant' | 'agent'>[];
  /** Of a version that has superseded another one. */
  version?: z.output<typeof versionSchema>;
}

export type Registration = z.output<typeof registrationSchema>;

export const isOfRegistration = (sections: readonly Section[]): boolean =>
  contentOf(sections, RIGHTS_SECTION) !== undefined;

export function registrationContentOf(sections: readonly Section[]): RegistrationContent {
  const version = contentOf(sections, 'version');
  return {
    ...(version !== undefined && { version: read(versionSchema, version) }),
    work: read(workSchema, contentOf(sections, 'work')),
    rights: read(rightsSchema, contentOf(sections, RIGHTS_SECTION)),
    files: listedFiles(sections),
    parties: listedPeople(sections, ['owner', 'author', 'applicant', 'agent']),
  };
}

export const registrationOf = (sections: readonly Section[]): Registration =>
  read(registrationSchema, contentOf(sections, 'registration'));

/** Given by no copyright administration: a sample, whatever chain it is on. */
export const isTestNumber = (registrationNumber: string): boolean =>
  !new RegExp(`^[${AUTHORITIES}]作登字-`).test(registrationNumber);
