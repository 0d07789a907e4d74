// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { components } from '../../api/schema.gen.ts';
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
  const isUnread = message.readAt === null;
  const read = () => {
    if (isUnread) onRead();
  };
  return (
    <li className={isUnread ? 'message is-unread' : 'message'}>
      <h3>
        {isUnread && (
          <span className="message-dot">
            <span className="visually-hidden">{text.unread}</span>
          </span>
        )}
        <Link to={message.path} onClick={read}>
          {title}
        </Link>
      </h3>
      <p className="message-body">{body}</p>
      <div className="message-foot">
        <time dateTime={message.createdAt}>{formatTime(message.createdAt)}</time>
        <Link to={message.path} onClick={read} aria-label={`${text.open} ${title}`}>
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
