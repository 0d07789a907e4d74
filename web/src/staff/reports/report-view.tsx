// SPDX-License-Identifier: Apache-2.0
// A report as sections, each a chart and the table that says the same.
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { Section } from '../../kit/section.tsx';
import { BarChart } from '../../ui/bar-chart.tsx';
import { type Column, FigureTable } from './figure-table.tsx';
import { type ReportsText, useReportsText } from './i18n.ts';
import {
  type CentreReport,
  DUTIES,
  type DutyTimes,
  type Figures,
  groupRows,
  KINDS,
  monthRows,
  type Names,
  type ReportRow,
  sumOf,
  totalRow,
} from './report-rows.ts';

export function ReportView({ report, names }: { report: CentreReport; names: Names }) {
  const text = useReportsText();
  return (
    <>
      <OrderSection report={report} />
      <DutySection report={report} />
      <MoneySection report={report} />
      <KindSection report={report} />
      <GroupSection
        name="workTypes"
        hint={text.groupsHint}
        rows={groupRows(report.workTypes, (type) => names.workTypes[type] ?? type, text)}
      />
      <GroupSection name="regions" hint={text.regionsHint} rows={groupRows(report.regions, names.regionOf, text)} />
    </>
  );
}

function OrderSection({ report }: { report: CentreReport }) {
  const text = useReportsText();
  const rows = monthRows(report);
  const ofKind = (kind: (typeof KINDS)[number], name: 'submitted' | 'completed'): Column => ({
    name: fill(text.ofKind, { kind: text.kinds[kind], figure: text.figures[name] }),
    show: (row) => String(row[kind][name]),
  });
  const columns = [
    labelColumn(text.month),
    ...KINDS.flatMap((kind) => [ofKind(kind, 'submitted'), ofKind(kind, 'completed')]),
    sumColumn('returned', text),
    sumColumn('refused', text),
  ];
  return (
    <Section title={text.sections.orders}>
      <BarChart title={text.charts.orders} labels={labelsOf(rows)} series={byKind(rows, 'submitted', text)} />
      <FigureTable hasTotal label={text.sections.orders} columns={columns} rows={[...rows, totalRow(report, text)]} />
      <p className="small">{text.ordersHint}</p>
    </Section>
  );
}

function DutySection({ report }: { report: CentreReport }) {
  const text = useReportsText();
  const rows = monthRows(report);
  const columns = [labelColumn(text.month), ...DUTIES.flatMap((duty) => dutyColumns(duty, text))];
  const series = DUTIES.map((duty) => ({
    name: text.duties[duty],
    values: rows.map(({ duties }) => (duties ? (percentOf(duties[duty]) ?? 0) : 0)),
  }));
  return (
    <Section title={text.sections.duties}>
      <BarChart title={`${text.charts.duties} (%)`} labels={labelsOf(rows)} series={series} />
      <FigureTable hasTotal label={text.sections.duties} columns={columns} rows={[...rows, totalRow(report, text)]} />
      <p className="small">{text.dutiesHint}</p>
    </Section>
  );
}

function dutyColumns(name: (typeof DUTIES)[number], text: ReportsText): Column[] {
  const duty = text.duties[name];
  const column = (words: string, show: (times: DutyTimes) => string): Column => ({
    name: fill(words, { duty, days: name === 'notice' ? 7 : 30 }),
    show: ({ duties }) => (duties ? show(duties[name]) : '–'),
  });
  return [
    column(text.decided, ({ decided }) => String(decided)),
    column(text.inTime, (times) => {
      const percent = percentOf(times);
      return percent === undefined ? '–' : fill(text.share, { count: times.inTime, percent });
    }),
    column(text.median, ({ medianDays }) => (medianDays === null ? '–' : fill(text.days, { days: medianDays }))),
  ];
}

/** Down, so that 100 means all. */
const percentOf = ({ decided, inTime }: DutyTimes): number | undefined =>
  decided === 0 ? undefined : Math.floor((inTime / decided) * 100);

const MONEY = [
  'payments',
  'paidFen',
  'returningFen',
  'givenBackFen',
  'incomeFen',
  'refunds',
  'refundedFen',
  'discountFen',
] as const satisfies readonly (keyof Figures)[];

function MoneySection({ report }: { report: CentreReport }) {
  const text = useReportsText();
  const rows = monthRows(report);
  const columns = [labelColumn(text.month), ...MONEY.map((name) => sumColumn(name, text))];
  const series = byKind(rows, 'incomeFen', text).map(({ name, values }) => ({
    name,
    values: values.map((fen) => fen / 100),
  }));
  return (
    <Section title={text.sections.money}>
      <BarChart title={text.charts.money} labels={labelsOf(rows)} series={series} />
      <FigureTable hasTotal label={text.sections.money} columns={columns} rows={[...rows, totalRow(report, text)]} />
      <p className="small">{text.moneyHint}</p>
    </Section>
  );
}

function KindSection({ report: { total } }: { report: CentreReport }) {
  const text = useReportsText();
  const rows = KINDS.map((kind) => ({ kind, key: kind, label: text.kinds[kind], ...total }));
  const names = ['submitted', 'completed', 'returned', 'refused', 'paidFen', 'givenBackFen', 'incomeFen'] as const;
  const columns = [
    labelColumn(text.kind),
    ...names.map((name) => ({
      name: text.figures[name],
      show: ({ key }: ReportRow) => shown(name, total[key === 'attestation' ? 'attestation' : 'registration'][name]),
    })),
  ];
  return (
    <Section title={text.sections.kinds}>
      <FigureTable label={text.sections.kinds} columns={columns} rows={rows} />
    </Section>
  );
}

function GroupSection({
  name,
  hint,
  rows,
}: {
  name: 'workTypes' | 'regions';
  hint: string;
  rows: readonly ReportRow[];
}) {
  const text = useReportsText();
  const sums = ['completed', 'returned', 'paidFen', 'givenBackFen', 'incomeFen'] as const;
  const columns = [
    labelColumn(text.name),
    ...KINDS.map((kind) => ({
      name: fill(text.ofKind, { kind: text.kinds[kind], figure: text.figures.submitted }),
      show: (row: ReportRow) => String(row[kind].submitted),
    })),
    ...sums.map((each) => sumColumn(each, text)),
  ];
  if (rows.length === 0) return null;
  return (
    <Section title={text.sections[name]}>
      <BarChart isAcross title={text.charts[name]} labels={labelsOf(rows)} series={byKind(rows, 'submitted', text)} />
      <FigureTable label={text.sections[name]} columns={columns} rows={rows} />
      <p className="small">{hint}</p>
    </Section>
  );
}

const labelColumn = (name: string): Column => ({ name, show: ({ label }) => label });

const sumColumn = (name: keyof Figures, text: ReportsText): Column => ({
  name: text.figures[name],
  show: (row) => shown(name, sumOf(row, name)),
});

const shown = (name: keyof Figures, value: number): string => (name.endsWith('Fen') ? formatFen(value) : String(value));

const labelsOf = (rows: readonly ReportRow[]): string[] => rows.map(({ label }) => label);

const byKind = (rows: readonly ReportRow[], name: keyof Figures, text: ReportsText) =>
  KINDS.map((kind) => ({ name: text.kinds[kind], values: rows.map((row) => row[kind][name]) }));
