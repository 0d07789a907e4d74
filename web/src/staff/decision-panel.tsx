// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toApiError } from '../api/api-error.ts';
import { call } from '../api/client.ts';
import type { Decision, Reason, StaffAttestation } from '../api/staff.ts';
import { fill } from '../i18n/fill.ts';
import { forgetDraft, readDraft, useAutosave } from '../kit/draft.ts';
import { ErrorList } from '../kit/error-list.tsx';
import { useFaults } from '../kit/form.ts';
import { useAttestationText } from '../member/attestations/i18n.ts';
import { ReviewNotice } from '../member/attestations/review-notice.tsx';
import { useStaffText } from './i18n.ts';
import { EMPTY_REASON, ReasonItems } from './reason-items.tsx';

interface Values {
  decision: Decision;
  reasons: Reason[];
}

const DECISIONS: readonly Decision[] = ['APPROVE', 'RETURN', 'REJECT'];

export function DecisionPanel({ order, onConflict }: { order: StaffAttestation; onConflict: () => unknown }) {
  const text = useStaffText();
  const { states } = useAttestationText();
  const { values, setValues, faults, decide } = useDecision(order, onConflict);
  const { decision, reasons } = values;
  const hindrance = order.isOwn
    ? text.ownCase
    : order.state === 'UNDER_REVIEW'
      ? undefined
      : fill(text.notWaiting, { state: states[order.state] });
  const choose = (next: Decision) =>
    setValues({ decision: next, reasons: next !== 'APPROVE' && reasons.length === 0 ? [EMPTY_REASON] : reasons });
  return (
    <>
      <h2>{text.decision}</h2>
      {hindrance && <p className="notice">{hindrance}</p>}
      <Radio.Group
        className="decision-kinds"
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        disabled={hindrance !== undefined}
        value={decision}
        options={DECISIONS.map((value) => ({ value, label: text.decisions[value] }))}
        onChange={({ target }) => choose(target.value)}
      />
      <ErrorList {...faults} />
      {decision === 'APPROVE' ? (
        <p className="small">{text.approveLead}</p>
      ) : (
        <>
          <ReasonItems
            {...{ order, reasons, faults }}
            isDisabled={hindrance !== undefined}
            onChange={(next) => setValues({ decision, reasons: next })}
          />
          {decision === 'RETURN' && <p className="small">{text.deadline}</p>}
          <h3>{text.willSee}</h3>
          <ReviewNotice review={{ decision, reasons, deadline: null }} />
        </>
      )}
      <Button
        type="primary"
        size="large"
        block
        disabled={hindrance !== undefined}
        loading={decide.isPending}
        onClick={() => decide.mutate()}
      >
        {fill(text.buttons[decision], { count: reasons.length })}
      </Button>
      <p className="small">
        {text.once} {text.kept}
      </p>
    </>
  );
}

/** What is being decided; kept on this device until it is sent. */
function useDecision(order: StaffAttestation, onConflict: () => unknown) {
  const text = useStaffText();
  const key = `decision:${order.id}:${order.round}`;
  const [values, setValues] = useState<Values>(
    () => readDraft<Values>(key)?.values ?? { decision: 'APPROVE', reasons: [] },
  );
  const draft = useAutosave({ key, values, id: undefined, save: undefined });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const names: Record<string, string> = { field: text.where, code: text.problem, text: text.what };
  const faults = useFaults({
    prefix: 'decision',
    labelOf: (field) => {
      const [, index, part = ''] = field.split('.');
      if (index === undefined) return text.decision;
      return `${fill(text.item, { number: Number(index) + 1 })} ${names[part] ?? ''}`;
    },
  });
  const { decision } = values;
  const decide = useMutation({
    mutationFn: () =>
      call('post', '/staff/attestations/{id}/decision', {
        params: { id: order.id },
        body: { round: order.round, decision, reasons: decision === 'APPROVE' ? [] : values.reasons },
      }),
    onSuccess: async () => {
      await draft.stop();
      forgetDraft(key);
      await queries.invalidateQueries({ queryKey: ['queue'] });
      void navigate('/staff', { state: { done: fill(text.done, { decision: text.decisions[decision] }) } });
    },
    onError: (error) => {
      faults.fail(error);
      if (toApiError(error).code === 'review-conflict') void onConflict();
    },
  });
  const change = (next: Values) => {
    setValues(next);
    faults.clear();
  };
  return { values, setValues: change, faults, decide };
}
