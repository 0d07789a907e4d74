// SPDX-License-Identifier: Apache-2.0
// What is being decided, kept on this device until it is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, toApiError } from '../../api/api-error.ts';
import type { Decision, Reason } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { forgetDraft, readDraft, useAutosave } from '../../kit/draft.ts';
import { type DraftOf, isComplete, missingIn, useReasonFaults } from '../reasons/reasons.ts';
import { useDeskText } from './i18n.ts';

export type ReasonDraft = DraftOf<Reason>;

interface Values {
  decision: Decision | null;
  reasons: ReasonDraft[];
}

export interface DecisionWay {
  /** Names the round that is decided, among all that this device keeps. */
  draftKey: string;
  send: (decision: Decision, reasons: Reason[]) => Promise<unknown>;
  /** The key of the queue, and the page that is shown afterwards. */
  queueKey: string;
  queuePath: string;
  names: Readonly<Record<Decision, string>>;
  onConflict: () => unknown;
}

export function useDecision({ draftKey: key, send, queueKey, queuePath, names, onConflict }: DecisionWay) {
  const text = useDeskText();
  const [values, setValues] = useState<Values>(() => readDraft<Values>(key)?.values ?? { decision: null, reasons: [] });
  const draft = useAutosave({ key, values, id: undefined, save: undefined });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const faults = useReasonFaults(text);
  const decide = useMutation({
    mutationFn: (decision: Decision) => send(decision, decision === 'APPROVE' ? [] : values.reasons.filter(isComplete)),
    onSuccess: async (_, decision) => {
      await draft.stop();
      forgetDraft(key);
      await queries.invalidateQueries({ queryKey: [queueKey] });
      void queries.invalidateQueries({ queryKey: ['staff-waiting'] });
      void navigate(queuePath, { state: { done: fill(text.done, { decision: names[decision] }) } });
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
