// SPDX-License-Identifier: Apache-2.0
// The decision on a refund request. Nothing is chosen beforehand, and the chosen one is asked once more.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { StaffRefundRequest } from '../../api/refund-requests.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { formatFen } from '../../kit/money.ts';
import { useRefundDeskText } from './i18n.ts';

const VERDICTS = ['GRANT', 'REFUSE'] as const;
type Verdict = (typeof VERDICTS)[number];

export function RefundDecision({ request, onConflict }: { request: StaffRefundRequest; onConflict: () => unknown }) {
  const text = useRefundDeskText();
  const hindrance = useHindrance(request);
  const faults = useFaults({ prefix: 'refund-decision', labelOf: () => text.words });
  const [verdict, setVerdict] = useState<Verdict>();
  const [words, setWords] = useState('');
  const [isAsked, setAsked] = useState(false);
  const decide = useDecide(request, (error) => {
    setAsked(false);
    faults.fail(error);
    if (toApiError(error).code === 'review-conflict') void onConflict();
  });
  if (hindrance) return <p className="notice">{hindrance}</p>;
  const begin = () => {
    const isMissing = verdict === 'REFUSE' && words.trim() === '';
    if (isMissing)
      return faults.fail(new ApiError('invalid-request', { errors: [{ field: 'words', code: 'missing' }] }));
    setAsked(true);
  };
  const effect = verdict && effectOf(request, verdict);
  const lead = effect && fill(text.effects[effect], { amount: formatFen(request.amountFen) });
  return (
    <div className="stack">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={verdict}
        options={VERDICTS.map((value) => ({ value, label: text.verdicts[value] }))}
        onChange={({ target }) => {
          setVerdict(target.value);
          faults.clear();
        }}
      />
      <ErrorList {...faults} />
      {verdict === undefined ? (
        <p className="small">{text.chooseFirst}</p>
      ) : (
        <>
          <p className="small">{lead}</p>
          <TextArea
            {...{ field: 'words', label: text.words, value: words, faults, isRequired: verdict === 'REFUSE' }}
            maxLength={500}
            hint={text.wordsHint[verdict]}
            onChange={(typed) => {
              setWords(typed);
              faults.clear('words');
            }}
          />
          <div>
            <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
              {text.verdicts[verdict]}
            </Button>
          </div>
          <Confirm
            isOpen={isAsked}
            title={fill(text.ask, { title: request.title, verdict: text.verdicts[verdict] })}
            lead={lead ?? ''}
            yes={text.yes}
            no={text.no}
            action={{ ...decide, error: null, mutate: () => decide.mutate({ verdict, words }) }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}

function effectOf({ needsTwo, grants }: StaffRefundRequest, verdict: Verdict) {
  return verdict === 'GRANT' && needsTwo && grants === 0 ? 'GRANT_FIRST' : verdict;
}

/** Why nobody, or not this reader, can decide now. */
function useHindrance({ isOwn, hasDecided, state }: StaffRefundRequest): string | undefined {
  const text = useRefundDeskText();
  const { roles } = useMe().data ?? {};
  if (state !== 'OPEN') return fill(text.notWaiting, { state: text.states[state] });
  if (roles !== undefined && !roles.includes('finance')) return text.onlyLooks;
  if (isOwn) return text.ownCase;
  return hasDecided ? text.hasDecided : undefined;
}

function useDecide({ id, title }: StaffRefundRequest, onError: (error: unknown) => void) {
  const text = useRefundDeskText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: { verdict: Verdict; words: string }) =>
      call('post', '/staff/refund-requests/{id}/decision', { params: { id }, body }),
    onSuccess: async ({ state }, { verdict }) => {
      for (const key of ['staff-refund-requests', 'staff-refund-request', 'staff-waiting'])
        await queries.invalidateQueries({ queryKey: [key] });
      const words = state === 'OPEN' ? text.doneFirst : text.done;
      void navigate('/staff/refund-requests', {
        state: { done: fill(words, { title, verdict: text.verdicts[verdict] }) },
      });
    },
    onError,
  });
}
