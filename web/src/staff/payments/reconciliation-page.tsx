// SPDX-License-Identifier: Apache-2.0
// 对账: how the provider's statement of a day differs from our payments. The day stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { DayPicker } from '../../kit/day-picker.tsx';
import { Field } from '../../kit/field.tsx';
import { formatFen } from '../../kit/money.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { usePaymentsText } from './i18n.ts';
import './payments.css';

type Reconciliation = components['schemas']['Reconciliation'];
type Difference = Reconciliation['differences'][number];

const DAY_MS = 86_400_000;

export function ReconciliationPage() {
  const text = usePaymentsText();
  const [address, setAddress] = useSearchParams();
  const today = formatTime(new Date()).slice(0, 10);
  // The newest day that is over.
  const day = address.get('day') ?? formatTime(new Date(Date.now() - DAY_MS)).slice(0, 10);
  const found = useQuery({
    queryKey: ['reconciliation', day],
    queryFn: ({ signal }) => call('get', '/staff/payments/reconciliation', { query: { day }, signal }),
  });
  return (
    <Main className="desk-main">
      <PageTitle title={text.reconciliation} />
      <p className="desk-lead">{text.reconciliationLead}</p>
      <div className="reconciliation-day">
        <Field id="reconciliation-day" label={text.day}>
          {(control) => (
            <DayPicker
              {...control}
              value={day}
              max={today}
              onChange={(chosen) => chosen !== null && setAddress({ day: chosen })}
            />
          )}
        </Field>
      </div>
      <Loaded query={found}>{(reconciliation) => <Result reconciliation={reconciliation} />}</Loaded>
    </Main>
  );
}

function Result({ reconciliation }: { reconciliation: Reconciliation }) {
  const text = usePaymentsText();
  const { day, isOver, differences, discountFen } = reconciliation;
  return (
    <>
      {!isOver && <p className="notice">{text.notOver}</p>}
      <div role="status">
        {differences.length === 0 ? (
          <p className="notice notice-done">{fill(text.same, { day })}</p>
        ) : (
          <p className="notice notice-error">{fill(text.differences, { day, count: differences.length })}</p>
        )}
      </div>
      {differences.length > 0 && <Differences differences={differences} />}
      <Section title={text.totals}>
        <Sums {...reconciliation} />
        {discountFen > 0 && <p>{fill(text.discounted, { amount: formatFen(discountFen) })}</p>}
        <p className="small">{text.sumsHint}</p>
      </Section>
    </>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const text = usePaymentsText();
  const column = text.difference;
  const amount = (fen: number | null) => (fen === null ? '—' : formatFen(fen));
  return (
    <table className="rows" aria-label={text.reconciliation}>
      <TableHead columns={Object.values(column)} />
      <tbody>
        {differences.map(({ kind, fault, outTradeNo, paymentId, thereFen, hereFen, state }) => (
          <tr key={`${kind} ${outTradeNo}`}>
            <td data-label={column.kind} className="one-line">
              {text.entries[kind]}
            </td>
            <td data-label={column.number} className="one-line">
              {paymentId ? (
                <Link to={`/staff/payments/${paymentId}`}>
                  <code>{outTradeNo}</code>
                </Link>
              ) : (
                <code>{outTradeNo}</code>
              )}
            </td>
            <td data-label={column.fault}>{text.faults[fault]}</td>
            <td data-label={column.there} className="one-line">
              {amount(thereFen)}
            </td>
            <td data-label={column.here} className="one-line">
              {amount(hereFen)}
            </td>
            <td data-label={column.state} className="one-line">
              {state ? text.states[state] : '—'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sums({ there, here, offline }: Pick<Reconciliation, 'there' | 'here' | 'offline'>) {
  const text = usePaymentsText();
  const { payments, paidFen, refunds, refundedFen } = text.sums;
  const sides = [
    [text.there, there],
    [text.here, here],
    ...(offline.payments + offline.refunds > 0 ? [[text.offlineSums, offline] as const] : []),
  ] as const;
  return (
    <table className="rows" aria-label={text.totals}>
      <TableHead columns={[text.side, payments, paidFen, refunds, refundedFen]} />
      <tbody>
        {sides.map(([name, sums]) => (
          <tr key={name}>
            <td data-label={text.side}>{name}</td>
            <td data-label={payments}>{sums.payments}</td>
            <td data-label={paidFen}>{formatFen(sums.paidFen)}</td>
            <td data-label={refunds}>{sums.refunds}</td>
            <td data-label={refundedFen}>{formatFen(sums.refundedFen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
