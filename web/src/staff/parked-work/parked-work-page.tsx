// SPDX-License-Identifier: Apache-2.0
// Jobs that failed too often: what each does, which order waits for it, why it failed, and what to do about it.
import { useState } from 'react';
import { Link } from 'react-router';
import { errorSentence, isErrorCode } from '../../api/sentences.ts';
import type { ParkedWork } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useParkedWorkText } from './i18n.ts';
import { type ParkedWorkAction, ParkedWorkQuestion } from './parked-work-question.tsx';
import { useParkedWork } from './use-parked-work.ts';

export function ParkedWorkPage() {
  const text = useParkedWorkText();
  const [action, setAction] = useState<ParkedWorkAction>();
  const [done, setDone] = useState('');
  const ask = (next: ParkedWorkAction) => {
    setDone('');
    setAction(next);
  };
  return (
    <Main className="desk-main">
      <Link to="/staff" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={text.title} />
      <div role="status">{done && <p className="notice notice-done">{done}</p>}</div>
      <Loaded query={useParkedWork()}>
        {({ items, total }) =>
          total === 0 ? (
            <Empty title={text.none} />
          ) : (
            <>
              <p className="parked-lead">{text.lead}</p>
              <Table items={items} onAsk={ask} />
              {total > items.length && <p className="small">{fill(text.more, { total, shown: items.length })}</p>}
            </>
          )
        }
      </Loaded>
      {action && <ParkedWorkQuestion action={action} onDone={setDone} onClose={() => setAction(undefined)} />}
    </Main>
  );
}

interface TableProps {
  items: readonly ParkedWork[];
  onAsk: (action: ParkedWorkAction) => void;
}

function Table({ items, onAsk }: TableProps) {
  const text = useParkedWorkText();
  return (
    <table className="rows" aria-label={text.title}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {items.map((work) => (
          <Row key={work.id} work={work} onAsk={onAsk} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ work, onAsk }: { work: ParkedWork; onAsk: TableProps['onAsk'] }) {
  const text = useParkedWorkText();
  const reason = useReason();
  const topics: Readonly<Record<string, string>> = text.topics;
  const topic = topics[work.topic] ?? work.topic;
  const button = (kind: ParkedWorkAction['kind']) => (
    <button
      type="button"
      className="link-button"
      aria-label={fill(text.actionOn, { action: text[kind], topic, order: work.orderNumber ?? '' }).trim()}
      onClick={() => onAsk({ kind, id: work.id, topic })}
    >
      {text[kind]}
    </button>
  );
  return (
    <tr>
      <td data-label={text.column.topic}>{topic}</td>
      <td data-label={text.column.order} className="one-line">
        {work.orderNumber ? <code>{work.orderNumber}</code> : text.noOrder}
      </td>
      <td data-label={text.column.attempts}>{work.attempts}</td>
      <td data-label={text.column.error}>{reason(work.lastError)}</td>
      <td data-label={text.column.parkedAt}>
        <Moment at={work.parkedAt} />
      </td>
      <td data-label={text.column.action}>
        <span className="actions">
          {button('retry')}
          {button('discard')}
        </span>
      </td>
    </tr>
  );
}

/** The portal keeps an error code or the name of a class, never a message. */
function useReason(): (lastError: string | null) => string {
  const text = useParkedWorkText();
  const own: Readonly<Record<string, string>> = text.errors;
  return (lastError) => {
    if (lastError === null) return text.noError;
    if (own[lastError]) return own[lastError];
    if (lastError !== 'internal' && isErrorCode(lastError)) return errorSentence(lastError);
    return fill(text.programError, { code: lastError });
  };
}
