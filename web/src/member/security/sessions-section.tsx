// SPDX-License-Identifier: Apache-2.0
// 登录设备: where the member is logged in, and the ways to end it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useLeave } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useSecurityText } from './i18n.ts';

type ListedSession = components['schemas']['ListedSession'];

export function SessionsSection() {
  const text = useSecurityText();
  const queries = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: ({ signal }) => call('get', '/sessions', { signal }) });
  const onSettled = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({
    mutationFn: (id: string) => call('delete', '/sessions/{id}', { params: { id } }),
    onSettled,
  });
  const endOthers = useMutation({
    mutationFn: () => call('delete', '/sessions', { query: { keep: 'current' } }),
    onSettled,
  });
  const error = end.error ?? endOthers.error;
  return (
    <Section title={text.sessionsTitle}>
      <p className="small">{text.sessionsLead}</p>
      {error !== null && <ErrorList error={toApiError(error)} />}
      <Loaded query={sessions}>
        {({ items }) => (
          <ul className="session-list" aria-label={text.sessionsTitle}>
            {items.map((session) => (
              <SessionRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
            ))}
          </ul>
        )}
      </Loaded>
      <div className="form-actions">
        <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
          {text.endOthers}
        </Button>
        <LogOutEverywhere />
        <span role="status" className="small">
          {endOthers.isSuccess && text.othersEnded}
        </span>
      </div>
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: ListedSession; onEnd: () => void }) {
  const text = useSecurityText();
  const { browser, system, place, loggedInAt, lastSeenAt, isCurrent } = session;
  const device = `${text.browsers[browser]} · ${text.systems[system]}`;
  return (
    <li>
      <div>
        <strong>{device}</strong> {isCurrent && <span className="state state-done">{text.thisDevice}</span>}
        <br />
        <span className="small">
          {fill(text.loggedIn, { time: formatTime(loggedInAt) })} ·{' '}
          {fill(text.lastSeen, { time: formatTime(lastSeenAt) })}
          {place !== '' && ` · ${fill(text.place, { place })}`}
        </span>
      </div>
      {!isCurrent && (
        <Button aria-label={fill(text.endOne, { device, time: formatTime(loggedInAt) })} onClick={onEnd}>
          {text.end}
        </Button>
      )}
    </li>
  );
}

function LogOutEverywhere() {
  const text = useSecurityText();
  const [isAsked, setAsked] = useState(false);
  const leave = useLeave();
  const action = useMutation({ mutationFn: () => call('delete', '/sessions'), onSuccess: leave });
  return (
    <>
      <Button onClick={() => setAsked(true)}>{text.endAll}</Button>
      <Confirm
        isOpen={isAsked}
        title={text.endAll}
        lead={text.endAllLead}
        yes={text.endAllYes}
        no={text.cancel}
        action={action}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
