// SPDX-License-Identifier: Apache-2.0
import type { StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { type AttestationText, useAttestationText } from '../../orders/i18n.ts';
import { useKinds } from '../../orders/kinds.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { Changes as DeskChanges } from '../desk/changes.tsx';
import { addressIn } from './files.ts';
import { useStaffText } from './i18n.ts';

export function Changes({ order: { id, changes } }: { order: StaffAttestation }) {
  return <DeskChanges {...{ changes }} addressOf={addressIn(id)} labelOf={useLabelOf()} shownAs={useShownAs()} />;
}

/** Choices by their names, a term by its days, a list in one line. */
function useShownAs(): (field: string, value: string) => string {
  const text = useAttestationText();
  const { workTypes } = useKinds();
  const { change: words } = useStaffText();
  const names: Record<string, Readonly<Record<string, string>>> = {
    creationNature: text.creationNatures,
    workType: workTypes,
    acquisition: text.acquisitions,
  };
  return (field, value) => {
    if (field === 'term') return termOf(value, text);
    return names[field]?.[value] ?? value.split('\n').join(field === 'intro' ? '\n' : words.comma);
  };
}

function termOf(value: string, text: AttestationText): string {
  const [from = '', to] = value.split('/');
  return to === undefined ? text.permanent : fill(text.fixedTerm, { from, to });
}
