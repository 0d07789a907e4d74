// SPDX-License-Identifier: Apache-2.0
// What a voucher says of money that moved, and the voucher itself.
import { type ChangeEvent, useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { Choice, DayInput, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { useOfflineText } from './i18n.ts';

const WAYS = ['transfer', 'cash'] as const;

export interface Moved {
  way: (typeof WAYS)[number];
  reference: string;
  movedOn: string | null;
  voucherId: string;
}

export const NOTHING_MOVED: Moved = { way: 'transfer', reference: '', movedOn: null, voucherId: '' };

interface MovedFieldsProps {
  values: Moved;
  change: (part: Partial<Moved>) => void;
  faults: FormFaults;
  needsVoucher: boolean;
  onSending: (isSending: boolean) => void;
}

export function MovedFields({ values, change, faults, needsVoucher, onSending }: MovedFieldsProps) {
  const text = useOfflineText();
  return (
    <>
      <Choice
        {...{ field: 'way', label: text.way, value: values.way, faults, isRequired: true }}
        options={WAYS.map((value) => ({ value, label: text.ways[value] }))}
        onChange={(way) => way && change({ way })}
      />
      <DayInput
        {...{ field: 'movedOn', label: text.movedOn, value: values.movedOn, faults, isRequired: true }}
        max={todayInChina()}
        onChange={(movedOn) => change({ movedOn })}
      />
      <TextInput
        {...{ field: 'reference', label: text.reference, value: values.reference, faults, isRequired: true }}
        maxLength={40}
        hint={text.referenceHint}
        onChange={(reference) => change({ reference })}
      />
      <Voucher {...{ faults, isRequired: needsVoucher, onSending }} onSent={(voucherId) => change({ voucherId })} />
    </>
  );
}

interface VoucherProps {
  faults: FormFaults;
  isRequired: boolean;
  onSent: (id: string) => void;
  onSending: (isSending: boolean) => void;
}

/** Sent as soon as it is chosen. */
function Voucher({ faults, isRequired, onSent, onSending }: VoucherProps) {
  const text = useOfflineText();
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string>();
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (!file) return;
    setFault(undefined);
    setNote(fill(text.sending, { name: file.name }));
    onSending(true);
    try {
      onSent((await call('post', '/staff/offline-vouchers', { bytes: file })).id);
      setNote(fill(text.sent, { name: file.name }));
    } catch (error) {
      onSent('');
      setNote('');
      setFault(errorSentence(toApiError(error).code));
    } finally {
      onSending(false);
    }
  };
  return (
    <Field
      id={faults.idOf('voucherId')}
      label={text.voucher}
      isRequired={isRequired}
      error={fault ?? faults.sentenceOf('voucherId')}
      hint={`${text.voucherHint}${isRequired ? '' : ` ${text.optional}`}`}
      note={note || undefined}
    >
      {({ status: _, count: __, ...control }) => (
        <label className="voucher-button">
          {text.choose}
          <input
            {...control}
            type="file"
            aria-label={text.voucher}
            accept="application/pdf,image/jpeg,image/png"
            className="visually-hidden"
            onChange={(event) => void choose(event)}
          />
        </label>
      )}
    </Field>
  );
}
