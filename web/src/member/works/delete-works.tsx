// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { WorkSummary } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { forgetDraft } from '../../kit/draft.ts';
import { useWorksText } from './i18n.ts';

/** Asks once, then deletes all of these. */
interface DeleteWorksProps {
  works: readonly WorkSummary[];
  onDeleted: (works: readonly WorkSummary[]) => void;
  onClose: () => void;
}

export function DeleteWorks({ works, onDeleted, onClose }: DeleteWorksProps) {
  const text = useWorksText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      for (const { id } of works) {
        await call('delete', '/works/{id}', { params: { id } });
        forgetDraft(`work:${id}`);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['works'] }),
    onSuccess: () => {
      onDeleted(works);
      onClose();
    },
  });
  const names = works.map(({ title }) => `“${title || text.untitled}”`).join(' ');
  return (
    <Confirm
      isOpen={works.length > 0}
      title={text.removeTitle}
      lead={fill(text.removeLead, { names })}
      yes={text.removeYes}
      no={text.removeNo}
      action={remove}
      onClose={onClose}
    />
  );
}
