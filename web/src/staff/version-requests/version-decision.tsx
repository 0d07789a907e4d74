// SPDX-License-Identifier: Apache-2.0
// The decision on a request. Nothing is chosen beforehand, and the choice is confirmed once more.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffVersionRequest } from '../../api/version-requests.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { useVersionDeskText } from './i18n.ts';

type Level = 'INITIAL' | 'FINAL';
const ROLES = { INITIAL: 'reviewer', FINAL: 'senior-reviewer' } as const;
const PATHS = {
  INITIAL: '/staff/version-requests/{id}/initial-decision',
  FINAL: '/staff/version-requests/{id}/final-decision',
} as const;

const levelOf = ({ state }: StaffVersionRequest): Level => (state === 'FINAL_REVIEW' ? 'FINAL' : 'INITIAL');

export function VersionDecision({ request, onConflict }: { request: StaffVersionRequest; onConflict: () => unknown }) {
  const text = useVersionDeskText();
  const hindrance = useHindrance(request);
  const faults = useFaults({ prefix: 'version-decision', labelOf: () => text.words });
  const [isApproved, setApproved] = useState<boolean>();
  const [words, setWords] = useState('');
  const [isAsked, setAsked] = useState(false);
  const decide = useDecide(request, (error) => {
    setAsked(false);
    faults.fail(error);
    if (toApiError(error).code === 'review-conflict') void onConflict();
  });
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const verdict = isApproved === undefined ? undefined : text.verdicts[`${isApproved}`];
  const effect = isApproved ? text.effects[levelOf(request)] : text.effects.refuse;
  const begin = () => {
    if (isApproved === false && words.trim() === '')
      return faults.fail(new ApiError('invalid-request', { errors: [{ field: 'words', code: 'missing' }] }));
    setAsked(true);
  };
  return (
    <div className="stack">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={isApproved}
        options={[true, false].map((value) => ({ value, label: text.verdicts[`${value}`] }))}
        onChange={({ target }) => {
          setApproved(target.value);
          faults.clear();
        }}
      />
      <ErrorList {...faults} />
      {isApproved === undefined || verdict === undefined ? (
        <p className="small">{text.chooseFirst}</p>
      ) : (
        <>
          <p className="small">{effect}</p>
          <TextArea
            {...{ field: 'words', label: text.words, value: words, faults, isRequired: !isApproved }}
            maxLength={500}
            hint={text.wordsHint[`${isApproved}`]}
            onChange={(typed) => {
              setWords(typed);
              faults.clear('words');
            }}
          />
          <div>
            <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
              {verdict}
            </Button>
          </div>
          <Confirm
            isOpen={isAsked}
            title={fill(text.ask, { title: request.title, kind: text.kinds[request.kind], verdict })}
            lead={effect}
            yes={text.yes}
            no={text.no}
            action={{ ...decide, error: null, mutate: () => decide.mutate({ isApproved, words }) }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance(request: StaffVersionRequest): string | undefined {
  const text = useVersionDeskText();
  const { roles } = useMe().data ?? {};
  const { isOwn, hasDecided, state } = request;
  if (state !== 'INITIAL_REVIEW' && state !== 'FINAL_REVIEW')
    return fill(text.notWaiting, { state: text.states[state] });
  const level = levelOf(request);
  if (roles !== undefined && !roles.includes(ROLES[level])) return text.onlyLooks[level];
  if (isOwn) return text.ownCase;
  return hasDecided ? text.hasDecided : undefined;
}

function useDecide(request: StaffVersionRequest, onError: (error: unknown) => void) {
  const text = useVersionDeskText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, title, kind } = request;
  return useMutation({
    mutationFn: (body: { isApproved: boolean; words: string }) =>
      call('post', PATHS[levelOf(request)], { params: { id }, body }),
    onSuccess: async (_, { isApproved }) => {
      // The list must not show for a moment what it was before.
      queries.removeQueries({ queryKey: ['staff-version-requests'] });
      for (const key of ['staff-version-request', 'staff-waiting'])
        await queries.invalidateQueries({ queryKey: [key] });
      const done = fill(text.done, { title, kind: text.kinds[kind], verdict: text.verdicts[`${isApproved}`] });
      void navigate('/staff/version-requests', { state: { done } });
    },
    onError,
  });
}
