// SPDX-License-Identifier: Apache-2.0
// What is being decided, kept on this device until it is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { Decision, StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { forgetDraft, readDraft, useAutosave } from '../../kit/draft.ts';
import { isComplete, missingIn, useReasonFaults } from '../reasons/reasons.ts';
import { useStaffText } from './i18n.ts';
import type { ReasonDraft } from './reason-items.tsx';

interface Values {
  decision: Decision | null;
  reasons: ReasonDraft[];
}

export function useDecision(order: StaffAttestation, onConflict: () => unknown) {
  const text = useStaffText();
  const key = `decision:${order.id}:${order.round}`;
  const [values, setValues] = useState<Values>(() => readDraft<Values>(key)?.values ?? { decision: null, reasons: [] });
  const draft = useAutosave({ key, values, id: undefined, save: undefined });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const faults = useReasonFaults(text);
  const decide = useMutation({
    mutationFn: (decision: Decision) =>
      call('post', '/staff/attestations/{id}/decision', {
        params: { id: order.id },
        body: {
          round: order.round,
          decision,
          reasons: decision === 'APPROVE' ? [] : values.reasons.filter(isComplete),
        },
      }),
    onSuccess: async (_, decision) => {
      await draft.stop();
      forgetDraft(key);
      await queries.invalidateQueries({ queryKey: ['queue'] });
      void queries.invalidateQueries({ queryKey: ['staff-waiting'] });
      void navigate('/staff/attestations', {
        state: { done: fill(text.done, { decision: text.decisions[decision] }) },
      });
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
  const edit = (change: (reasons: readonly ReasonDraft[]) => ReasonDraft[]) => {
    setValues((last) => ({ ...last, reasons: change(last.reasons) }));
    faults.clear();
  };
  /** True if nothing is missing; else the form says what, before anything is asked or sent. */
  const isReady = () => {
    const errors = values.decision === 'APPROVE' ? [] : missingIn(values.reasons);
    if (errors.length > 0) faults.fail(new ApiError('invalid-request', { errors }));
    return errors.length === 0;
  };
  return { values, change, edit, faults, decide, isReady };
}
