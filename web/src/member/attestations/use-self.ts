// SPDX-License-Identifier: Apache-2.0
import { useIdentity } from '../../api/identity.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';

/** The member as the certificate prints them. Only they see this: staff and the public see the masked name. */
export function useSelf(): string {
  const text = useAttestationText();
  const { fullName, idNumber = '' } = useIdentity().data ?? {};
  return fullName ? fill(text.self, { name: fullName, idNumber }) : text.myself;
}
