// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { useParkedWorkText } from './i18n.ts';

export interface ParkedWorkAction {
  kind: 'retry' | 'discard';
  id: string;
  /** As the page names it. */
  topic: string;
}

interface QuestionProps {
  action: ParkedWorkAction;
  onDone: (sentence: string) => void;
  onClose: () => void;
}

/** Asks before it runs a job again or gives it up; when somebody else was faster, the list shows it afterwards. */
export function ParkedWorkQuestion({ action: { kind, id, topic }, onDone, onClose }: QuestionProps) {
  const text = useParkedWorkText();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: () =>
      kind === 'retry'
        ? call('post', '/staff/parked-work/{id}/retry', { params: { id } })
        : call('post', '/staff/parked-work/{id}/discard', { params: { id } }),
    onSuccess: () => {
      onDone(fill(text.done[kind], { topic }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['parked-work'] }),
  });
  return (
    <Confirm
      isOpen
      title={fill(text.ask[kind].title, { topic })}
      lead={text.ask[kind].lead}
      yes={text.yes[kind]}
      no={text.no}
      action={act}
      onClose={onClose}
    />
  );
}
