// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { forgetDraft } from '../../kit/draft.ts';
import { useMyRegistrationText } from './i18n.ts';

interface EndRegistrationProps {
  id: string;
  ending: 'withdraw' | 'delete' | undefined;
  onClose: () => void;
}

/** Withdraws a registration that is not decided on, or deletes a draft, after a question. */
export function EndRegistration({ id, ending, onClose }: EndRegistrationProps) {
  const text = useMyRegistrationText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isDeletion = ending === 'delete';
  const end = useMutation({
    mutationFn: () =>
      isDeletion
        ? call('delete', '/registrations/{id}', { params: { id } })
        : call('post', '/registrations/{id}/withdrawal', { params: { id }, body: {} }),
    onSuccess: (withdrawn) => {
      forgetDraft(`registration:${id}`);
      onClose();
      void queries.invalidateQueries({ queryKey: ['registrations'] });
      void queries.invalidateQueries({ queryKey: ['works'] });
      if (withdrawn) queries.setQueryData(['registration', id], withdrawn);
      else void navigate('/member/registrations', { replace: true });
    },
  });
  return (
    <Confirm
      isOpen={ending !== undefined}
      title={isDeletion ? text.removeTitle : text.withdrawTitle}
      lead={isDeletion ? text.removeLead : text.withdrawLead}
      yes={isDeletion ? text.yesRemove : text.yesWithdraw}
      no={text.no}
      action={end}
      onClose={onClose}
    />
  );
}
