// SPDX-License-Identifier: Apache-2.0
// The decision on one submission. Nothing is chosen beforehand, and the chosen one is asked once more.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, type FieldError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { Ground, ModerationDecision, StaffPublication } from '../../api/publications.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { Choice, TextArea } from '../../kit/inputs.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { usePublicationNames } from '../../orders/publication-names.ts';
import { useMayReview } from '../reviewing.ts';
import { useModerationText } from './i18n.ts';

const POSSIBLE: Readonly<Partial<Record<StaffPublication['state'], readonly ModerationDecision[]>>> = {
  PENDING: ['APPROVE', 'REFUSE'],
  PUBLISHED: ['TAKE_DOWN'],
  APPEALED: ['RESTORE', 'UPHOLD'],
};

/** What is against the owner needs a reason. */
const NEEDS_REASON: readonly ModerationDecision[] = ['REFUSE', 'TAKE_DOWN', 'UPHOLD'];

interface PanelProps {
  publication: StaffPublication;
  onConflict: () => unknown;
}

export function ModerationPanel({ publication, onConflict }: PanelProps) {
  const text = useModerationText();
  const names = usePublicationNames();
  const hindrance = useHindrance(publication);
  const labels: Record<string, string> = { ground: text.ground, text: text.reason };
  const faults = useFaults({ prefix: 'moderation', labelOf: (field) => labels[field] ?? field });
  const [decision, setDecision] = useState<ModerationDecision>();
  const [ground, setGround] = useState<Ground | null>(null);
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const decide = useDecide(publication, (error) => {
    setAsked(false);
    faults.fail(error);
    if (toApiError(error).code === 'review-conflict') void onConflict();
  });
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const needsReason = decision !== undefined && NEEDS_REASON.includes(decision);
  const begin = () => {
    const errors = needsReason ? missingIn({ ground, reason }) : [];
    if (errors.length > 0) return faults.fail(new ApiError('invalid-request', { errors }));
    setAsked(true);
  };
  const send = () => {
    if (decision)
      decide.mutate(needsReason ? { decision, ground, text: reason } : { decision, ground: null, text: '' });
  };
  return (
    <div className="stack moderation">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={decision}
        options={(POSSIBLE[publication.state] ?? []).map((value) => ({ value, label: text.buttons[value] }))}
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
          <p className="small">{text.effects[decision]}</p>
          {needsReason && (
            <>
              <Choice<Ground>
                {...{ field: 'ground', label: text.ground, value: ground, faults, isRequired: true }}
                options={optionsOf(names.grounds)}
                onChange={(chosen) => {
                  setGround(chosen);
                  faults.clear('ground');
                }}
              />
              <TextArea
                {...{ field: 'text', label: text.reason, value: reason, faults, isRequired: true }}
                maxLength={500}
                hint={text.reasonHint}
                onChange={(typed) => {
                  setReason(typed);
                  faults.clear('text');
                }}
              />
            </>
          )}
          <div>
            <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
              {text.buttons[decision]}
            </Button>
          </div>
          <Confirm
            isOpen={isAsked}
            title={fill(text.ask, { title: publication.title, decision: names.decisions[decision] })}
            lead={text.effects[decision]}
            yes={text.yes}
            no={text.no}
            action={{ ...decide, error: null, mutate: send }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}

function missingIn({ ground, reason }: { ground: Ground | null; reason: string }): FieldError[] {
  return [
    ...(ground === null ? [{ field: 'ground', code: 'missing' as const }] : []),
    ...(reason.trim() === '' ? [{ field: 'text', code: 'missing' as const }] : []),
  ];
}

/** Why nobody, or not this reviewer, can decide now. */
function useHindrance({ isOwn, mayDecideAppeal, state }: StaffPublication): string | undefined {
  const text = useModerationText();
  const names = usePublicationNames();
  const mayReview = useMayReview();
  if (!mayReview) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  if (!POSSIBLE[state]) return fill(text.notWaiting, { state: names.states[state] });
  return state === 'APPEALED' && !mayDecideAppeal ? text.ownRemoval : undefined;
}

interface Moderation {
  decision: ModerationDecision;
  ground: Ground | null;
  text: string;
}

function useDecide({ id, round, title }: StaffPublication, onError: (error: unknown) => void) {
  const text = useModerationText();
  const names = usePublicationNames();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (moderation: Moderation) =>
      call('post', '/staff/publications/{id}/decision', { params: { id }, body: { round, ...moderation } }),
    onSuccess: async (_, { decision }) => {
      for (const key of ['staff-publications', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
      void navigate('/staff/publications', {
        state: { done: fill(text.done, { title, decision: names.decisions[decision] }) },
      });
    },
    onError,
  });
}
