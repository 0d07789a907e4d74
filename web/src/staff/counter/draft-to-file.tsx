// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { useLabelOf } from '../../orders/labels.ts';
import { useAmountWords } from '../../orders/price-words.ts';
import { useCounterText } from './i18n.ts';
import { MandateUpload } from './mandate-upload.tsx';

type Schemas = components['schemas'];
type Draft = Schemas['CounterDraft'];

interface DraftToFileProps {
  draft: Draft;
  onFiled: (filing: Schemas['CounterFiling']) => void;
}

export function DraftToFile({ draft, onFiled }: DraftToFileProps) {
  const text = useCounterText();
  const amountWords = useAmountWords();
  const { kind, title, orderNumber, userNumber, applicant, files, priceFen, discount, isOwn } = draft;
  return (
    <Section title={text.draft} aside={text.kinds[kind]}>
      <Facts
        rows={[
          [text.column.title, title],
          [text.orderNumber, <code key="number">{orderNumber}</code>],
          [text.applicant, `${applicant} ${userNumber}`],
          [text.files, fill(text.fileCount, { count: files })],
          [text.price, amountWords(priceFen, discount)],
        ]}
      />
      {isOwn ? <p className="notice">{text.ownDraft}</p> : <FilingForm draft={draft} onFiled={onFiled} />}
    </Section>
  );
}

/** What is missing in the draft is named as for its owner. */
function FilingForm({ draft: { userNumber, orderNumber, priceFen }, onFiled }: DraftToFileProps) {
  const text = useCounterText();
  const labelOfOrder = useLabelOf();
  const [mandateId, setMandate] = useState('');
  const [isSending, setSending] = useState(false);
  const labelOf = (field: string) => (field === 'mandateId' ? text.mandate : labelOfOrder(field));
  const faults = useFaults({ prefix: 'filing', labelOf });
  const file = useMutation({
    mutationFn: () =>
      call('post', '/staff/counter-filings', { body: filledIn({ userNumber, orderNumber, priceFen, mandateId }) }),
    onSuccess: onFiled,
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file.isPending && !isSending) file.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="small">{text.check}</p>
      <ErrorList {...faults} />
      <div className="form">
        <MandateUpload faults={faults} onSending={setSending} onSent={setMandate} />
      </div>
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={file.isPending} disabled={isSending}>
          {text.file}
        </Button>
      </div>
    </form>
  );
}
