// SPDX-License-Identifier: Apache-2.0
// 补发 and 变更: how the newest request stands, the way to take it back, and the way to ask.
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Registration } from '../../api/registrations.ts';
import {
  useVersionRequests,
  type VersionRequest,
  type VersionRequests,
  withdrawVersionRequest,
} from '../../api/version-requests.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { useRegistrationLabelOf } from '../../orders/registration-labels.ts';
import { formatTime } from '../../ui/format.ts';
import { AskForm } from './ask-form.tsx';
import { useVersionText } from './i18n.ts';

export function VersionSection({ registration }: { registration: Registration }) {
  const { id } = registration;
  const { data } = useVersionRequests(id);
  const queries = useQueryClient();
  const newest = data?.items[0]?.state;
  // Certificate and content are new by then.
  useEffect(() => {
    if (newest === 'ISSUED') void queries.invalidateQueries({ queryKey: ['registration', id] });
  }, [newest, id, queries]);
  if (!data || (!data.canAsk && data.items.length === 0)) return null;
  return <Requests registration={registration} requests={data} />;
}

function Requests({ registration, requests }: { registration: Registration; requests: VersionRequests }) {
  const text = useVersionText();
  const [isAsking, setAsking] = useState(false);
  const { canAsk, items } = requests;
  const [newest, ...earlier] = items;
  const isWaiting = newest?.state === 'INITIAL_REVIEW' || newest?.state === 'FINAL_REVIEW';
  return (
    <Section title={text.title}>
      <div role="status">{newest ? <Request request={newest} /> : <p>{text.lead}</p>}</div>
      {isWaiting && <Withdrawal id={registration.id} />}
      {canAsk && !isAsking && (
        <div className="sticky-buttons">
          <Button size="large" onClick={() => setAsking(true)}>
            {newest ? text.askAgain : text.ask}
          </Button>
        </div>
      )}
      {canAsk && isAsking && <AskForm registration={registration} onClose={() => setAsking(false)} />}
      {earlier.length > 0 && (
        <details>
          <summary>{text.earlier}</summary>
          {earlier.map((request) => (
            <Request key={request.id} request={request} />
          ))}
        </details>
      )}
    </Section>
  );
}

function Request({ request }: { request: VersionRequest }) {
  const text = useVersionText();
  const labelOf = useRegistrationLabelOf();
  const { requestNumber, kind, state, createdAt, reason, answer, number, changes } = request;
  return (
    <>
      <Facts
        rows={[
          [text.kind, text.kinds[kind]],
          [text.state, text.states[state]],
          [text.number, <code key="number">{requestNumber}</code>],
          [text.askedAt, formatTime(createdAt)],
          [text.reason, reason || '—'],
          ...(changes.length > 0
            ? [
                [
                  text.changed,
                  <ul key="changes">
                    {changes.map((change) => (
                      <li key={`${change.field} ${change.kind} ${change.before} ${change.after}`}>
                        {labelOf(change.field)}: {change.before ?? '—'} → {change.after ?? '—'}
                      </li>
                    ))}
                  </ul>,
                ] as const,
              ]
            : []),
          ...(answer ? [[text.answer, answer] as const] : []),
          ...(number ? [[text.certificate, <code key="certificate">{number}</code>] as const] : []),
        ]}
      />
      {text.hints[state] && <p className="small">{text.hints[state]}</p>}
    </>
  );
}

function Withdrawal({ id }: { id: string }) {
  const text = useVersionText();
  const queries = useQueryClient();
  return (
    <div className="sticky-buttons">
      <WithdrawButton
        text={text}
        size="large"
        withdraw={() => withdrawVersionRequest(id)}
        onDone={() => queries.invalidateQueries({ queryKey: ['version-requests', id] })}
      />
    </div>
  );
}
