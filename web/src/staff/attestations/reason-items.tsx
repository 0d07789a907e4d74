// SPDX-License-Identifier: Apache-2.0
// Why an order is returned or rejected, said of the fields of its form and of its files.
import type { Reason, StaffAttestation } from '../../api/staff.ts';
import type { FormFaults } from '../../kit/form.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf } from '../../orders/kinds.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { ReasonList } from '../reasons/reason-list.tsx';
import type { DraftOf } from '../reasons/reasons.ts';
import { useStaffText } from './i18n.ts';

export type ReasonDraft = DraftOf<Reason>;

const FIELDS = [
  'title',
  'intro',
  'authors',
  'creationNature',
  'creationNote',
  'workType',
  'tags',
  'acquisition',
  'term',
  'completedOn',
  'files',
  'display',
];

interface ReasonItemsProps {
  order: StaffAttestation;
  reasons: readonly ReasonDraft[];
  faults: FormFaults;
  isDisabled: boolean;
  onChange: (edit: (last: readonly ReasonDraft[]) => ReasonDraft[]) => void;
}

export function ReasonItems({ order, ...form }: ReasonItemsProps) {
  const text = useStaffText();
  const { reasonCodes } = useAttestationText();
  return (
    <ReasonList
      {...form}
      {...{ text }}
      as="paragraphs"
      fields={useFieldOptions(order)}
      codes={optionsOf(reasonCodes)}
    />
  );
}

/** The fields of the form, and each file by its name. */
function useFieldOptions({ files, display }: StaffAttestation): { value: string; label: string }[] {
  const labelOf = useLabelOf();
  const named = (list: 'files' | 'display', names: readonly { name: string }[]) =>
    names.map(({ name }, index) => ({ value: `${list}.${index}`, label: `${labelOf(list)} / ${name}` }));
  return [
    ...FIELDS.map((value) => ({ value, label: labelOf(value) })),
    ...named('files', files),
    ...named('display', display),
  ];
}
