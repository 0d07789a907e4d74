// SPDX-License-Identifier: Apache-2.0
import { TableHead } from '../../kit/table-head.tsx';
import type { ReportRow } from './report-rows.ts';

export interface Column {
  name: string;
  show: (row: ReportRow) => string;
}

/** The last row is the total, where `hasTotal` says so. */
export function FigureTable({
  label,
  columns,
  rows,
  hasTotal = false,
}: {
  label: string;
  columns: readonly Column[];
  rows: readonly ReportRow[];
  hasTotal?: boolean;
}) {
  return (
    <table className="rows report-table" aria-label={label}>
      <TableHead columns={columns.map(({ name }) => name)} />
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.key} {...(hasTotal && index === rows.length - 1 && { className: 'report-total' })}>
            {columns.map(({ name, show }) => (
              <td key={name} data-label={name}>
                {show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
