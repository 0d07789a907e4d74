// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endShareLink, type SharedOrder, type ShareLink, shareLinksKey } from '../../api/share-links.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Moment } from '../../kit/moment.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { formatTime } from '../../ui/format.ts';
import { useShareText } from './i18n.ts';

export function LinkRows({ items, ...order }: SharedOrder & { items: readonly ShareLink[] }) {
  const text = useShareText();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<string>();
  const end = useMutation({
    mutationFn: () => endShareLink(order.kind, order.id, asked ?? ''),
    onSuccess: (links) => {
      queries.setQueryData(shareLinksKey(order.kind, order.id), links);
      setAsked(undefined);
    },
  });
  return (
    <>
      <table className="rows share-links" aria-label={text.list}>
        <TableHead columns={Object.values(text.columns)} />
        <tbody>
          {items.map((link) => (
            <LinkRow key={link.id} link={link} onEnd={() => setAsked(link.id)} />
          ))}
        </tbody>
      </table>
      <Confirm
        isOpen={asked !== undefined}
        title={text.endTitle}
        lead={text.endLead}
        yes={text.yesEnd}
        no={text.no}
        action={end}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}

function LinkRow({ link, onEnd }: { link: ShareLink; onEnd: () => void }) {
  const text = useShareText();
  const { columns } = text;
  const { label, state, createdAt, expiresAt, maxOpenings, openings } = link;
  const name = label === '' ? fill(text.unnamed, { time: formatTime(createdAt) }) : label;
  const count =
    maxOpenings === null ? String(openings) : fill(text.count, { n: String(openings), max: String(maxOpenings) });
  return (
    <tr>
      <td data-label={columns.label}>{name}</td>
      <td data-label={columns.state}>
        <span className={state === 'OPEN' ? 'state state-done' : 'state'}>{text.states[state]}</span>
      </td>
      <td data-label={columns.openings}>{count}</td>
      <td data-label={columns.lastOpened}>
        <Openings times={link.openedAt} />
      </td>
      <td data-label={columns.expires}>
        <Moment at={expiresAt} />
      </td>
      <td data-label={columns.action}>
        {state === 'OPEN' && (
          <button type="button" className="link-button" aria-label={`${text.end} ${name}`} onClick={onEnd}>
            {text.end}
          </button>
        )}
      </td>
    </tr>
  );
}

/** The newest, and the others on request. */
function Openings({ times }: { times: readonly string[] }) {
  const text = useShareText();
  const [newest] = times;
  if (newest === undefined) return text.never;
  return (
    <div>
      <Moment at={newest} />
      {times.length > 1 && (
        <details>
          <summary>{fill(text.times, { n: String(times.length) })}</summary>
          <ol className="opening-times">
            {times.map((at, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be of the same instant, and none moves
              <li key={place}>
                <time dateTime={at}>{formatTime(at)}</time>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
