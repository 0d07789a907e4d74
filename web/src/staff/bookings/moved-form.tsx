// SPDX-License-Identifier: Apache-2.0
// What the voucher says, of a payment or a refund, and sending it to a colleague.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { SaveButton } from '../../kit/save-button.tsx';
import { Section } from '../../kit/section.tsx';
import { useOfflineText } from './i18n.ts';
import { type Moved, MovedFields, NOTHING_MOVED } from './moved-fields.tsx';
import { forgetOffline } from './offline.ts';

interface MovedFormProps {
  /** Of a payment: the name on the voucher is asked for. */
  hasPayer?: boolean;
  needsVoucher?: boolean;
  send: (values: Omit<Moved, 'movedOn'> & { movedOn: string; payer: string }) => Promise<unknown>;
}

export function MovedForm({ hasPayer = false, needsVoucher = false, send }: MovedFormProps) {
  const text = useOfflineText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const labels: Record<string, unknown> = { ...text, voucherId: text.voucher };
  const faults = useFaults({ prefix: 'booking', labelOf: (field) => String(labels[field] ?? field) });
  const [values, setValues] = useState({ ...NOTHING_MOVED, payer: '' });
  const [isSending, setSending] = useState(false);
  const change = (part: Partial<typeof values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const save = useMutation({
    mutationFn: () => send({ ...values, movedOn: values.movedOn ?? '' }),
    onError: faults.fail,
    async onSuccess() {
      await forgetOffline(queries);
      void navigate('/staff/offline-payments', { state: { done: text.saved } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSending) save.mutate();
  };
  return (
    <Section title={text.voucherFacts}>
      <form className="form" onSubmit={submit} noValidate>
        <ErrorList {...faults} />
        <div className="form-two">
          {hasPayer && (
            <TextInput
              {...{ field: 'payer', label: text.payer, value: values.payer, faults, isRequired: true }}
              maxLength={100}
              hint={text.payerHint}
              onChange={(payer) => change({ payer })}
            />
          )}
          <MovedFields {...{ values, change, faults, needsVoucher }} onSending={setSending} />
        </div>
        <div className="form-actions">
          <SaveButton label={text.save} isSending={save.isPending} isWaiting={isSending} />
        </div>
      </form>
    </Section>
  );
}
