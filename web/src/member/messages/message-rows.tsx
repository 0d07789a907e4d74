// SPDX-License-Identifier: Apache-2.0
import type { MouseEvent } from 'react';
import { Link } from 'react-router';
import { actFor } from '../../api/organisations.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { formatTime } from '../../ui/format.ts';
import { useMessagesText } from './i18n.ts';

export type Message = components['schemas']['Message'];

interface MessageRowsProps {
  messages: readonly Message[];
  onRead: (id: string) => void;
}

/** Opening a message's page reads it. */
export function MessageRows({ messages, onRead }: MessageRowsProps) {
  return (
    <ul className="messages">
      {messages.map((message) => (
        <MessageRow key={message.id} message={message} onRead={() => onRead(message.id)} />
      ))}
    </ul>
  );
}

function MessageRow({ message, onRead }: { message: Message; onRead: () => void }) {
  const text = useMessagesText();
  const { title, body } = message.text[useLanguage()];
  const open = useOpening(message);
  const isUnread = message.readAt === null;
  const follow = (event: MouseEvent) => {
    if (isUnread) onRead();
    open(event);
  };
  return (
    <li className={isUnread ? 'message is-unread' : 'message'}>
      <h3>
        {isUnread && (
          <span className="message-dot">
            <span className="visually-hidden">{text.unread}</span>
          </span>
        )}
        <Link to={message.path} onClick={follow}>
          {title}
        </Link>
      </h3>
      {message.organisation && <p className="message-party">{fill(text.party, message.organisation)}</p>}
      <p className="message-body">{body}</p>
      <div className="message-foot">
        <time dateTime={message.createdAt}>{formatTime(message.createdAt)}</time>
        <Link to={message.path} onClick={follow} aria-label={`${text.open} ${title}`}>
          {text.open}
        </Link>
        {isUnread && (
          <button type="button" className="link-button" aria-label={`${text.markRead} ${title}`} onClick={onRead}>
            {text.markRead}
          </button>
        )}
      </div>
    </li>
  );
}

/** A page that belongs to another party opens for that party; a former member of an organisation stays as they are. */
function useOpening({ path, opensFor }: Message): (event: MouseEvent) => void {
  const me = useMe().data;
  const party = opensFor === 'self' ? null : opensFor;
  const isPossible = party === null || me?.organisations.some(({ id }) => id === party);
  if (!me || opensFor === null || !isPossible || me.actingFor === party) return () => undefined;
  return (event) => {
    event.preventDefault();
    void actFor(party, path);
  };
}
