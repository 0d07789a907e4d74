// SPDX-License-Identifier: Apache-2.0
// 收款记录: payments, what they add up to, and first of all the refunds that somebody has to settle at the provider.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Moment } from '../../kit/moment.tsx';
import { formatFen } from '../../kit/money.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { isOffline, moneyTime } from '../../orders/paid-at.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { usePaymentsText } from './i18n.ts';
import { PaymentFilterForm } from './payment-filters.tsx';
import {
  filtersIn,
  jointWords,
  type ListedPayment,
  type PaymentFilters,
  paymentsAsCsv,
  queryOf,
  readAllPayments,
} from './payments.ts';
import './payments.css';

const PAGE_SIZE = '20';

export function PaymentsPage() {
  const text = usePaymentsText();
  const [address, setAddress] = useSearchParams();
  const filters = filtersIn(address);
  const cursor = address.get('cursor') ?? undefined;
  const payments = useQuery({
    queryKey: ['staff-payments', filters, cursor],
    queryFn: ({ signal }) =>
      call('get', '/staff/payments', {
        query: { ...queryOf(filters), limit: PAGE_SIZE, ...(cursor && { cursor }) },
        signal,
      }),
  });
  const go = (next: PaymentFilters, to?: string) => setAddress({ ...next, ...(to && { cursor: to }) });
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <PaymentFilterForm key={JSON.stringify(filters)} filters={filters} onFilter={(next) => go(next)} />
      <Loaded query={payments}>
        {({ failed, items, next, totals }) => (
          <>
            <Totals totals={totals} />
            {failed.length > 0 && (
              <Section title={text.failed}>
                <p className="notice notice-error">{text.failedLead}</p>
                <Table label={text.failed} items={failed} />
              </Section>
            )}
            <Section title={text.list} aside={<Export filters={filters} />}>
              {items.length === 0 ? <Empty title={text.none} /> : <Table label={text.list} items={items} />}
              <div className="pager">
                {cursor && <Button onClick={() => go(filters)}>{text.first}</Button>}
                {next !== null && <Button onClick={() => go(filters, next)}>{text.next}</Button>}
              </div>
            </Section>
          </>
        )}
      </Loaded>
    </Main>
  );
}

const TOTALS = ['paidFen', 'keptFen', 'returningFen', 'givenBackFen'] as const;

function Totals({ totals }: { totals: components['schemas']['StaffPayments']['totals'] }) {
  const text = usePaymentsText();
  return (
    <section className="payment-totals" aria-label={text.totals}>
      <dl>
        {TOTALS.map((name) => (
          <div key={name}>
            <dt>{text.total[name]}</dt>
            <dd>{formatFen(totals[name])}</dd>
          </div>
        ))}
      </dl>
      <p className="small">{text.totalsHint}</p>
    </section>
  );
}

function Table({ label, items }: { label: string; items: readonly ListedPayment[] }) {
  const text = usePaymentsText();
  return (
    <table className="rows" aria-label={label}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ item }: { item: ListedPayment }) {
  const text = usePaymentsText();
  const { column, kinds, states, channels } = text;
  return (
    <tr>
      <td data-label={column.number} className="one-line">
        <Link to={`/staff/payments/${item.id}`}>
          <code>{item.outTradeNo}</code>
        </Link>
        {item.joint && <div className="small">{jointWords(item.joint, text)}</div>}
      </td>
      <td data-label={column.order} className="one-line">
        <code>{item.orderNumber}</code>
      </td>
      <td data-label={column.kind} className="one-line">
        {kinds[item.orderKind]}
      </td>
      <td data-label={column.amount} className="one-line">
        {formatFen(item.amountFen)}
      </td>
      <td data-label={column.state} className="one-line">
        {states[item.state]}
      </td>
      <td data-label={column.channel} className="one-line">
        {channels[item.channel]}
      </td>
      <td data-label={column.paidAt}>{item.paidAt ? <Time channel={item.channel} at={item.paidAt} /> : '—'}</td>
      <td data-label={column.refundedAt}>
        {item.refundedAt ? <Time channel={item.channel} at={item.refundedAt} /> : '—'}
      </td>
    </tr>
  );
}

function Time({ channel, at }: { channel: string; at: string }) {
  return isOffline(channel) ? moneyTime(channel, at) : <Moment at={at} />;
}

/** Of all that the search finds, whatever page is shown. */
function Export({ filters }: { filters: PaymentFilters }) {
  const text = usePaymentsText();
  const [count, setCount] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      setCount(0);
      const csv = paymentsAsCsv(await readAllPayments(queryOf(filters), setCount), text);
      const day = formatTime(new Date()).slice(0, 10);
      saveAs(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${text.title}-${day}.csv`);
    },
  });
  return (
    <>
      {save.error && <ErrorList error={toApiError(save.error)} />}
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {save.isPending && count > 0 ? fill(text.exporting, { count }) : text.export}
      </Button>
    </>
  );
}
