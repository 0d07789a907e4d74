// SPDX-License-Identifier: Apache-2.0
// 异议: what the party filed, and what others filed against certificates of theirs.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { Objection } from '../../api/objections.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { formatTime } from '../../ui/format.ts';
import { AnswerForm } from './answer-form.tsx';
import { useObjectionText } from './i18n.ts';
import { WithdrawObjection } from './withdraw-objection.tsx';
import './objections.css';

export function ObjectionsPage() {
  const text = useObjectionText();
  const found = useQuery({ queryKey: ['objections'], queryFn: ({ signal }) => call('get', '/objections', { signal }) });
  return (
    <>
      <PageTitle title={text.title} />
      <p>{text.lead}</p>
      <p className="objections-new">
        <Link to="/member/objections/new">{text.file}</Link>
      </p>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.none} />
          ) : (
            items.map((item) => <OneObjection key={item.id} objection={item} />)
          )
        }
      </Loaded>
    </>
  );
}

function OneObjection({ objection }: { objection: Objection }) {
  const text = useObjectionText();
  const words = useObjectionWords();
  const { objectionNumber, number, state, isMine, canAnswer, canWithdraw, filedAt, answerUntil } = objection;
  return (
    <Section
      title={`${words.objectionNumber} ${objectionNumber}`}
      aside={`${isMine ? text.mine : text.theirs} · ${words.states[state]}`}
    >
      <Facts
        rows={[
          [words.number, <code key="number">{number}</code>],
          [words.reason, words.reasons[objection.reason]],
          [words.words, <Words key="words" said={objection.words} />],
          [words.documents, <Documents key="documents" objection={objection} />],
          [words.filedAt, formatTime(filedAt)],
          [words.answerUntil, formatTime(answerUntil)],
          ...(objection.answer ? [[words.answer, <Words key="answer" said={objection.answer.words} />] as const] : []),
          ...(objection.outcome
            ? [[words.outcome, <Words key="outcome" said={objection.outcome.words} />] as const]
            : []),
        ]}
      />
      {canAnswer && <AnswerForm objection={objection} />}
      {canWithdraw && <WithdrawObjection objection={objection} />}
    </Section>
  );
}

const Words = ({ said }: { said: string }) => <span className="objection-words">{said}</span>;

function Documents({ objection: { id, documents } }: { objection: Objection }) {
  if (documents.length === 0) return <>—</>;
  return (
    <ul className="objection-words">
      {documents.map(({ uploadId, name }) => (
        <li key={uploadId}>
          <a href={link('/objections/{id}/files/{uploadId}/content', { id, uploadId })}>{name}</a>
        </li>
      ))}
    </ul>
  );
}
