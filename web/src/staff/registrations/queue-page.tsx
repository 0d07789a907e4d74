// SPDX-License-Identifier: Apache-2.0
// 登记初审 and 登记复审: what waits at one level, the longest first, and all others to look back. The address holds the filter.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { StaffRegistrationSummary } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Filters, useListQuery } from '../../kit/list.tsx';
import { useKinds } from '../../orders/kinds.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { formatTime } from '../../ui/format.ts';
import { Queue } from '../desk/queue.tsx';
import { useRegistrationReviewText } from './i18n.ts';
import { type Level, QUEUE_KEY, WAITING_AT } from './levels.ts';
import './registrations.css';

/** Staff see nothing that was never submitted, or not paid. */
const STATES = [
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
const SORTS = ['acceptedAt', '-stateAt'] as const;
const POLL_MS = 15_000;

export const InitialQueuePage = () => <QueuePage key="initial" level="INITIAL" />;
export const FinalQueuePage = () => <QueuePage key="final" level="FINAL" />;

function QueuePage({ level }: { level: Level }) {
  const text = useRegistrationReviewText();
  const { states } = useRegistrationNames();
  const others = STATES.filter((each) => each !== WAITING_AT[level]);
  const list = useListQuery({ states: ['ALL', ...others], sorts: SORTS });
  const { state: chosen = WAITING_AT[level], ...page } = list.query;
  const query = { ...page, ...(chosen !== 'ALL' && { state: chosen }) };
  const registrations = useQuery({
    queryKey: [QUEUE_KEY, query],
    queryFn: ({ signal }) => call('get', '/staff/registrations', { query, signal }),
    refetchInterval: POLL_MS,
  });
  const { search, state, all, allStates, sort, sorts } = text.filters;
  const names = { ALL: all, ...Object.fromEntries(others.map((each) => [each, states[each]])) };
  return (
    <Queue
      title={text.queues[level]}
      lead={text.leads[level]}
      columns={Object.values(text.column)}
      none={list.isFiltered ? text.noneFiltered : text.none}
      cases={registrations}
      {...{ list, Row }}
    >
      <Filters list={list} labels={{ search, state, allStates: allStates[level], states: names, sort, sorts }} />
    </Queue>
  );
}

function Row({ item }: { item: StaffRegistrationSummary }) {
  const text = useRegistrationReviewText();
  const { states } = useRegistrationNames();
  const { workTypes } = useKinds();
  const { id, title, applicant, workType, round, state, isOwn } = item;
  return (
    <tr>
      <td data-label={text.column.title}>
        <Link to={`/staff/registrations/${id}`}>{title}</Link> {isOwn && <small>{text.own}</small>}
      </td>
      <td data-label={text.column.applicant} className="one-line">
        {applicant}
      </td>
      <td data-label={text.column.workType}>{workType && workTypes[workType]}</td>
      <td data-label={text.column.round} className="one-line">
        {fill(text.round, { round })}
      </td>
      <td data-label={text.column.state} className="one-line">
        {states[state]}
      </td>
      <td data-label={text.column.age}>
        <Age item={item} />
      </td>
    </tr>
  );
}

/** The words say what the colour says. */
function Age({ item: { duty } }: { item: StaffRegistrationSummary }) {
  const text = useRegistrationReviewText();
  if (!duty) return '–';
  const { ageDays, limitDays, dueAt, standing } = duty;
  return (
    <span className={`duty duty-${standing}`}>
      {fill(text.age, { days: ageDays })} <span className="state">{text.standings[standing]}</span>
      <small>{fill(text.due, { limit: limitDays, time: formatTime(dueAt).slice(0, 16) })}</small>
    </span>
  );
}
