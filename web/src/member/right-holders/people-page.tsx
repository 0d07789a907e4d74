// SPDX-License-Identifier: Apache-2.0
// 权利人管理: find, add, edit, archive. What is searched for stands in the address.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { RightHolder } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Filters, Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { HolderRows } from './holder-rows.tsx';
import { useHolderText } from './i18n.ts';
import './right-holders.css';

const STATES = ['VALID', 'EXPIRING', 'EXPIRED'] as const;
/** The order of this list is fixed: it shows those in use, or those that were archived. */
const SHOWN = ['inUse', 'archived'] as const;

export function PeoplePage() {
  const text = useHolderText();
  const navigate = useNavigate();
  const list = useListQuery({ states: STATES, sorts: SHOWN });
  const { sort: shown, ...query } = list.query;
  const isArchived = shown === 'archived' ? 'true' : 'false';
  const holders = useQuery({
    queryKey: ['right-holders', query, isArchived],
    queryFn: ({ signal }) => call('get', '/right-holders', { query: { ...query, isArchived }, signal }),
  });
  const [leaving, setLeaving] = useState<RightHolder>();
  const archive = useArchive();
  const labels = {
    search: text.search,
    state: text.state,
    allStates: text.allStates,
    states: text.states,
    sort: text.shown,
    sorts: { inUse: text.inUse, archived: text.archived },
  };
  const onArchive = (holder: RightHolder) => (holder.isArchived ? archive.mutate(holder) : setLeaving(holder));
  return (
    <>
      <PageTitle title={text.title} aside={<SavedNote />} />
      <Section title={text.list}>
        <Filters list={list} labels={labels}>
          <span className="push sticky-buttons">
            <Button type="primary" onClick={() => void navigate('/member/people/new')}>
              {text.add}
            </Button>
          </span>
        </Filters>
        <Loaded query={holders}>
          {({ items }) =>
            items.length > 0 ? (
              <HolderRows holders={items} onArchive={onArchive} />
            ) : (
              <Empty title={list.isFiltered ? text.emptySearch : text.empty}>
                {list.isFiltered ? (
                  <Button onClick={list.clear}>{text.clearSearch}</Button>
                ) : (
                  <Link to="/member/people/new">{text.add}</Link>
                )}
              </Empty>
            )
          }
        </Loaded>
        <Pager list={list} next={holders.data?.next ?? null} />
      </Section>
      <Confirm
        isOpen={leaving !== undefined}
        title={text.archiveTitle}
        lead={fill(text.archiveLead, { name: leaving?.name ?? '' })}
        yes={text.archive}
        no={text.no}
        action={{
          ...archive,
          mutate: () => leaving && archive.mutate(leaving, { onSuccess: () => setLeaving(undefined) }),
        }}
        onClose={() => setLeaving(undefined)}
      />
    </>
  );
}

/** Into the archive, or out of it. */
function useArchive() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, isArchived }: RightHolder) =>
      call('put', '/right-holders/{id}/archived', { params: { id }, body: { isArchived: !isArchived } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['right-holders'] }),
  });
}

/** What was saved a moment ago, told by the page that saved it. */
function SavedNote() {
  const text = useHolderText();
  const { state } = useLocation();
  const name: unknown = state && typeof state === 'object' && 'savedName' in state ? state.savedName : undefined;
  return (
    <span role="status" className="file-saved">
      {typeof name === 'string' && `✓ ${fill(text.saved, { name })}`}
    </span>
  );
}
