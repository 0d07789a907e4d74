// SPDX-License-Identifier: Apache-2.0
// Which documents a registration demands. A choice that has not been made yet demands nothing.
import type { AcquisitionMode, DocumentKind, OwnershipMode } from './kinds.ts';

export interface DocumentFacts {
  /** A code of 创作性质; anything but `ORIGINAL` builds on another work. */
  creationNature: string | null;
  acquisition: AcquisitionMode | null;
  ownership: OwnershipMode | null;
  /** Whether the author is employed; counts for personal works only. */
  isEmployed: boolean | null;
  hasAgent: boolean;
  /** 居住证 of a member who registers as themself. */
  permit: 'demanded' | 'taken' | null;
}

export interface DocumentDemand {
  kind: DocumentKind;
  isRequired: boolean;
}

const OF_ACQUISITION: Readonly<Record<AcquisitionMode, DocumentKind | null>> = {
  ORIGINAL: null,
  INHERITANCE: 'INHERITANCE_PROOF',
  SUCCESSION: 'SUCCESSION_PROOF',
  OTHER: 'TRANSFER_CONTRACT',
};

const OF_OWNERSHIP: Readonly<Record<Exclude<OwnershipMode, 'PERSONAL'>, DocumentKind>> = {
  JOINT: 'COOPERATION_AGREEMENT',
  LEGAL_ENTITY: 'LEGAL_ENTITY_STATEMENT',
  SERVICE: 'SERVICE_AGREEMENT',
  COMMISSIONED: 'COMMISSION_CONTRACT',
};

/** In the order of the form; kinds that do not apply are absent. */
export function documentsFor(facts: DocumentFacts): DocumentDemand[] {
  const { creationNature, acquisition, hasAgent, permit } = facts;
  const isDerived = creationNature !== null && creationNature !== 'ORIGINAL';
  return [
    ...required(isDerived ? 'SOURCE_LICENCE' : null),
    ...required(hasAgent ? 'POWER_OF_ATTORNEY' : null),
    ...(permit ? [{ kind: 'RESIDENCE_PERMIT', isRequired: permit === 'demanded' } as const] : []),
    ...required(acquisition && OF_ACQUISITION[acquisition]),
    ...required(ownershipDocument(facts)),
    { kind: 'RIGHTS_PROOF', isRequired: false },
    ...required('SAMPLE'),
    ...required('GUARANTEE'),
    { kind: 'WORK_DESCRIPTION', isRequired: false },
    { kind: 'OTHER', isRequired: false },
  ];
}

function required(kind: DocumentKind | null): DocumentDemand[] {
  return kind ? [{ kind, isRequired: true }] : [];
}

function ownershipDocument({ ownership, isEmployed }: DocumentFacts): DocumentKind | null {
  if (ownership === null) return null;
  if (ownership !== 'PERSONAL') return OF_OWNERSHIP[ownership];
  if (isEmployed === null) return null;
  return isEmployed ? 'NON_SERVICE_PROOF' : 'NON_SERVICE_PLEDGE';
}
