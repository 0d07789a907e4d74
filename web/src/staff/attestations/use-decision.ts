// SPDX-License-Identifier: Apache-2.0
// What is being decided, kept on this device until it is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, type FieldError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { Decision, StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { forgetDraft, readDraft, useAutosave } from '../../kit/draft.ts';
import { useFaults } from '../../kit/form.ts';
import { useStaffText } from './i18n.ts';
import { isComplete, type ReasonDraft } from './reason-items.tsx';

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
  const faults = useDecisionFaults();
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
  /** True if nothing is missing; else the form says what, before anything is asked or sent. */
  const isReady = () => {
    const errors = missingIn(values);
    if (errors.length > 0) faults.fail(new ApiError('invalid-request', { errors }));
    return errors.length === 0;
  };
  return { values, change, faults, decide, isReady };
}

function useDecisionFaults() {
  const text = useStaffText();
  const names: Record<string, string> = { field: text.where, code: text.problem, text: text.what };
  return useFaults({
    prefix: 'decision',
    labelOf: (field) => {
      const [, index, part = ''] = field.split('.');
      if (index === undefined) return text.decision;
      return `${fill(text.item, { number: Number(index) + 1 })} ${names[part] ?? ''}`;
    },
  });
}

function missingIn({ decision, reasons }: Values): FieldError[] {
  if (decision === 'APPROVE') return [];
  if (reasons.length === 0) return [{ field: 'reasons', code: 'missing' }];
  return reasons.flatMap((reason, index) =>
    (['field', 'code', 'text'] as const).flatMap((part): FieldError[] =>
      reason[part].trim() === '' ? [{ field: `reasons.${index}.${part}`, code: 'missing' }] : [],
    ),
  );
}
