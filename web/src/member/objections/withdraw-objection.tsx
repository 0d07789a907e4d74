// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { Objection } from '../../api/objections.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { useObjectionText } from './i18n.ts';

export function WithdrawObjection({ objection: { id } }: { objection: Objection }) {
  const text = useObjectionText();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => call('post', '/objections/{id}/withdrawal', { params: { id }, body: {} }),
    onSuccess: async () => {
      setAsked(false);
      await queries.invalidateQueries({ queryKey: ['objections'] });
    },
  });
  return (
    <div className="objection-answer">
      <Button onClick={() => setAsked(true)}>{text.withdraw}</Button>
      <Confirm
        isOpen={isAsked}
        title={text.withdraw}
        lead={text.withdrawLead}
        yes={text.yes}
        no={text.no}
        action={withdraw}
        onClose={() => setAsked(false)}
      />
    </div>
  );
}
