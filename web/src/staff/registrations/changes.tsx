// SPDX-License-Identifier: Apache-2.0
import type { StaffRegistration } from '../../api/staff.ts';
import { useCountyNames } from '../../orders/areas.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useKinds } from '../../orders/kinds.ts';
import { useRegistrationLabelOf, useRegistrationNames } from '../../orders/registration-labels.ts';
import { Changes as DeskChanges } from '../desk/changes.tsx';
import { addressIn } from './files.ts';
import { useRegistrationReviewText } from './i18n.ts';

export function Changes({ registration: { id, changes } }: { registration: StaffRegistration }) {
  const labelOf = useRegistrationLabelOf();
  return <DeskChanges {...{ changes, labelOf }} addressOf={addressIn(id)} shownAs={useShownAs()} />;
}

/** Choices by their names. A group of fields begins with its choice: `CD_ROM 2`, `PUBLISHED 2026-01-01 中国 济南`. */
function useShownAs(): (field: string, value: string) => string {
  const { creationNatures } = useAttestationText();
  const { workTypes } = useKinds();
  const names = useRegistrationNames();
  const text = useRegistrationReviewText();
  const countyOf = useCountyNames();
  const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    creationNature: creationNatures,
    workType: workTypes,
    acquisition: names.acquisitionModes,
    ownership: names.ownerships,
    serviceKind: names.serviceKinds,
    publication: names.publications,
    rights: names.rights,
    electronic: names.electronicMedia,
    paper: names.paperMedia,
    isEmployed: text.answers,
    aiUse: text.answers,
  };
  return (field, value) => {
    if (field === 'selfRegion') return countyOf(value);
    const known = choices[field];
    if (!known) return field === 'shares' ? value.replaceAll('\n', text.change.comma) : value;
    return value
      .split('\n')
      .map((each) => {
        const [choice = '', ...rest] = each.split(' ');
        return [known[choice] ?? choice, ...rest].join(' ');
      })
      .join(text.change.comma);
  };
}
