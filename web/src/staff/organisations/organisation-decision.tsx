// SPDX-License-Identifier: Apache-2.0
// The decision on one version. Nothing is chosen beforehand, and the chosen one is asked once more.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { OrganisationReason, StaffOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { ReasonList } from '../reasons/reason-list.tsx';
import { type DraftOf, EMPTY_REASON, isComplete, missingIn, useReasonFaults } from '../reasons/reasons.ts';
import { useMayReview } from '../reviewing.ts';
import { useOrganisationReviewText } from './i18n.ts';

type Decision = 'APPROVE' | 'REJECT';
type ReasonDraft = DraftOf<OrganisationReason>;

const DECISIONS: readonly Decision[] = ['APPROVE', 'REJECT'];
const FIELDS = ['name', 'creditCode', 'licenceImageId', 'phone', 'representative', 'email', 'address'] as const;

interface DecisionProps {
  organisation: StaffOrganisation;
  onConflict: () => unknown;
}

export function OrganisationDecision({ organisation, onConflict }: DecisionProps) {
  const text = useOrganisationReviewText();
  const hindrance = useHindrance(organisation);
  const [decision, setDecision] = useState<Decision>();
  const [reasons, setReasons] = useState<readonly ReasonDraft[]>([EMPTY_REASON]);
  const [isAsked, setAsked] = useState(false);
  const faults = useReasonFaults(text);
  const decide = useDecide(organisation, (error) => {
    setAsked(false);
    faults.fail(error);
    if (toApiError(error).code === 'review-conflict') void onConflict();
  });
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const { name, version, needsTwo } = organisation;
  const begin = () => {
    const errors = decision === 'REJECT' ? missingIn(reasons) : [];
    if (errors.length > 0) return faults.fail(new ApiError('invalid-request', { errors }));
    setAsked(true);
  };
  return (
    <div className="stack">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={decision}
        options={DECISIONS.map((value) => ({ value, label: text.decisions[value] }))}
        onChange={({ target }) => {
          setDecision(target.value);
          faults.clear();
        }}
      />
      <ErrorList {...faults} />
      {decision === undefined ? (
        <p className="small">{text.chooseFirst}</p>
      ) : (
        <>
          <p className="small">
            {text.effects[decision]} {needsTwo && decision === 'APPROVE' && text.needsTwo}{' '}
            {fill(text.once, { version })}
          </p>
          {decision === 'REJECT' && (
            <ReasonList
              {...{ reasons, text, faults }}
              as="line"
              fields={FIELDS.map((value) => ({ value, label: text[value] }))}
              codes={optionsOf(text.reasonCodes)}
              onChange={(edit) => {
                setReasons(edit);
                faults.clear();
              }}
            />
          )}
          <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
            {fill(text.buttons[decision], { count: reasons.length })}
          </Button>
          <Confirm
            isOpen={isAsked}
            title={fill(text.ask[decision], { name })}
            lead={text.effects[decision]}
            yes={text.yes[decision]}
            no={text.no}
            action={{ ...decide, error: null, mutate: () => decide.mutate({ decision, reasons }) }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance({ isOwn, state, takenBy, isTakenByMe }: StaffOrganisation): string | undefined {
  const text = useOrganisationReviewText();
  const mayReview = useMayReview();
  if (!mayReview) return text.onlyLooks;
  if (state !== 'PENDING') return fill(text.notWaiting, { state: text.states[state] });
  if (isOwn) return text.ownCase;
  return takenBy !== null && !isTakenByMe ? fill(text.takenByOther, { user: takenBy }) : undefined;
}

function useDecide({ id, version, name }: StaffOrganisation, onError: (error: unknown) => void) {
  const text = useOrganisationReviewText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ decision, reasons }: { decision: Decision; reasons: readonly ReasonDraft[] }) =>
      call('post', '/staff/organisations/{id}/decision', {
        params: { id },
        body: { version, decision, reasons: decision === 'REJECT' ? reasons.filter(isComplete) : [] },
      }),
    onSuccess: async (_, { decision }) => {
      for (const key of ['staff-organisations', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
      void navigate('/staff/organisations', { state: { done: fill(text.done[decision], { name }) } });
    },
    onError,
  });
}
