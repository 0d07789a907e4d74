// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../api/client.ts';
import { Loaded } from '../kit/states.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { useStaffText } from './i18n.ts';
import { Queue } from './queue.tsx';
import { Subject } from './subject.tsx';

/** Queue, subject and decision side by side. */
export function CasePage() {
  const text = useStaffText();
  const { id = '' } = useParams();
  const order = useQuery({
    queryKey: ['staff-attestation', id],
    queryFn: ({ signal }) => call('get', '/staff/attestations/{id}', { params: { id }, signal }),
    // Every look is recorded: only one is taken.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="desk-body">
      <Queue current={id} />
      <main className="desk-main">
        <Link to="/staff" className="desk-back">
          ← {text.back}
        </Link>
        <Loaded query={order}>{(found) => <Subject key={id} order={found} />}</Loaded>
      </main>
      <aside className="desk-decision" aria-label={text.decision}>
        {order.data && (
          <DecisionPanel key={`${id}:${order.data.round}`} order={order.data} onConflict={() => order.refetch()} />
        )}
      </aside>
    </div>
  );
}
