// SPDX-License-Identifier: Apache-2.0
// 受理回执: what the ledger promised of an order, whether it kept it, and the receipt itself to keep.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../api/api-error.ts';
import type { Attestation } from '../api/attestations.ts';
import { download } from '../api/download.ts';
import { errorSentence } from '../api/sentences.ts';
import { fill } from '../i18n/fill.ts';
import { FieldFault } from '../kit/field.tsx';
import { Facts, Section } from '../kit/section.tsx';
import { formatTime } from '../ui/format.ts';
import { useAttestationText } from './i18n.ts';

interface ReceiptSectionProps {
  /** Of the order in the API, such as `/attestations/<id>`. */
  address: string;
  receipt: Attestation['receipt'];
}

/** Nothing where the ledger gives no receipts. */
export function ReceiptSection({ address, receipt }: ReceiptSectionProps) {
  const text = useAttestationText().receipt;
  const save = useMutation({ mutationFn: () => download(`${address}/receipt`) });
  if (!receipt) return null;
  const { state, purpose, number, receivedAt, anchorBy } = receipt;
  const isBad = state === 'OVERDUE' || state === 'BROKEN';
  return (
    <Section title={text.title}>
      <p className={isBad ? 'notice notice-error' : undefined} role="status">
        {fill(text.states[state], { time: formatTime(anchorBy) })}
      </p>
      <Facts
        rows={[
          [text.of, text.purposes[purpose]],
          [text.number, <code key="number">{number}</code>],
          [text.receivedAt, formatTime(receivedAt)],
          [text.anchorBy, formatTime(anchorBy)],
        ]}
      />
      <p className="small">{text.hint}</p>
      <p className="small">
        <a href="/v" target="_blank" rel="noopener">
          {text.verify}
        </a>
      </p>
      <Button size="large" loading={save.isPending} onClick={() => save.mutate()}>
        {text.download}
      </Button>
      {save.error && <FieldFault text={errorSentence(toApiError(save.error).code)} />}
    </Section>
  );
}
