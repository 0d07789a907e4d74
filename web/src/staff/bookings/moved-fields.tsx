// SPDX-License-Identifier: Apache-2.0
// What a voucher says of money that moved, and the voucher itself.
import { call } from '../../api/client.ts';
import type { FormFaults } from '../../kit/form.ts';
import { Choice, DayInput, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { PaperUpload } from '../desk/paper-upload.tsx';
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
      <PaperUpload
        {...{ field: 'voucherId', faults, isRequired: needsVoucher, onSending }}
        text={{ ...text, label: text.voucher, hint: `${text.voucherHint}${needsVoucher ? '' : ` ${text.optional}`}` }}
        send={async (bytes) => (await call('post', '/staff/offline-vouchers', { bytes })).id}
        onSent={(voucherId) => change({ voucherId })}
      />
    </>
  );
}
