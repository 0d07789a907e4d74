// SPDX-License-Identifier: Apache-2.0
// 作品管理: find, attest, edit, delete. What is searched for stands in the address.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { WorkSummary } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Filters, Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { attestStepOf } from './attest-link.tsx';
import { AttestWorks } from './attest-works.tsx';
import { DeleteWorks } from './delete-works.tsx';
import { useWorksText, type WorksText } from './i18n.ts';
import { UndoDelete } from './undo-delete.tsx';
import { WorkRows } from './work-rows.tsx';
import './works.css';

const STATES = ['DRAFT', 'ARCHIVED'] as const;
const SORTS = ['-createdAt', 'createdAt', 'title'] as const;

export function WorksPage() {
  const text = useWorksText();
  const navigate = useNavigate();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [doomed, setDoomed] = useState<readonly string[]>([]);
  const [deleted, setDeleted] = useState<readonly WorkSummary[]>([]);
  const works = useQuery({
    queryKey: ['works', list.query],
    queryFn: ({ signal }) => call('get', '/works', { query: list.query, signal }),
  });
  const items = works.data?.items ?? [];
  return (
    <>
      <PageTitle title={text.pageTitle} aside={<SavedNote />} />
      <UndoDelete works={deleted} onDone={() => setDeleted([])} />
      <Section title={text.worksTitle}>
        <Filters list={list} labels={labelsOf(text)}>
          <span className="push sticky-buttons">
            <AttestWorks
              works={items.filter(
                (work) => chosen.includes(work.id) && ['begin', 'draft'].includes(attestStepOf(work)),
              )}
            />
            {chosen.length > 0 && (
              <Button onClick={() => setDoomed(chosen)}>{fill(text.removeMany, { count: chosen.length })}</Button>
            )}
            <Button type="primary" onClick={() => void navigate('/member/publish')}>
              + {text.addWork}
            </Button>
          </span>
        </Filters>
        <Loaded query={works}>
          {(page) =>
            page.items.length === 0 ? (
              <NoWorks isFiltered={list.isFiltered} onClear={list.clear} />
            ) : (
              <WorkRows works={page.items} chosen={chosen} onChoose={setChosen} onRemove={(id) => setDoomed([id])} />
            )
          }
        </Loaded>
        <Pager list={list} next={works.data?.next ?? null} />
      </Section>
      <DeleteWorks
        works={items.filter(({ id }) => doomed.includes(id))}
        onDeleted={setDeleted}
        onClose={() => {
          setDoomed([]);
          setChosen([]);
        }}
      />
    </>
  );
}

function labelsOf(text: WorksText) {
  return {
    search: text.search,
    state: text.state,
    allStates: text.allStates,
    states: { DRAFT: text.drafts, ARCHIVED: text.archived },
    sort: text.sort,
    sorts: { '-createdAt': text.newest, createdAt: text.oldest, title: text.byTitle },
  };
}

/** What was saved a moment ago, told by the page that saved it. */
function SavedNote() {
  const text = useWorksText();
  const { state } = useLocation();
  const title: unknown = state && typeof state === 'object' && 'savedTitle' in state ? state.savedTitle : undefined;
  return (
    <span role="status" className="file-saved">
      {typeof title === 'string' && `✓ ${fill(text.saved, { title })}`}
    </span>
  );
}

function NoWorks({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const text = useWorksText();
  return (
    <Empty title={isFiltered ? text.emptySearch : text.empty}>
      {isFiltered ? (
        <Button onClick={onClear}>{text.clearSearch}</Button>
      ) : (
        <Link to="/member/publish">{text.addWork}</Link>
      )}
    </Empty>
  );
}
