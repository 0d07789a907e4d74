// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { forgetDraft } from '../../kit/draft.ts';
import { useAttestationText } from '../../orders/i18n.ts';

interface EndOrderProps {
  attestation: { id: string };
  ending: 'cancel' | 'delete' | undefined;
  onClose: () => void;
}

/** Cancels an order that is not paid, or deletes a draft, after a question. */
export function EndOrder({ attestation: { id }, ending, onClose }: EndOrderProps) {
  const text = useAttestationText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isDeletion = ending === 'delete';
  const end = useMutation({
    mutationFn: async () => {
      const params = { id };
      if (isDeletion) await call('delete', '/attestations/{id}', { params });
      else await call('post', '/attestations/{id}/cancellation', { params, body: {} });
    },
    onSuccess: async () => {
      forgetDraft(`attestation:${id}`);
      onClose();
      await queries.invalidateQueries({ queryKey: ['attestations'] });
      await queries.invalidateQueries({ queryKey: ['works'] });
      if (isDeletion) void navigate('/member/attestations', { replace: true });
      else await queries.invalidateQueries({ queryKey: ['attestation', id] });
    },
  });
  return (
    <Confirm
      isOpen={ending !== undefined}
      title={isDeletion ? text.removeTitle : text.cancelTitle}
      lead={isDeletion ? text.removeLead : text.cancelLead}
      yes={isDeletion ? text.yesRemove : text.yesCancel}
      no={text.no}
      action={end}
      onClose={onClose}
    />
  );
}
