// SPDX-License-Identifier: Apache-2.0
// Lists whose search, state, order and page stand in the address, so that back, forward and a link keep them.
import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useText } from '../i18n/language.ts';
import { leftByTab } from './field.tsx';

const PAGE_SIZE = '20';

export interface ListQuery<State extends string, Sort extends string> {
  query: { search?: string; state?: State; sort: Sort; cursor?: string; limit: string };
  isFiltered: boolean;
  set: (part: Record<string, string | undefined>) => void;
  clear: () => void;
}

export function useListQuery<State extends string, Sort extends string>({
  states,
  sorts,
}: {
  states: readonly State[];
  sorts: readonly [Sort, ...Sort[]];
}): ListQuery<State, Sort> {
  const [address, setAddress] = useSearchParams();
  const search = address.get('search') ?? undefined;
  const state = states.find((each) => each === address.get('state'));
  const cursor = address.get('cursor') ?? undefined;
  const sort = sorts.find((each) => each === address.get('sort')) ?? sorts[0];
  return {
    query: { ...(search && { search }), ...(state && { state }), sort, ...(cursor && { cursor }), limit: PAGE_SIZE },
    isFiltered: Boolean(search || state),
    set(part) {
      // What is rendered may be behind the address, after two changes in one moment.
      const next = new URLSearchParams(window.location.search);
      // A cursor belongs to the list it came with.
      next.delete('cursor');
      for (const [name, value] of Object.entries(part)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      setAddress(next);
    },
    clear: () => setAddress(new URLSearchParams()),
  };
}

interface FilterLabels {
  /** Absent: the list cannot be searched. */
  search?: string;
  state: string;
  allStates: string;
  states: Readonly<Record<string, string>>;
  sort: string;
  sorts: Readonly<Record<string, string>>;
}

interface FiltersProps<State extends string, Sort extends string> {
  list: ListQuery<State, Sort>;
  labels: FilterLabels;
  children?: ReactNode;
}

export function Filters<State extends string, Sort extends string>({
  list,
  labels,
  children,
}: FiltersProps<State, Sort>) {
  const { query, set } = list;
  const [words, setWords] = useState(query.search ?? '');
  useEffect(() => setWords(query.search ?? ''), [query.search]);
  const options = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  return (
    <search className="filters" {...leftByTab}>
      {labels.search && (
        <Input.Search
          aria-label={labels.search}
          placeholder={labels.search}
          allowClear
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onSearch={(search) => set({ search: search.trim() })}
        />
      )}
      <Select
        aria-label={labels.state}
        value={query.state ?? ''}
        options={[{ value: '', label: labels.allStates }, ...options(labels.states)]}
        onChange={(state) => set({ state })}
      />
      <Select
        aria-label={labels.sort}
        value={query.sort}
        options={options(labels.sorts)}
        onChange={(sort) => set({ sort })}
      />
      {children}
    </search>
  );
}

const zh = { next: '下一页', first: '回到第一页' };
const en: typeof zh = { next: 'Next page', first: 'First page' };

export function Pager<State extends string, Sort extends string>({
  list,
  next,
}: {
  list: ListQuery<State, Sort>;
  next: string | null;
}) {
  const text = useText({ zh, en });
  if (next === null && !list.query.cursor) return null;
  return (
    <div className="pager">
      {list.query.cursor && <Button onClick={() => list.set({ cursor: undefined })}>{text.first}</Button>}
      {next !== null && <Button onClick={() => list.set({ cursor: next })}>{text.next}</Button>}
    </div>
  );
}
