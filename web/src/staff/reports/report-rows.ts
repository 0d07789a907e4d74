// SPDX-License-Identifier: Apache-2.0
// The rows of a report, as tables, charts and the file show them.
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { csvOf } from '../../kit/csv.ts';
import { yuanOf } from '../../kit/money.ts';
import type { ReportsText } from './i18n.ts';

export type CentreReport = components['schemas']['CentreReport'];
export type Figures = components['schemas']['ReportFigures'];
export type DutyTimes = components['schemas']['ReportDutyTimes'];

export const KINDS = ['attestation', 'registration'] as const;
export const DUTIES = ['notice', 'finish'] as const;
type Kind = (typeof KINDS)[number];

export interface ReportRow {
  key: string;
  label: string;
  attestation: Figures;
  registration: Figures;
  duties?: Record<(typeof DUTIES)[number], DutyTimes>;
}

/** What works and places are called. */
export interface Names {
  workTypes: Readonly<Record<string, string>>;
  regionOf: (code: string) => string;
}

export const sumOf = (row: ReportRow, name: keyof Figures): number => row.attestation[name] + row.registration[name];

export const isEmpty = (row: ReportRow): boolean =>
  KINDS.every((kind) => Object.values(row[kind]).every((value) => value === 0)) &&
  DUTIES.every((duty) => !row.duties || row.duties[duty].decided === 0);

export const totalRow = ({ total }: CentreReport, text: ReportsText): ReportRow => {
  const { attestation, registration, ...duties } = total;
  return { key: 'total', label: text.total, attestation, registration, duties };
};

export const monthRows = ({ months }: CentreReport): ReportRow[] =>
  months.map(({ month, attestation, registration, ...duties }) => ({
    ...{ key: month, label: month, attestation, registration, duties },
  }));

export function groupRows(
  { items, rest }: CentreReport['workTypes'] | CentreReport['regions'],
  nameOf: (value: string) => string,
  text: ReportsText,
): ReportRow[] {
  const rows = items.map(({ value, ...figures }) => ({
    key: value ?? 'unknown',
    label: value === null ? text.unknown : nameOf(value),
    ...figures,
  }));
  if (rest === null) return rows;
  const { groups, ...figures } = rest;
  return [...rows, { key: 'rest', label: fill(text.rest, { groups }), ...figures }];
}

/** One table, a row for each group and kind: what spreadsheets can filter and add up. */
export function reportAsCsv(report: CentreReport, names: Names, text: ReportsText): string {
  const { sections } = text;
  const figures = Object.keys(text.figures) as (keyof Figures)[]; // the keys of the catalogue are those of the type
  const head = [text.dimension, text.name, text.kind, ...figures.map((name) => text.figures[name]), ...dutyHeads(text)];
  const groups: [string, ReportRow[]][] = [
    [text.total, [totalRow(report, text)]],
    [text.month, monthRows(report)],
    [sections.workTypes, groupRows(report.workTypes, (type) => names.workTypes[type] ?? type, text)],
    [sections.regions, groupRows(report.regions, names.regionOf, text)],
  ];
  const rows = groups.flatMap(([dimension, some]) =>
    some.flatMap((row) =>
      KINDS.map((kind) => [
        ...[dimension, row.label, text.kinds[kind]],
        ...figures.map((name) => cellOf(name, row[kind][name])),
        ...dutyCells(row, kind),
      ]),
    ),
  );
  return csvOf([head, ...rows]);
}

const cellOf = (name: keyof Figures, value: number): string => (name.endsWith('Fen') ? yuanOf(value) : String(value));

const dutyHeads = (text: ReportsText): string[] =>
  DUTIES.flatMap((name) => {
    const duty = text.duties[name];
    const days = name === 'notice' ? 7 : 30;
    return [text.decided, text.inTime, text.median].map((words) => fill(words, { duty, days }));
  });

const dutyCells = ({ duties }: ReportRow, kind: Kind): string[] =>
  DUTIES.flatMap((name) => {
    const times = kind === 'registration' ? duties?.[name] : undefined;
    return times ? [String(times.decided), String(times.inTime), String(times.medianDays ?? '')] : ['', '', ''];
  });
