// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { StaffSummary } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Picture } from '../../kit/picture.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useWait } from '../wait.ts';
import { useStaffText } from './i18n.ts';

const VIEWS = ['waiting', 'back', 'all'] as const;
const POLL_MS = 15_000;

/** The list on show; refreshes automatically. */
export function useQueue() {
  const [search] = useSearchParams();
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'waiting';
  const queue = useQuery({
    queryKey: ['queue', view === 'all'],
    queryFn: ({ signal }) =>
      call('get', '/staff/attestations', {
        query: {
          sort: view === 'all' ? '-createdAt' : 'stateAt',
          limit: '100',
          ...(view !== 'all' && { state: 'UNDER_REVIEW' as const }),
        },
        signal,
      }),
    refetchInterval: POLL_MS,
  });
  return { view, queue };
}

export function Queue({ current }: { current: string | undefined }) {
  const text = useStaffText();
  const [, setSearch] = useSearchParams();
  const { view, queue } = useQueue();
  const inView = (items: readonly StaffSummary[]) => (view === 'back' ? items.filter(({ round }) => round > 1) : items);
  return (
    <aside className="queue" aria-label={text.queue}>
      <div className="queue-head">
        <h2>{view === 'all' ? text.views.all : text.queue}</h2>
        <span>{queue.data && fill(text.queueCount, { count: inView(queue.data.items).length })}</span>
      </div>
      <div className="queue-views">
        {VIEWS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === view}
            onClick={() => setSearch({ view: each }, { replace: true })}
          >
            {text.views[each]}
          </button>
        ))}
      </div>
      <Loaded query={queue}>
        {({ items }) =>
          inView(items).length === 0 ? (
            <p className="queue-empty">{view === 'back' ? text.noneBack : text.none}</p>
          ) : (
            <ul>
              {inView(items).map((item) => (
                <Item key={item.id} item={item} isCurrent={item.id === current} search={`?view=${view}`} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </aside>
  );
}

function Item({ item, isCurrent, search }: { item: StaffSummary; isCurrent: boolean; search: string }) {
  const text = useStaffText();
  const { states } = useAttestationText();
  const wait = useWait(item.waitingSince);
  const { id, displayUploadId, title, round, isOwn, state } = item;
  const picture = displayUploadId
    ? link('/staff/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: displayUploadId })
    : undefined;
  return (
    <li>
      <Link
        to={`/staff/attestations/${id}${search}`}
        className={isCurrent ? 'queue-item is-current' : 'queue-item'}
        aria-current={isCurrent ? 'true' : undefined}
      >
        <Picture source={picture} />
        <span className="queue-text">
          <strong>{title}</strong>
          <span className="small">
            {fill(text.round, { round })} {isOwn && `· ${text.own}`}
            <span>{state === 'UNDER_REVIEW' ? fill(text.waited, { time: wait }) : states[state]}</span>
          </span>
        </span>
      </Link>
    </li>
  );
}
