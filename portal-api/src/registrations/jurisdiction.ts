// SPDX-License-Identifier: Apache-2.0
// Whom the site registers for: organisations by their place of business, people by their address, joint works by one of the
// applicants (作品自愿登记试行办法, 1994, article 7). People from other provinces show a residence permit, without which neither 人员档案
// nor the form takes them (residence.ts), so they count as residents.
import type { FieldError } from '../errors.ts';
import type { Choice, Holders } from '../parties/index.ts';
import { type DocumentType, isOrganisationDocument } from '../right-holders/index.ts';

interface Known {
  holders: Holders;
  /** The member, or the organisation that they act for. */
  self: { documentType?: DocumentType | undefined; region: string | null };
  /** Two digits of GB/T 2260. */
  homeProvince: string;
}

/** Those who are not found, or whose region is missing, are refused elsewhere. */
export function jurisdictionFaults(
  applicants: readonly Choice[],
  { holders, self, homeProvince }: Known,
): FieldError[] {
  const isElsewhere = (applicant: Choice): boolean => {
    const found =
      applicant.source === 'self' ? self : applicant.source === 'holder' && holders.get(applicant.rightHolderId);
    const { documentType, region = null } = found || {};
    if (!documentType || region === null) return false;
    return isOrganisationDocument(documentType) && !region.startsWith(homeProvince);
  };
  const isOutside = applicants.length > 0 && applicants.every(isElsewhere);
  return isOutside ? [{ field: 'applicants.0', code: 'outside-jurisdiction' }] : [];
}
