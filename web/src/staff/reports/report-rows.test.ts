// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type CentreReport, type Figures, reportAsCsv } from './report-rows.ts';

const figures = (part: Partial<Figures> = {}): Figures => ({
  ...{ submitted: 0, completed: 0, returned: 0, refused: 0, payments: 0, paidFen: 0, returningFen: 0 },
  ...{ givenBackFen: 0, incomeFen: 0, refunds: 0, refundedFen: 0, discounts: 0, discountFen: 0, ...part },
});

const byKind = { attestation: figures({ submitted: 3, paidFen: 3_001, incomeFen: 3_001 }), registration: figures() };
const duties = {
  notice: { limitDays: 7, decided: 4, inTime: 3, medianDays: 2.5 },
  finish: { limitDays: 30, decided: 0, inTime: 0, medianDays: null },
};

const REPORT: CentreReport = {
  ...{ from: '2026-10', to: '2026-10' },
  total: { ...byKind, ...duties },
  months: [{ month: '2026-10', ...byKind, ...duties }],
  workTypes: { items: [{ value: 'TEXT', ...byKind }], rest: null },
  regions: { items: [{ value: '3701', ...byKind }], rest: { groups: 2, ...byKind } },
  now: { initial: { waiting: 0, overdue: 0 }, final: { waiting: 0, overdue: 0 } },
};

describe('a report as CSV', () => {
  it('has a row for each group and kind, money in yuan, and names as text even where they look like formulas', async () => {
    const { zh } = await import('./i18n.ts');
    const names = { workTypes: { TEXT: '=1+1' }, regionOf: (code: string) => (code === '3701' ? '济南市' : code) };
    const lines = reportAsCsv(REPORT, names, zh).split('\r\n');
    const cells = lines.map((line) => line.replace('\ufeff', '').slice(1, -1).split('","'));
    expect(cells[0]?.slice(0, 4)).to.deep.equal(['分组', '名称', '业务', '提交']);
    expect(cells.slice(1, -1).map(([group, name, kind]) => [group, name, kind])).to.deep.equal(
      [
        ['合计', '合计'],
        ['月份', '2026-10'],
        ['按作品类型', "'=1+1"],
        ['按地区', '济南市'],
        ['按地区', '合并的 2 组'],
      ].flatMap((row) => ['确权存证', '版权登记'].map((kind) => [...row, kind])),
    );
    expect(cells[1]?.[cells[0]?.indexOf('收入') ?? -1]).to.equal('30.01');
    expect(cells[2]?.slice(-6)).to.deep.equal(['4', '3', '2.5', '0', '0', '']);
    expect(new Set(cells.slice(0, -1).map(({ length }) => length)).size).to.equal(1);
  });
});
