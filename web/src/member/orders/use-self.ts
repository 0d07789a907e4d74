// SPDX-License-Identifier: Apache-2.0
import { useIdentity } from '../../api/identity.ts';
import { useOrganisation } from '../../api/organisations.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';

/** The party that the member acts for, as the certificate prints it. Only they see this: staff and the public see the masked name. */
export function useSelf(): string {
  const text = useAttestationText();
  const isOrganisation = Boolean(useMe().data?.actingFor);
  const { fullName, idNumber = '' } = useIdentity(!isOrganisation).data ?? {};
  const { name, creditCode = '' } = useOrganisation(isOrganisation).data ?? {};
  if (isOrganisation) return name ? fill(text.self, { name, idNumber: masked(creditCode) }) : text.myself;
  return fullName ? fill(text.self, { name: fullName, idNumber }) : text.myself;
}

/** As the certificate prints it: the first three and the last four. */
const masked = (code: string): string => code.replace(/^(.{3}).*(.{4})$/, '$1***********$2');
