// SPDX-License-Identifier: Apache-2.0
// The people and organisations that a form names: the applicant, right holders from 人员档案, and names alone. Which of
// them may be submitted, and what is frozen of them.
import { z } from 'zod';
import type { FieldCode, FieldError } from '../errors.ts';
import { type ChosenHolder, DOCUMENT_TYPES } from '../right-holders/index.ts';
import { line } from '../works/index.ts';
import { knownRegion } from './region.ts';
import { shareSchema } from './shares.ts';

const MAX_NAME = 50;

const self = z.strictObject({ source: z.literal('self') });
const holder = z.strictObject({ source: z.literal('holder'), rightHolderId: z.uuid() });
const named = z.strictObject({ source: z.literal('named'), name: line(MAX_NAME).default('') });

/** Of those who have a share: depositors and owners. */
const sharing = { shareBasisPoints: shareSchema.exactOptional() };

/** Somebody with a document. */
export const knownChoiceSchema = z.discriminatedUnion('source', [self, holder]);
export const sharingChoiceSchema = z.discriminatedUnion('source', [self.extend(sharing), holder.extend(sharing)]);
export const authorChoiceSchema = z.discriminatedUnion('source', [self, named, holder]);

export type Choice = z.output<typeof authorChoiceSchema | typeof sharingChoiceSchema>;

export const partySchema = z.object({
  name: z.string(),
  /** Absent for an author who is only named. */
  idNumber: z.string().exactOptional(),
  /** The version of the identity whose name is masked here. Absent from what was submitted before this was kept. */
  identityId: z.string().exactOptional(),
  /** The version of the organisation that the order belongs to, whose name is masked here. */
  organisationVersionId: z.string().exactOptional(),
  /** The version of the right holder whose name is masked here, and what they showed. */
  holderVersionId: z.string().exactOptional(),
  documentType: z.enum(DOCUMENT_TYPES).exactOptional(),
  /** 份额 of a depositor or owner who states one. */
  shareBasisPoints: shareSchema.exactOptional(),
});

/** What is frozen of a person or organisation. */
export type Party = z.output<typeof partySchema>;
/** Whose name is masked: at most one of them is named. */
export type PartyRef = Pick<Party, 'identityId' | 'organisationVersionId' | 'holderVersionId'>;
/** The applicant. Their name in clear is read, never kept. */
export interface Person extends PartyRef, Pick<Party, 'documentType'> {
  name: string;
  nameMasked: string;
  idNumberMasked: string;
  /** City, as `regionInNumber` reads it; undefined when unknown. */
  region?: string | undefined;
  /** The county in their number, where it is one of today. */
  county?: string | undefined;
}

export type Holders = ReadonlyMap<string, ChosenHolder>;

export function holderIdsOf(choices: readonly Choice[]): string[] {
  return choices.flatMap((each) => (each.source === 'holder' ? [each.rightHolderId] : []));
}

/** A name that is missing, or somebody who is named twice. */
export function choiceFaults(list: string, choices: readonly Choice[]): FieldError[] {
  const keys = choices.map(keyOf);
  return choices.flatMap((choice, index): FieldError[] => {
    if (choice.source === 'named' && choice.name === '') return [{ field: `${list}.${index}.name`, code: 'missing' }];
    const isRepeated = keys.indexOf(keys[index] ?? '') < index;
    return isRepeated ? [{ field: `${list}.${index}`, code: 'duplicate' }] : [];
  });
}

function keyOf(choice: Choice): string {
  if (choice.source === 'holder') return `holder ${choice.rightHolderId}`;
  return choice.source === 'self' ? 'self' : `named ${choice.name}`;
}

/** Not there or archived, without the role (where one is demanded), or with a document that has expired: each at its own place. */
export function holderFaults(
  list: string,
  choices: readonly Choice[],
  { role, holders }: { role?: 'OWNER' | 'AUTHOR'; holders: Holders },
): FieldError[] {
  return choices.flatMap((choice, index): FieldError[] => {
    if (choice.source !== 'holder') return [];
    const code = faultOf(holders.get(choice.rightHolderId), role);
    return code ? [{ field: `${list}.${index}`, code }] : [];
  });
}

function faultOf(found: ChosenHolder | undefined, role: 'OWNER' | 'AUTHOR' | undefined): FieldCode | undefined {
  if (!found) return 'not-found';
  if (role && !found.roles.includes(role)) return 'mismatch';
  return found.documentState === 'EXPIRED' ? 'expired' : undefined;
}

/** In full, as it will be printed. */
export function nameOf(choice: Choice, person: Person, holders: Holders): string {
  if (choice.source === 'named') return choice.name;
  return choice.source === 'self' ? person.name : (holders.get(choice.rightHolderId)?.name ?? '');
}

/** The city of whoever comes first; null when unknown. */
export function regionOf([first]: readonly Choice[], person: Person, holders: Holders): string | null {
  if (first?.source === 'self') return person.region ?? null;
  const found = first?.source === 'holder' ? holders.get(first.rightHolderId) : undefined;
  return (found && knownRegion(found.region)) ?? null;
}

/** Masked, but for an author who is only named, and who has no number. */
export function frozenParty(choice: Choice, person: Person, holders: Holders): Party {
  if (choice.source === 'named') return { name: choice.name };
  const share = 'shareBasisPoints' in choice ? { shareBasisPoints: choice.shareBasisPoints } : {};
  if (choice.source === 'self') {
    const { name: _, nameMasked, idNumberMasked, region: _r, county: _c, ...reference } = person;
    return { name: nameMasked, idNumber: idNumberMasked, ...reference, ...share };
  }
  const found = holders.get(choice.rightHolderId);
  // holderFaults has refused everything else.
  if (!found) throw new TypeError('right holder missing after the check');
  const { nameMasked, numberMasked, versionId, documentType } = found;
  return { name: nameMasked, idNumber: numberMasked, holderVersionId: versionId, documentType, ...share };
}
