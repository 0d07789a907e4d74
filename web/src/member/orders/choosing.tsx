// SPDX-License-Identifier: Apache-2.0
// Lists of orders of either kind in which several can be chosen.
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { fill } from '../../i18n/fill.ts';
import { Rows } from '../../kit/rows.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useWorksText } from '../works/i18n.ts';

export interface Choosing {
  chosen: readonly string[];
  onChoose: (edit: (last: readonly string[]) => readonly string[]) => void;
}

interface ChoiceRowsProps extends Choosing {
  label: string;
  columns: readonly string[];
  folded: readonly string[];
  orders: readonly { id: string }[];
  children: ReactNode;
}

export function ChoiceRows({ orders, chosen, onChoose, ...table }: ChoiceRowsProps) {
  const { selectAll } = useWorksText();
  return (
    <Rows
      {...table}
      selectAll={selectAll}
      isAllChosen={orders.every(({ id }) => chosen.includes(id))}
      onAll={(isChosen) => onChoose(() => (isChosen ? orders.map(({ id }) => id) : []))}
    />
  );
}

export function ChoiceCell({ id, title, chosen, onChoose }: Choosing & { id: string; title: string }) {
  const { selectOne } = useWorksText();
  const { column } = useAttestationText();
  const toggle = () => onChoose((last) => (last.includes(id) ? last.filter((each) => each !== id) : [...last, id]));
  return (
    <td data-label={column.select}>
      <Checkbox aria-label={fill(selectOne, { name: title })} checked={chosen.includes(id)} onChange={toggle} />
    </td>
  );
}
