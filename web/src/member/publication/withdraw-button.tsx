// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { usePublicationText } from './i18n.ts';

export function WithdrawButton({ id, onDone }: { id: string; onDone: () => Promise<unknown> }) {
  const text = usePublicationText();
  const [isAsked, setAsked] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => call('delete', '/works/{id}/publication', { params: { id } }),
    onSuccess: async () => {
      setAsked(false);
      await onDone();
    },
  });
  return (
    <div className="form-actions">
      <Button onClick={() => setAsked(true)}>{text.withdraw}</Button>
      <Confirm
        isOpen={isAsked}
        title={text.withdrawTitle}
        lead={text.withdrawLead}
        yes={text.yesWithdraw}
        no={text.no}
        action={withdraw}
        onClose={() => setAsked(false)}
      />
    </div>
  );
}
