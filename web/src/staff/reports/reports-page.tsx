// SPDX-License-Identifier: Apache-2.0
// 统计报表: what the centre did in some months. The address holds the period.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { fieldSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useKinds } from '../../orders/kinds.ts';
import { formatTime } from '../../ui/format.ts';
import { Main } from '../../ui/skip-link.tsx';
import { useReportsText } from './i18n.ts';
import { MonthPicker } from './month-picker.tsx';
import { type CentreReport, isEmpty, type Names, reportAsCsv, totalRow } from './report-rows.ts';
import { ReportView } from './report-view.tsx';
import './reports.css';

const MONTHS = 12;

export function ReportsPage() {
  const text = useReportsText();
  const [address, setAddress] = useSearchParams();
  const thisMonth = formatTime(new Date()).slice(0, 7);
  const to = address.get('to') ?? thisMonth;
  const from = address.get('from') ?? earlier(thisMonth, MONTHS - 1);
  const found = useQuery({
    queryKey: ['staff-reports', from, to],
    queryFn: async ({ signal }) => ({
      report: await call('get', '/staff/reports', { query: { from, to }, signal }),
      areas: (await import('@vant/area-data')).areaList,
    }),
  });
  const error = found.error ? toApiError(found.error) : undefined;
  const lines = (error?.errors ?? []).map((fault) => {
    const label = fault.field === 'to' ? text.to : text.from;
    return { fieldId: `reports-${fault.field}`, label, sentence: fieldSentence(fault, label) };
  });
  const picker = (name: 'from' | 'to', value: string) => (
    <Field
      id={`reports-${name}`}
      label={text[name]}
      error={lines.find(({ fieldId }) => fieldId === `reports-${name}`)?.sentence}
    >
      {({ status: _, ...control }) => (
        <MonthPicker
          {...control}
          value={value}
          max={thisMonth}
          onChange={(month) => setAddress({ from, to, [name]: month })}
        />
      )}
    </Field>
  );
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <div className="report-period">
        {picker('from', from)}
        {picker('to', to)}
      </div>
      {lines.length > 0 ? (
        <ErrorList error={error} lines={lines} />
      ) : (
        <Loaded query={found}>{({ report, areas }) => <Result report={report} areas={areas} />}</Loaded>
      )}
    </Main>
  );
}

type Codes = Readonly<Record<string, string>>;

function Result({ report, areas }: { report: CentreReport; areas: { province_list: Codes; city_list: Codes } }) {
  const text = useReportsText();
  const { workTypes } = useKinds();
  const { from, to } = report;
  const { initial, final } = report.now;
  const waiting = {
    ...{ initial: initial.waiting, initialOverdue: initial.overdue },
    ...{ final: final.waiting, finalOverdue: final.overdue },
  };
  const names: Names = {
    workTypes,
    regionOf: (code) => (code.length === 4 ? areas.city_list[`${code}00`] : areas.province_list[`${code}0000`]) ?? code,
  };
  const save = () => {
    const csv = reportAsCsv(report, names, text);
    saveAs(new Blob([csv], { type: 'text/csv;charset=utf-8' }), `${text.title}-${from}-${to}.csv`);
  };
  return (
    <>
      <div className="report-head">
        <strong>{fill(text.period, { from, to })}</strong>
        <Button onClick={save}>{text.export}</Button>
      </div>
      <p className="report-now">{fill(text.now, waiting)}</p>
      {isEmpty(totalRow(report, text)) ? <Empty title={text.nothing} /> : <ReportView report={report} names={names} />}
    </>
  );
}

function earlier(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
