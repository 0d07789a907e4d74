// SPDX-License-Identifier: Apache-2.0
// 我的版权作品: the registrations, one state text each.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { RegistrationSummary } from '../../api/registrations.ts';
import { Filters, Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { OrderSelection } from '../orders/order-selection.tsx';
import { useWorksText } from '../works/i18n.ts';
import { readAllRegistrations, registrationsAsCsv } from './export-registrations.ts';
import { useMyRegistrationText } from './i18n.ts';
import { RegistrationRows } from './registration-rows.tsx';
import { WorkPictures } from './work-pictures.tsx';

const STATES = [
  'DRAFT',
  'AWAITING_PAYMENT',
  'INITIAL_REVIEW',
  'INITIAL_RETURNED',
  'FINAL_REVIEW',
  'FINAL_RETURNED',
  'REGISTERING',
  'REGISTERED',
  'NOT_REGISTERED',
  'WITHDRAWN',
  'REVOKED',
] as const;
const SORTS = ['-createdAt', 'createdAt'] as const;
const MOVING_MS = 10_000;

export function RegistrationsPage() {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const works = useWorksText();
  const { states } = useRegistrationNames();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [looking, setLooking] = useState<RegistrationSummary>();
  const registrations = useQuery({
    queryKey: ['registrations', list.query],
    queryFn: ({ signal }) => call('get', '/registrations', { query: list.query, signal }),
    refetchInterval: MOVING_MS,
  });
  const listed = registrations.data?.items ?? [];
  const labels = {
    search: text.search,
    state: works.state,
    allStates: text.allStates,
    states,
    sort: works.sort,
    sorts: { '-createdAt': text.newest, createdAt: text.oldest },
  };
  return (
    <>
      <PageTitle title={text.pageTitle} />
      <Section title={text.listTitle}>
        <Filters list={list} labels={labels}>
          {listed.length > 0 && (
            <OrderSelection
              kind="registration"
              listTitle={text.listTitle}
              removeDraftsLead={text.removeDraftsLead}
              readAll={(onRead) => readAllRegistrations(list.query, onRead)}
              asCsv={(all) => registrationsAsCsv(all, { text, orders, states })}
              chosen={listed.filter(({ id }) => chosen.includes(id))}
              onDone={() => setChosen([])}
            />
          )}
        </Filters>
        <Loaded query={registrations}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing isFiltered={list.isFiltered} onClear={list.clear} />
            ) : (
              <RegistrationRows registrations={items} chosen={chosen} onChoose={setChosen} onLook={setLooking} />
            )
          }
        </Loaded>
        <Pager list={list} next={registrations.data?.next ?? null} />
      </Section>
      <WorkPictures registration={looking} onClose={() => setLooking(undefined)} />
    </>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const text = useMyRegistrationText();
  const works = useWorksText();
  const { goWorks } = useAttestationText();
  return (
    <Empty title={isFiltered ? text.emptySearch : text.empty}>
      {isFiltered ? <Button onClick={onClear}>{works.clearSearch}</Button> : <Link to="/member/works">{goWorks}</Link>}
    </Empty>
  );
}
