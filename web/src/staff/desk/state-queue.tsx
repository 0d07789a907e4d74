// SPDX-License-Identifier: Apache-2.0
// A queue that is filtered by state and ordered by age. The address holds both; one that names no state shows the first.
import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { Queue } from './queue.tsx';

const ALL = 'ALL';
type Sort = 'stateAt' | '-stateAt';

interface StateQueueProps<Item, State extends string> {
  /** Of the query, for whoever says that it has changed. */
  name: string;
  text: {
    title: string;
    lead: string;
    column: Readonly<Record<string, string>>;
    none: string;
    state: string;
    allStates: string;
    sort: string;
    sorts: Readonly<Record<Sort, string>>;
  };
  /** Those that can be chosen. */
  states: readonly State[];
  stateNames: Readonly<Record<State, string>>;
  /** What is shown at first: the cases in one state, or all. */
  first: State | typeof ALL;
  sorts: readonly [Sort, Sort];
  read: (
    query: { state?: State; sort: Sort; cursor?: string; limit: string },
    signal: AbortSignal,
  ) => Promise<{ items: Item[]; next: string | null }>;
  Row: ComponentType<{ item: Item }>;
  className?: string;
  /** Before the filters. */
  children?: ReactNode;
}

export function StateQueue<Item extends { id: string }, State extends string>(props: StateQueueProps<Item, State>) {
  const { name, text, states, stateNames, first, sorts, read, Row, className, children } = props;
  const list = useListQuery({ states: [...states, ALL], sorts });
  const { search: _, state: chosen = first, ...rest } = list.query;
  const state = states.find((each) => each === chosen);
  const query = { ...rest, ...(state && { state }) };
  const cases = useQuery({ queryKey: [name, query], queryFn: ({ signal }) => read(query, signal) });
  const names: Readonly<Record<string, string>> = { ...stateNames, [ALL]: text.allStates };
  const { [first]: allStates = text.allStates, ...others } = names;
  return (
    <Queue
      {...{ list, cases, Row, title: text.title, lead: text.lead, none: text.none }}
      columns={Object.values(text.column)}
      {...(className && { className })}
    >
      {children}
      <Filters
        list={list}
        labels={{ state: text.state, allStates, states: others, sort: text.sort, sorts: text.sorts }}
      />
    </Queue>
  );
}
