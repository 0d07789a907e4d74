// SPDX-License-Identifier: Apache-2.0
// 开票信息: chosen rows are exported for the tax system, once. What is filtered for stands in the address.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { formatFen } from '../../kit/money.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { useStaffInvoiceText } from './i18n.ts';
import { InvoiceFilters, queryIn } from './invoice-filters.tsx';
import { dayOf, invoicesAsCsv, type ListedInvoice } from './invoices.ts';
import './invoices.css';

const PAGE_SIZE = '100';

export function InvoicesPage() {
  const text = useStaffInvoiceText();
  const [address, setAddress] = useSearchParams();
  const query = { ...queryIn(address), limit: PAGE_SIZE };
  const invoices = useQuery({
    queryKey: ['staff-invoices', query],
    queryFn: ({ signal }) => call('get', '/staff/invoice-details', { query, signal }),
  });
  const turn = (cursor?: string) => {
    const next = new URLSearchParams(address);
    next.delete('cursor');
    if (cursor) next.set('cursor', cursor);
    setAddress(next);
  };
  return (
    <Main className="desk-main invoice-desk">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <InvoiceFilters key={address.toString()} address={address} onFilter={setAddress} />
      <Loaded query={invoices}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <Empty title={text.none} /> : <Chooser key={address.toString()} items={items} />}
            <div className="pager">
              {address.get('cursor') && <Button onClick={() => turn()}>{text.first}</Button>}
              {next !== null && <Button onClick={() => turn(next)}>{text.next}</Button>}
            </div>
          </>
        )}
      </Loaded>
    </Main>
  );
}

function Chooser({ items }: { items: readonly ListedInvoice[] }) {
  const text = useStaffInvoiceText();
  const isFinance = useMe().data?.roles.includes('finance') ?? false;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = items.filter(({ id }) => chosen.has(id));
  const toggle = (id: string) =>
    setChosen((last) => (last.has(id) ? new Set([...last].filter((each) => each !== id)) : new Set([...last, id])));
  return (
    <>
      {isFinance && (
        <div className="invoice-actions">
          <Checkbox
            checked={shown.length === items.length}
            indeterminate={shown.length > 0 && shown.length < items.length}
            onChange={({ target }) => setChosen(new Set(target.checked ? items.map(({ id }) => id) : []))}
          >
            {text.all}
          </Checkbox>
          <Export items={shown} onDone={() => setChosen(new Set())} />
        </div>
      )}
      <table className="rows" aria-label={text.title}>
        <TableHead columns={Object.values(text.column)} />
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} isChosen={chosen.has(item.id)} {...(isFinance && { onToggle: toggle })} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  item: ListedInvoice;
  isChosen: boolean;
  onToggle?: (id: string) => void;
}

function Row({ item, isChosen, onToggle }: RowProps) {
  const text = useStaffInvoiceText();
  const { column } = text;
  return (
    <tr>
      <td data-label={column.choose}>
        <Checkbox
          aria-label={fill(text.chooseOne, { number: item.orderNumber })}
          checked={isChosen}
          disabled={!onToggle}
          onChange={() => onToggle?.(item.id)}
        />
      </td>
      <td data-label={column.order} className="one-line">
        <code>{item.orderNumber}</code>
      </td>
      <td data-label={column.kind} className="one-line">
        {text.kinds[item.orderKind]}
      </td>
      <td data-label={column.amount} className="one-line">
        {formatFen(item.amountFen)}
      </td>
      <td data-label={column.channel} className="one-line">
        {text.channels[item.channel]}
      </td>
      <td data-label={column.paidAt} className="one-line">
        {dayOf(item.paidAt)}
      </td>
      <td data-label={column.exportedAt}>{item.exportedAt ? formatTime(item.exportedAt) : '—'}</td>
    </tr>
  );
}

function Export({ items, onDone }: { items: readonly ListedInvoice[]; onDone: () => void }) {
  const text = useStaffInvoiceText();
  const queries = useQueryClient();
  const again = items.some(({ exportedAt }) => exportedAt !== null);
  const save = useMutation({
    mutationFn: () =>
      call('post', '/staff/invoice-details/export', { body: { ids: items.map(({ id }) => id), again } }),
    async onSuccess({ items: exported }) {
      const csv = invoicesAsCsv(exported, text);
      const day = formatTime(new Date()).slice(0, 10);
      saveAs(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${text.title}-${day}.csv`);
      onDone();
      await queries.invalidateQueries({ queryKey: ['staff-invoices'] });
    },
  });
  return (
    <>
      <Button type="primary" disabled={items.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
        {fill(text.export, { count: items.length })}
      </Button>
      {again && <span className="small">{text.again}</span>}
      <span role="status" className="small">
        {save.isSuccess && items.length === 0 && fill(text.exported, { count: save.data.items.length })}
      </span>
      {save.error && <ErrorList error={toApiError(save.error)} />}
    </>
  );
}
