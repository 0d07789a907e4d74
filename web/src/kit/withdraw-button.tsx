// SPDX-License-Identifier: Apache-2.0
// Takes back what somebody asked for, once they have confirmed it.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Confirm } from './confirm.tsx';

interface WithdrawButtonProps {
  text: { withdraw: string; withdrawTitle: string; withdrawLead: string; yesWithdraw: string; no: string };
  size?: 'large';
  withdraw: () => Promise<unknown>;
  /** Reads again what has changed. */
  onDone: () => Promise<unknown>;
}

export function WithdrawButton({ text, size, withdraw, onDone }: WithdrawButtonProps) {
  const [isAsked, setAsked] = useState(false);
  const action = useMutation({
    mutationFn: withdraw,
    onSuccess: async () => {
      setAsked(false);
      await onDone();
    },
  });
  return (
    <>
      <Button {...(size && { size })} onClick={() => setAsked(true)}>
        {text.withdraw}
      </Button>
      <Confirm
        isOpen={isAsked}
        title={text.withdrawTitle}
        lead={text.withdrawLead}
        yes={text.yesWithdraw}
        no={text.no}
        action={action}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
