// SPDX-License-Identifier: Apache-2.0
// 消息: the inbox, and by which channels else the member is told.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Pager, useListQuery } from '../../kit/list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Failure, Loaded } from '../../kit/states.tsx';
import { useMessagesText } from './i18n.ts';
import { MessageRows } from './message-rows.tsx';
import './messages.css';
import { PreferenceForm } from './preference-form.tsx';
import { useMarkRead } from './unread.ts';

export function MessagesPage() {
  const text = useMessagesText();
  return (
    <>
      <PageTitle title={text.pageTitle} />
      <Inbox />
      <Preference />
    </>
  );
}

function Inbox() {
  const text = useMessagesText();
  const list = useListQuery({ states: ['unread'], sorts: ['newest'] });
  const { cursor, limit, state } = list.query;
  const isUnreadOnly = state === 'unread';
  const messages = useQuery({
    queryKey: ['messages', cursor, isUnreadOnly],
    queryFn: ({ signal }) =>
      call('get', '/messages', {
        query: { limit, ...(cursor && { cursor }), ...(isUnreadOnly && { unread: 'true' as const }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const marking = useMarkRead();
  const unread = messages.data?.unread ?? 0;
  const newest = messages.data?.items[0];
  return (
    <Section title={text.listTitle} aside={unread > 0 && fill(text.unreadCount, { n: unread })}>
      <div className="filters">
        <Select
          aria-label={text.show}
          value={isUnreadOnly ? 'unread' : ''}
          options={[
            { value: '', label: text.all },
            { value: 'unread', label: text.unreadOnly },
          ]}
          onChange={(chosen) => list.set({ state: chosen })}
        />
        {unread > 0 && newest && !cursor && (
          <Button loading={marking.isPending} onClick={() => marking.mutate({ upTo: newest.id })}>
            {text.markAllRead}
          </Button>
        )}
      </div>
      {marking.error && <Failure error={marking.error} />}
      <Loaded query={messages}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={isUnreadOnly ? text.emptyUnread : text.empty}>
              {isUnreadOnly && <Button onClick={list.clear}>{text.showAll}</Button>}
            </Empty>
          ) : (
            <MessageRows messages={items} onRead={(id) => marking.mutate({ id })} />
          )
        }
      </Loaded>
      <Pager list={list} next={messages.data?.next ?? null} />
    </Section>
  );
}

function Preference() {
  const text = useMessagesText();
  const preference = useQuery({
    queryKey: ['message-preference'],
    queryFn: ({ signal }) => call('get', '/message-preference', { signal }),
    // A choice in progress must not be overwritten.
    refetchOnWindowFocus: false,
  });
  return (
    <Section title={text.preferenceTitle}>
      <Loaded query={preference}>{(data) => <PreferenceForm initial={data} />}</Loaded>
    </Section>
  );
}
