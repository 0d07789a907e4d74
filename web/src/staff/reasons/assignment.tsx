// SPDX-License-Identifier: Apache-2.0
// Take a review, or give it back.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../../api/api-error.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useMayReview } from '../reviewing.ts';

interface AssignmentProps {
  record: { state: string; takenBy: string | null; isTakenByMe: boolean; isOwn: boolean };
  text: { take: string; release: string; takenByOther: string };
  assign: (method: 'put' | 'delete') => Promise<unknown>;
  onChanged: () => Promise<unknown>;
}

export function Assignment({ record, text, assign, onChanged }: AssignmentProps) {
  const { state, takenBy, isTakenByMe, isOwn } = record;
  const change = useMutation({ mutationFn: assign, onSettled: onChanged });
  const mayReview = useMayReview();
  if (state !== 'PENDING' || isOwn || !mayReview) return null;
  return (
    <div className="form-actions">
      {takenBy === null && (
        <Button type="primary" loading={change.isPending} onClick={() => change.mutate('put')}>
          {text.take}
        </Button>
      )}
      {isTakenByMe && (
        <Button loading={change.isPending} onClick={() => change.mutate('delete')}>
          {text.release}
        </Button>
      )}
      {takenBy !== null && !isTakenByMe && <p className="notice">{fill(text.takenByOther, { user: takenBy })}</p>}
      {change.error && <ErrorList error={toApiError(change.error)} />}
    </div>
  );
}
