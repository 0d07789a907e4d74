// SPDX-License-Identifier: Apache-2.0
// 撤销 of what is registered, by senior reviewers: public, and for good.
import { useMutation } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { StaffRegistration } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Field } from '../../kit/field.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { type RegistrationReviewText, useRegistrationReviewText } from './i18n.ts';

type Reason = keyof RegistrationReviewText['revocation']['reasons'];

export function Revocation({ registration: { id, form } }: { registration: StaffRegistration }) {
  const text = useRegistrationReviewText();
  const words = text.revocation;
  const [reason, setReason] = useState<Reason>();
  const [step, setStep] = useState<'choose' | 'lacking' | 'ask'>('choose');
  const revoke = useMutation({
    mutationFn: (chosen: Reason) =>
      call('post', '/staff/registrations/{id}/revocation', { params: { id }, body: { reason: chosen } }),
  });
  return (
    <>
      <h2>{words.title}</h2>
      <div role="status">{revoke.isSuccess && <p className="notice notice-done">{words.done}</p>}</div>
      <p className="small">{words.lead}</p>
      <Field
        id="revocation-reason"
        label={words.reason}
        isRequired
        {...(step === 'lacking' && !reason && { error: words.missing })}
      >
        {({ status: _, ...control }) => (
          <Select
            {...control}
            className="whole"
            placeholder={text.choosePlease}
            disabled={revoke.isSuccess}
            value={reason}
            options={optionsOf(words.reasons)}
            onChange={(chosen) => setReason(chosen)}
          />
        )}
      </Field>
      <Button size="large" block disabled={revoke.isSuccess} onClick={() => setStep(reason ? 'ask' : 'lacking')}>
        {words.button}
      </Button>
      {reason && (
        <Confirm
          isOpen={step === 'ask'}
          title={fill(words.ask, { title: form.title })}
          lead={fill(words.askLead, { reason: words.reasons[reason] })}
          yes={words.yes}
          no={text.no}
          action={{ ...revoke, mutate: () => revoke.mutate(reason, { onSuccess: () => setStep('choose') }) }}
          onClose={() => setStep('choose')}
        />
      )}
    </>
  );
}
