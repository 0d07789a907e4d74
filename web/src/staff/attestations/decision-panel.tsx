// SPDX-License-Identifier: Apache-2.0
import type { StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { ReviewNotice } from '../../orders/review-notice.tsx';
import { DecisionPanel as DeskDecisionPanel } from '../desk/decision-panel.tsx';
import { useMayReview } from '../reviewing.ts';
import { useStaffText } from './i18n.ts';
import { useDecision } from './use-decision.ts';

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

export function DecisionPanel({ order, onConflict }: { order: StaffAttestation; onConflict: () => unknown }) {
  return (
    <DeskDecisionPanel
      title={order.form.title}
      words={useStaffText()}
      hindrance={useHindrance(order)}
      form={useDecision(order, onConflict)}
      fields={useFieldOptions(order)}
      preview={(decision, reasons) => <ReviewNotice review={{ decision, reasons, deadline: null }} />}
    />
  );
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance({ isOwn, state }: StaffAttestation): string | undefined {
  const text = useStaffText();
  const { states } = useAttestationText();
  const mayReview = useMayReview();
  if (!mayReview) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  return state === 'UNDER_REVIEW' ? undefined : fill(text.notWaiting, { state: states[state] });
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
