// SPDX-License-Identifier: Apache-2.0
// 作品投稿: a new work, the draft that was left, or a work of mine.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { forgetDraft, readDraft } from '../../kit/draft.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useWorksText } from './i18n.ts';
import { PublishForm } from './publish-form.tsx';
import { EMPTY_WORK, valuesOf, type WorkValues } from './work-values.ts';

export function PublishPage() {
  const { id } = useParams();
  const [attempt, setAttempt] = useState(0);
  const key = `work:${id ?? 'new'}`;
  const restart = () => {
    forgetDraft(key);
    setAttempt((count) => count + 1);
  };
  return <Editor key={`${key}:${attempt}`} id={id} draftKey={key} onRestart={restart} />;
}

function Editor({ id, draftKey, onRestart }: { id: string | undefined; draftKey: string; onRestart: () => void }) {
  const text = useWorksText();
  const [draft] = useState(() => readDraft<WorkValues>(draftKey));
  const workId = id ?? draft?.id;
  const work = useQuery({
    queryKey: ['work', workId],
    queryFn: ({ signal }) => call('get', '/works/{id}', { params: { id: workId ?? '' }, signal }),
    enabled: workId !== undefined,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (workId === undefined) {
    return (
      <PublishForm work={undefined} initial={draft?.values ?? EMPTY_WORK} draftKey={draftKey} onRestart={onRestart} />
    );
  }
  return (
    <Loaded query={work}>
      {(found) =>
        found.isEditable ? (
          <PublishForm
            work={found}
            initial={draft?.values ?? valuesOf(found)}
            draftKey={draftKey}
            onRestart={onRestart}
          />
        ) : (
          <>
            <PageTitle title={text.editTitle} about={{ title: found.title, number: String(found.serial) }} />
            <p className="notice">
              {text.held}{' '}
              {found.attestation && <Link to={`/member/attestations/${found.attestation.id}`}>{text.goOrder}</Link>}
            </p>
          </>
        )
      }
    </Loaded>
  );
}
