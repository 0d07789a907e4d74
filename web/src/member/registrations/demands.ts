// SPDX-License-Identifier: Apache-2.0
// Which documents the choices of the form call for, at once and before they are saved. The portal has the same rules and
// the last word.
import type { DocumentKind, RegistrationForm } from '../../api/registrations.ts';

export type Choices = Pick<RegistrationForm, 'creationNature' | 'acquisition' | 'ownership' | 'isEmployed' | 'agent'>;

const OF_ACQUISITION: Readonly<Record<NonNullable<Choices['acquisition']>, readonly DocumentKind[]>> = {
  ORIGINAL: [],
  INHERITANCE: ['INHERITANCE_PROOF'],
  SUCCESSION: ['SUCCESSION_PROOF'],
  OTHER: ['TRANSFER_CONTRACT'],
};

const OF_OWNERSHIP: Readonly<Record<NonNullable<Choices['ownership']>, readonly DocumentKind[]>> = {
  PERSONAL: [],
  JOINT: ['COOPERATION_AGREEMENT'],
  LEGAL_ENTITY: ['LEGAL_ENTITY_STATEMENT'],
  SERVICE: ['SERVICE_AGREEMENT'],
  COMMISSIONED: ['COMMISSION_CONTRACT'],
};

/** Whatever the choices are. */
export const ALWAYS: readonly DocumentKind[] = ['SAMPLE', 'GUARANTEE'];
export const OFFERED: readonly DocumentKind[] = ['RIGHTS_PROOF', 'WORK_DESCRIPTION', 'OTHER'];

/** Those that the choices demand, in the order of the form. */
export function proofsFor(choices: Choices, { needsPermit }: { needsPermit: boolean }): DocumentKind[] {
  const { creationNature, acquisition, ownership, isEmployed, agent } = choices;
  const isDerived = creationNature !== null && creationNature !== 'ORIGINAL';
  return [
    ...(isDerived ? (['SOURCE_LICENCE'] as const) : []),
    ...(agent ? (['POWER_OF_ATTORNEY'] as const) : []),
    ...(needsPermit ? (['RESIDENCE_PERMIT'] as const) : []),
    ...(acquisition ? OF_ACQUISITION[acquisition] : []),
    ...(ownership ? OF_OWNERSHIP[ownership] : []),
    ...(ownership === 'PERSONAL' ? proofOfPersonal(isEmployed) : []),
  ];
}

/** Until it is, the proof of whose the work is cannot be named. */
export function isOwnershipSettled({ ownership, isEmployed }: Pick<Choices, 'ownership' | 'isEmployed'>): boolean {
  return ownership !== null && (ownership !== 'PERSONAL' || isEmployed !== null);
}

function proofOfPersonal(isEmployed: boolean | null): DocumentKind[] {
  if (isEmployed === null) return [];
  return [isEmployed ? 'NON_SERVICE_PROOF' : 'NON_SERVICE_PLEDGE'];
}
