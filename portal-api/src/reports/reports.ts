// SPDX-License-Identifier: Apache-2.0
// 统计报表: figures of the database as the answer groups them. Every one of them comes from the same rows.
import type { OrderKind } from '../orders/index.ts';
import { REVIEW_DAYS } from '../registration-reviews/index.ts';
import { WORK_TYPES } from '../works/index.ts';
import { monthsOf, type Period } from './months.ts';
import type { CentreReport, DutyTimes, Figures } from './reports.schema.ts';
import type { FigureRow, Measure } from './reports.sql.ts';
import { hideSmallGroups } from './small-groups.ts';

type Groups<Name extends 'workTypes' | 'regions'> = CentreReport[Name];

export function reportOf(rows: readonly FigureRow[], period: Period): Omit<CentreReport, 'now'> {
  const of = (dimension: FigureRow['dimension']) => rows.filter((row) => row.dimension === dimension);
  const byMonth = of('month');
  return {
    ...period,
    total: { ...byKind(of('all')), ...dutiesOf(of('all')) },
    months: monthsOf(period).map((month) => {
      const some = byMonth.filter(({ value }) => value === month);
      return { month, ...byKind(some), ...dutiesOf(some) };
    }),
    workTypes: groupsOf(of('work-type'), (value) => WORK_TYPES.find((each) => each === value) ?? null),
    regions: groupsOf(of('region'), (value) => value),
  };
}

const byKind = (rows: readonly FigureRow[]): Record<OrderKind, Figures> => ({
  attestation: figuresOf(rows, 'attestation'),
  registration: figuresOf(rows, 'registration'),
});

function figuresOf(rows: readonly FigureRow[], kind: OrderKind): Figures {
  const sum = (measure: Measure, field: 'count' | 'fen') =>
    rows.filter((row) => row.kind === kind && row.measure === measure).reduce((total, row) => total + row[field], 0);
  const [paidFen, givenBackFen] = [sum('paid', 'fen'), sum('given-back', 'fen')];
  return {
    submitted: sum('submitted', 'count'),
    completed: sum('completed', 'count'),
    returned: sum('returned', 'count'),
    refused: sum('refused', 'count'),
    payments: sum('paid', 'count'),
    paidFen,
    returningFen: sum('returning', 'fen'),
    givenBackFen,
    incomeFen: paidFen - givenBackFen,
    refunds: sum('refunded', 'count'),
    refundedFen: sum('refunded', 'fen'),
    discounts: sum('discounted', 'count'),
    discountFen: sum('discounted', 'fen'),
  };
}

function dutiesOf(rows: readonly FigureRow[]): { notice: DutyTimes; finish: DutyTimes } {
  const timesOf = (measure: Measure, limitDays: number): DutyTimes => {
    const row = rows.find((each) => each.measure === measure);
    const median = row?.medianDays ?? null;
    return {
      limitDays,
      decided: row?.count ?? 0,
      inTime: row?.inTime ?? 0,
      medianDays: median === null ? null : Math.round(median * 100) / 100,
    };
  };
  return { notice: timesOf('noticed', REVIEW_DAYS.INITIAL), finish: timesOf('finished', REVIEW_DAYS.FINAL) };
}

function groupsOf<Value extends string>(
  rows: readonly FigureRow[],
  nameOf: (text: string | null) => Value | null,
): { items: ({ value: Value | null } & Record<OrderKind, Figures>)[]; rest: Groups<'regions'>['rest'] } {
  const byValue = Map.groupBy(rows, ({ value }) => nameOf(value));
  const groups = [...byValue].map(([value, some]) => ({
    value,
    owners: new Set(some.flatMap(({ owners }) => owners ?? [])),
    size: some.reduce((size, { owners, count }) => size + (owners ? count : 0), 0),
  }));
  const { shown, rest } = hideSmallGroups(groups);
  const rowsOf = (values: readonly (Value | null)[]) => values.flatMap((value) => byValue.get(value) ?? []);
  return {
    items: shown.map((value) => ({ value, ...byKind(rowsOf([value])) })),
    rest: rest.length === 0 ? null : { groups: rest.length, ...byKind(rowsOf(rest)) },
  };
}
