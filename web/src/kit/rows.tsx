// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';

interface RowsProps {
  label: string;
  /** The first column chooses; these are the others. */
  columns: readonly string[];
  /** Those that go into another cell where the table is narrow. */
  folded?: readonly string[];
  selectAll: string;
  isAllChosen: boolean;
  onAll: (isChosen: boolean) => void;
  children: ReactNode;
}

/** A table whose rows can be chosen; on a telephone its rows are cards. */
export function Rows({ label, columns, folded = [], selectAll, isAllChosen, onAll, children }: RowsProps) {
  return (
    <table className="rows" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <Checkbox aria-label={selectAll} checked={isAllChosen} onChange={({ target }) => onAll(target.checked)} />
          </th>
          {columns.map((name) => (
            <th key={name} scope="col" className={folded.includes(name) ? 'fold' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
