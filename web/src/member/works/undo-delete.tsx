// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import type { WorkSummary } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useWorksText } from './i18n.ts';

/** What was deleted a moment ago, and the way to have it back. */
export function UndoDelete({ works, onDone }: { works: readonly WorkSummary[]; onDone: () => void }) {
  const text = useWorksText();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: async () => {
      for (const { id } of works) await call('post', '/works/{id}/restoration', { params: { id } });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['works'] }),
    onSuccess: onDone,
  });
  const names = works.map(({ title }) => `“${title || text.untitled}”`).join(' ');
  return (
    <div role="status">
      {works.length > 0 && (
        <div className="notice">
          {fill(text.removed, { names })}{' '}
          <Button size="small" loading={undo.isPending} onClick={() => undo.mutate()}>
            {text.undo}
          </Button>
          {undo.error && <FieldFault text={errorSentence(toApiError(undo.error).code)} />}
        </div>
      )}
    </div>
  );
}
