// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { useStaffText } from './i18n.ts';
import { Queue, useQueue } from './queue.tsx';
import { Subject } from './subject.tsx';
import '../desk/desk.css';

/** Queue, subject and decision side by side. */
export function CasePage() {
  const text = useStaffText();
  const { id = '' } = useParams();
  const order = useNewestOrder(id);
  return (
    <div className="desk-body">
      <Queue current={id} />
      <Main className="desk-main">
        <Link to="/staff/attestations" className="desk-back">
          ← {text.back}
        </Link>
        <Loaded query={order}>{(found) => <Subject key={id} order={found} />}</Loaded>
      </Main>
      <aside className="desk-decision" aria-label={text.decision}>
        {order.data && (
          <DecisionPanel key={`${id}:${order.data.round}`} order={order.data} onConflict={() => order.refetch()} />
        )}
      </aside>
    </div>
  );
}

/**
 * Every look is recorded, so the order is read once when it is opened, and again only when the queue shows that it has
 * moved on: nobody decides on a round that is over.
 */
function useNewestOrder(id: string) {
  const { view, queue } = useQueue();
  const order = useQuery({
    queryKey: ['staff-attestation', id],
    queryFn: ({ signal }) => call('get', '/staff/attestations/{id}', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const { data, dataUpdatedAt, refetch } = order;
  const listed = queue.data?.items.find((item) => item.id === id);
  const isWhole = view !== 'all' && queue.data?.next === null;
  const hasMoved = listed
    ? listed.round !== data?.round || listed.state !== data.state
    : isWhole && data?.state === 'UNDER_REVIEW';
  const isOutdated = data !== undefined && queue.dataUpdatedAt > dataUpdatedAt && hasMoved;
  useEffect(() => {
    if (isOutdated) void refetch();
  }, [isOutdated, refetch]);
  return order;
}
