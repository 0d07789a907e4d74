// SPDX-License-Identifier: Apache-2.0
// Who deposits: the person behind an account, or the organisation that it acts for.
import type { Owner } from '../http/members.ts';
import type { Party, Person } from './party.ts';
import type { FullNameOf } from './party-sections.ts';
import { countyInNumber, regionInNumber } from './region.ts';

/** What other domains know of people and organisations. */
export interface ApplicantSources {
  identity: {
    verifiedPerson(accountId: string): Promise<VerifiedPerson | undefined>;
    /** As it was in this version of an identity. */
    fullName(identityId: string): Promise<string>;
  };
  rightHolders: { fullName(holderVersionId: string): Promise<string> };
  organisations: {
    verified(
      organisationId: string,
    ): Promise<(Named & { versionId: string; creditCode: string; creditCodeMasked: string }) | undefined>;
    /** As it was in this version. */
    nameOf(versionId: string): Promise<string>;
  };
}

interface Named {
  name: string;
  nameMasked: string;
}

interface VerifiedPerson extends Named, Pick<Party, 'documentType'> {
  identityId: string;
  idNumber: string;
  idNumberMasked: string;
}

export interface Applicants {
  /** Undefined while the name of the owner is not verified. */
  person(owner: Owner): Promise<Person | undefined>;
  fullNameOf: FullNameOf;
}

export function applicantsOf({ identity, organisations, rightHolders }: ApplicantSources): Applicants {
  return {
    async person({ accountId, organisationId }) {
      if (organisationId === null) {
        const found = await identity.verifiedPerson(accountId);
        if (!found) return undefined;
        const { name, nameMasked, idNumber, idNumberMasked, identityId, documentType } = found;
        const type = documentType ?? 'RESIDENT_ID';
        const places = { region: regionInNumber(type, idNumber), county: countyInNumber(type, idNumber) };
        return { name, nameMasked, idNumberMasked, identityId, ...places, ...(documentType && { documentType }) };
      }
      const found = await organisations.verified(organisationId);
      if (!found) return undefined;
      const {
        name,
        nameMasked,
        creditCode,
        creditCodeMasked: idNumberMasked,
        versionId: organisationVersionId,
      } = found;
      const documentType = 'BUSINESS_LICENCE';
      const places = {
        region: regionInNumber(documentType, creditCode),
        county: countyInNumber(documentType, creditCode),
      };
      return { name, nameMasked, idNumberMasked, organisationVersionId, documentType, ...places };
    },

    async fullNameOf({ identityId, organisationVersionId, holderVersionId }) {
      if (holderVersionId !== undefined) return rightHolders.fullName(holderVersionId);
      if (organisationVersionId !== undefined) return organisations.nameOf(organisationVersionId);
      return identityId === undefined ? undefined : identity.fullName(identityId);
    },
  };
}
