// SPDX-License-Identifier: Apache-2.0
// The audit log. Filters and page stand in the address, so that a search can be passed on; no personal data is in the log.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import type { AuditEntry } from '../../api/staff.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Moment } from '../../kit/moment.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditReports } from './audit-reports.tsx';
import { ChainState } from './chain-state.tsx';
import { type Filters, filtersIn, instantsOf } from './filters.ts';
import { useAuditText } from './i18n.ts';
import './audit.css';

const PAGE_SIZE = '50';

export function AuditPage() {
  const text = useAuditText();
  const [address, setAddress] = useSearchParams();
  const filters = filtersIn(address);
  const cursor = address.get('cursor') ?? undefined;
  const log = useQuery({
    queryKey: ['audit', filters, cursor],
    queryFn: ({ signal }) =>
      call('get', '/staff/audit', {
        query: { ...instantsOf(filters), limit: PAGE_SIZE, ...(cursor && { cursor }) },
        signal,
      }),
  });
  const go = (next: Filters, to?: string) => setAddress({ ...next, ...(to && { cursor: to }) });
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <ChainState />
      <AuditFilters key={JSON.stringify(filters)} filters={filters} onFilter={(next) => go(next)} />
      <Loaded query={log}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <Empty title={text.none} /> : <Rows items={items} />}
            <div className="pager">
              {cursor && <Button onClick={() => go(filters)}>{text.first}</Button>}
              {next !== null && <Button onClick={() => go(filters, next)}>{text.next}</Button>}
            </div>
          </>
        )}
      </Loaded>
      <Export filters={filters} />
      <AuditReports />
    </Main>
  );
}

function Rows({ items }: { items: readonly AuditEntry[] }) {
  const text = useAuditText();
  return (
    <table className="rows audit-rows" aria-label={text.title}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {items.map(({ seq, at, actor, actorNumber, action, subject, detail }) => (
          <tr key={seq}>
            <td data-label={text.column.seq} className="one-line">
              {seq}
            </td>
            <td data-label={text.column.at}>
              <Moment at={at} />
            </td>
            <td data-label={text.column.actor} title={actor}>
              {actorNumber ?? actor}
            </td>
            <td data-label={text.column.action}>
              <code>{action}</code>
            </td>
            <td data-label={text.column.subject}>
              <code>{subject}</code>
            </td>
            <td data-label={text.column.detail}>{detail === '{}' ? '–' : <code>{detail}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Export({ filters }: { filters: Filters }) {
  const text = useAuditText();
  const run = useMutation({
    mutationFn: (format: 'csv' | 'jsonl') => download('/staff/audit-exports', { ...instantsOf(filters), format }),
  });
  return (
    <Section title={text.export}>
      <p>{text.exportLead}</p>
      {run.error && <ErrorList error={toApiError(run.error)} />}
      <div className="account-actions">
        {(['csv', 'jsonl'] as const).map((format) => (
          <Button key={format} loading={run.isPending && run.variables === format} onClick={() => run.mutate(format)}>
            {text.exports[format]}
          </Button>
        ))}
      </div>
    </Section>
  );
}
