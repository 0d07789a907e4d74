// SPDX-License-Identifier: Apache-2.0
// Money outside any provider, as its payer sees it: what finance has entered and not confirmed yet, and where a transfer goes.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { formatFen } from '../../kit/money.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { useOfflineText } from './offline-text.ts';

export type WaitingOffline = components['schemas']['WaitingOfflinePayment'];

export function OfflineNotice({ waiting: { way, amountFen, since } }: { waiting: WaitingOffline }) {
  const text = useOfflineText();
  const words = { at: formatTime(since), way: text.ways[way], amount: formatFen(amountFen) };
  return <p className="notice">{fill(text.waiting, words)}</p>;
}

/** Nothing where the centre takes no transfers. */
export function BankTransfer({ orderNumber }: { orderNumber: string }) {
  const text = useOfflineText();
  const { data } = useQuery({
    queryKey: ['bank-account'],
    queryFn: ({ signal }) => call('get', '/bank-account', { signal }),
  });
  if (!data?.account) return null;
  const { holder, bank, number } = data.account;
  const rows = [
    [text.holder, holder],
    [text.bank, bank],
    [text.number, number],
    [text.reference, orderNumber],
  ] as const;
  return (
    <Section title={text.transfer}>
      <p>{text.transferLead}</p>
      <Facts
        rows={rows.map(([label, value]) => [label, <Copyable key={label} value={value} label={label} isWhole />])}
      />
      <p className="small">{text.referenceHint}</p>
    </Section>
  );
}
