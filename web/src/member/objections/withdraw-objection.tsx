// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { Objection } from '../../api/objections.ts';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { useObjectionText } from './i18n.ts';

export function WithdrawObjection({ objection: { id } }: { objection: Objection }) {
  const { withdraw, withdrawLead, yes, no } = useObjectionText();
  const queries = useQueryClient();
  return (
    <div className="objection-answer">
      <WithdrawButton
        text={{ withdraw, withdrawTitle: withdraw, withdrawLead, yesWithdraw: yes, no }}
        withdraw={() => call('post', '/objections/{id}/withdrawal', { params: { id }, body: {} })}
        onDone={() => queries.invalidateQueries({ queryKey: ['objections'] })}
      />
    </div>
  );
}
