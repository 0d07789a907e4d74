// SPDX-License-Identifier: Apache-2.0
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { Decision, Reason, StaffRegistration } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { useRegistrationLabelOf, useRegistrationNames } from '../../orders/registration-labels.ts';
import { ReasonNotice } from '../../orders/review-notice.tsx';
import { DecisionPanel as DeskDecisionPanel } from '../desk/decision-panel.tsx';
import { useDecision } from '../desk/use-decision.ts';
import { useMayReview } from '../reviewing.ts';
import { useRegistrationReviewText } from './i18n.ts';
import { type Level, levelOf, QUEUE_KEY, QUEUE_PATH, REVIEWER_OF } from './levels.ts';

const FIELDS = [
  'title',
  'intro',
  'creationNature',
  'creationNote',
  'workType',
  'workTypeNote',
  'tags',
  'completedOn',
  'publication',
  'owners',
  'authors',
  'applicants',
  'agent',
  'acquisition',
  'acquisitionNote',
  'ownership',
  'serviceKind',
  'isEmployed',
  'rights',
  'rightsNote',
  'electronic',
  'paper',
  'aiUse',
];

interface DecisionPanelProps {
  registration: StaffRegistration;
  onConflict: () => unknown;
}

export function DecisionPanel({ registration, onConflict }: DecisionPanelProps) {
  const text = useRegistrationReviewText();
  const { id, round, form } = registration;
  const level = levelOf(registration) ?? 'INITIAL';
  const words = text.desks[level];
  const decision = useDecision({
    draftKey: `decision:${id}:${level}:${round}`,
    send: (chosen, reasons) => send({ id, level, body: { round, decision: chosen, reasons } }),
    queueKey: QUEUE_KEY,
    queuePath: QUEUE_PATH[level],
    names: words.decisions,
    onConflict,
  });
  return (
    <DeskDecisionPanel
      title={form.title}
      words={words}
      hindrance={useHindrance(registration)}
      form={decision}
      fields={useFieldOptions(registration)}
      preview={(chosen, reasons) => <Preview level={level} decision={chosen} reasons={reasons} />}
    />
  );
}

function send({
  id,
  level,
  body,
}: {
  id: string;
  level: Level;
  body: { round: number; decision: Decision; reasons: Reason[] };
}) {
  const params = { id };
  return level === 'INITIAL'
    ? call('post', '/staff/registrations/{id}/initial-decision', { params, body })
    : call('post', '/staff/registrations/{id}/final-decision', { params, body });
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance(registration: StaffRegistration): string | undefined {
  const text = useRegistrationReviewText();
  const { states, levels } = useRegistrationNames();
  const { roles = [] } = useMe().data ?? {};
  const mayReview = useMayReview();
  const level = levelOf(registration);
  if (!mayReview) return text.onlyLooks;
  if (!level) return fill(text.notWaiting, { state: states[registration.state] });
  if (!roles.includes(REVIEWER_OF[level])) return fill(text.otherLevel, { level: levels[level] });
  if (registration.isOwn) return text.ownCase;
  return level === 'FINAL' && registration.hasPassedInitial ? text.passedBefore : undefined;
}

/** The fields of the form, and each document that it demands or has, by its kind. */
function useFieldOptions({ demands, documents }: StaffRegistration): { value: string; label: string }[] {
  const labelOf = useRegistrationLabelOf();
  const { fields } = useRegistrationNames();
  const kinds = new Set([...demands, ...documents].map(({ kind }) => kind));
  return [
    ...FIELDS.map((value) => ({ value, label: labelOf(value) })),
    ...[...kinds].map((kind) => {
      const value = `documents.${kind}`;
      return { value, label: `${fields.documents} / ${labelOf(value)}` };
    }),
  ];
}

function Preview({ level, decision, reasons }: { level: Level; decision: Decision; reasons: Reason[] }) {
  const text = useRegistrationReviewText();
  const { levels } = useRegistrationNames();
  const headline = decision === 'REJECT' ? text.previewRefused : text.previewReturned;
  const places = { level: levels[level], count: reasons.length };
  return <ReasonNotice headline={fill(headline, places)} reasons={reasons} labelOf={useRegistrationLabelOf()} />;
}
