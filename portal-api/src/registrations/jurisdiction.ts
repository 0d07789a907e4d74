// SPDX-License-Identifier: Apache-2.0
// Whom the site registers for: organisations by their place of business, people by their address, joint works by one of the
// applicants (作品自愿登记试行办法, 1994, article 7). People from other provinces show a residence permit, without which 人员档案 does
// not take them, so they count as residents.
import type { FieldError } from '../errors.ts';
import type { Choice, Holders } from '../parties/index.ts';
import { isOrganisationDocument } from '../right-holders/index.ts';

/** `homeProvince`: two digits of GB/T 2260. Those who are not found are refused elsewhere. */
export function jurisdictionFaults(
  applicants: readonly Choice[],
  { holders, homeProvince }: { holders: Holders; homeProvince: string },
): FieldError[] {
  const isElsewhere = (applicant: Choice): boolean => {
    const found = applicant.source === 'holder' ? holders.get(applicant.rightHolderId) : undefined;
    return found !== undefined && isOrganisationDocument(found.documentType) && !found.region.startsWith(homeProvince);
  };
  const isOutside = applicants.length > 0 && applicants.every(isElsewhere);
  return isOutside ? [{ field: 'applicants.0', code: 'outside-jurisdiction' }] : [];
}
