// SPDX-License-Identifier: Apache-2.0
// Depositors and authors that an order takes from 人员档案: which of them may be submitted, and what is frozen of them.
import { z } from 'zod';
import type { FieldCode, FieldError } from '../errors.ts';
import { type ChosenHolder, DOCUMENT_TYPES } from '../right-holders/index.ts';
import type { AttestationForm } from './attestations.schema.ts';

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
});

export type Party = z.output<typeof partySchema>;
/** Whose name is masked: at most one of them is named. */
export type PartyRef = Pick<Party, 'identityId' | 'organisationVersionId' | 'holderVersionId'>;
export type Holders = ReadonlyMap<string, ChosenHolder>;

type Choice = AttestationForm['authors'][number];

export function holderIdsOf({ depositors, authors }: AttestationForm): string[] {
  return [...depositors, ...authors].flatMap((each) => (each.source === 'holder' ? [each.rightHolderId] : []));
}

/** Not there or archived, without the role, or with a document that has expired: each at its own place in the form. */
export function holderFaults({ depositors, authors }: AttestationForm, holders: Holders): FieldError[] {
  const faultsOf = (list: 'depositors' | 'authors', choices: readonly Choice[], role: 'OWNER' | 'AUTHOR') =>
    choices.flatMap((choice, index): FieldError[] => {
      if (choice.source !== 'holder') return [];
      const code = faultOf(holders.get(choice.rightHolderId), role);
      return code ? [{ field: `${list}.${index}`, code }] : [];
    });
  return [...faultsOf('depositors', depositors, 'OWNER'), ...faultsOf('authors', authors, 'AUTHOR')];
}

function faultOf(holder: ChosenHolder | undefined, role: 'OWNER' | 'AUTHOR'): FieldCode | undefined {
  if (!holder) return 'not-found';
  if (!holder.roles.includes(role)) return 'mismatch';
  return holder.documentState === 'EXPIRED' ? 'expired' : undefined;
}

/** `self` is the applicant. An author who is only named has no number. */
export function partyOf(choice: Choice, self: Party, holders: Holders): Party {
  if (choice.source === 'self') return self;
  if (choice.source === 'named') return { name: choice.name };
  const holder = holders.get(choice.rightHolderId);
  // holderFaults has refused everything else.
  if (!holder) throw new TypeError('right holder missing after the check');
  const { nameMasked, numberMasked, versionId, documentType } = holder;
  return { name: nameMasked, idNumber: numberMasked, holderVersionId: versionId, documentType };
}
