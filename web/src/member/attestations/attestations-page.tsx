// SPDX-License-Identifier: Apache-2.0
// 确权作品管理: the orders, paid or not, one state text each.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AttestationSummary } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { Filters, Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useEarlierText } from '../earlier-certificates/i18n.ts';
import { OrderSelection } from '../orders/order-selection.tsx';
import { useWorksText } from '../works/i18n.ts';
import { EndOrder } from './end-order.tsx';
import { ordersAsCsv, readAllOrders } from './export-orders.ts';
import { OrderPictures } from './order-pictures.tsx';
import { OrderRows } from './order-rows.tsx';

const STATES = [
  'DRAFT',
  'SUBMITTED',
  'AWAITING_PAYMENT',
  'PAID',
  'UNDER_REVIEW',
  'RETURNED',
  'ANCHORING',
  'CERTIFIED',
  'REVOKED',
  'REJECTED',
  'WITHDRAWN',
  'CANCELLED',
  'CLOSED',
] as const;
const SORTS = ['-submittedAt', 'submittedAt'] as const;
const MOVING_MS = 10_000;

export function AttestationsPage() {
  const text = useAttestationText();
  const works = useWorksText();
  const earlier = useEarlierText();
  const list = useListQuery({ states: STATES, sorts: SORTS });
  const [ending, setEnding] = useState<{ id: string; how: 'cancel' | 'delete' }>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [looking, setLooking] = useState<AttestationSummary>();
  const orders = useQuery({
    queryKey: ['attestations', list.query],
    queryFn: ({ signal }) => call('get', '/attestations', { query: list.query, signal }),
    refetchInterval: MOVING_MS,
  });
  const listed = orders.data?.items ?? [];
  const labels = {
    search: text.search,
    state: works.state,
    allStates: text.allStates,
    states: Object.fromEntries(STATES.map((state) => [state, text.states[state]])),
    sort: works.sort,
    sorts: { '-submittedAt': text.newest, submittedAt: text.oldest },
  };
  return (
    <>
      <PageTitle title={text.pageTitle} aside={<Link to="/member/earlier-certificates">{earlier.title}</Link>} />
      <Section title={text.listTitle}>
        <Filters list={list} labels={labels}>
          {listed.length > 0 && (
            <OrderSelection
              kind="attestation"
              listTitle={text.listTitle}
              removeDraftsLead={text.removeDraftsLead}
              readAll={(onRead) => readAllOrders(list.query, onRead)}
              asCsv={(all) => ordersAsCsv(all, text)}
              chosen={listed.filter(({ id }) => chosen.includes(id))}
              onDone={() => setChosen([])}
            />
          )}
        </Filters>
        <Loaded query={orders}>
          {({ items }) =>
            items.length === 0 ? (
              <NoOrders isFiltered={list.isFiltered} onClear={list.clear} />
            ) : (
              <OrderRows
                orders={items}
                chosen={chosen}
                onChoose={setChosen}
                onLook={setLooking}
                onEnd={(id, how) => setEnding({ id, how })}
              />
            )
          }
        </Loaded>
        <Pager list={list} next={orders.data?.next ?? null} />
      </Section>
      <OrderPictures order={looking} onClose={() => setLooking(undefined)} />
      <EndOrder attestation={{ id: ending?.id ?? '' }} ending={ending?.how} onClose={() => setEnding(undefined)} />
    </>
  );
}

function NoOrders({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const text = useAttestationText();
  const works = useWorksText();
  return (
    <Empty title={isFiltered ? text.emptySearch : text.empty}>
      {isFiltered ? (
        <Button onClick={onClear}>{works.clearSearch}</Button>
      ) : (
        <Link to="/member/works">{text.goWorks}</Link>
      )}
    </Empty>
  );
}
