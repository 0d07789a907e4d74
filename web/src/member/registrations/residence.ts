// SPDX-License-Identifier: Apache-2.0
// Whether the form asks where the member, or the organisation that they act for, belongs, and for a residence permit. The portal
// has the same rules and the last word.
import { useIdentity } from '../../api/identity.ts';
import type { RegistrationForm } from '../../api/registrations.ts';
import { useRightHolderRules } from '../../api/right-holders.ts';
import { useMe } from '../../api/session.ts';

type Form = Pick<RegistrationForm, 'owners' | 'selfRegion'>;

export interface Residence {
  isOrganisation: boolean;
  asksRegion: boolean;
  needsPermit: boolean;
}

export function useResidence(form: Form): Residence {
  const isOrganisation = Boolean(useMe().data?.actingFor);
  const { documentType } = useIdentity(!isOrganisation).data ?? {};
  const { homeProvince = '' } = useRightHolderRules().data ?? {};
  return residenceOf(form, { isOrganisation, documentType, homeProvince });
}

interface Member {
  isOrganisation: boolean;
  documentType: string | undefined;
  homeProvince: string;
}

export function residenceOf(
  { owners, selfRegion }: Form,
  { isOrganisation, documentType, homeProvince }: Member,
): Residence {
  const isOwner = owners.some(({ source }) => source === 'self');
  const asksRegion = isOwner && (isOrganisation || documentType === 'RESIDENT_ID');
  const isElsewhere = Boolean(selfRegion) && homeProvince !== '' && !selfRegion?.startsWith(homeProvince);
  return { isOrganisation, asksRegion, needsPermit: asksRegion && !isOrganisation && isElsewhere };
}
