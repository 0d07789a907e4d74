// SPDX-License-Identifier: Apache-2.0
// A queue of the console: what was done last, what is filtered for, a row for each case, and the way on.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useLocation } from 'react-router';
import { type ListQuery, Pager } from '../../kit/list.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';

interface QueueProps<Item, State extends string, Sort extends string> {
  title: string;
  lead: string;
  columns: readonly string[];
  /** What stands in place of the rows when there are none. */
  none: string;
  list: ListQuery<State, Sort>;
  cases: UseQueryResult<{ items: Item[]; next: string | null }>;
  Row: ComponentType<{ item: Item }>;
  className?: string;
  /** The filters. */
  children: ReactNode;
}

export function Queue<Item extends { id: string }, State extends string, Sort extends string>({
  title,
  lead,
  columns,
  none,
  list,
  cases,
  Row,
  className = '',
  children,
}: QueueProps<Item, State, Sort>) {
  const { state } = useLocation();
  return (
    <Main className={`desk-main ${className}`}>
      <PageTitle title={title} />
      <div role="status">{state?.done && <p className="notice notice-done">{state.done}</p>}</div>
      <p>{lead}</p>
      {children}
      <Loaded query={cases}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={none} />
          ) : (
            <table className="rows" aria-label={title}>
              <TableHead columns={columns} />
              <tbody>
                {items.map((item) => (
                  <Row key={item.id} item={item} />
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <Pager list={list} next={cases.data?.next ?? null} />
    </Main>
  );
}
