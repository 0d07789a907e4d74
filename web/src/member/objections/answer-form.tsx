// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { Objection } from '../../api/objections.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { useObjectionText } from './i18n.ts';

export function AnswerForm({ objection: { id } }: { objection: Objection }) {
  const text = useObjectionText();
  const queries = useQueryClient();
  const [words, setWords] = useState('');
  const faults = useFaults({ prefix: `answer-${id}`, labelOf: () => text.answerLabel });
  const send = useMutation({
    mutationFn: () => call('post', '/objections/{id}/answer', { params: { id }, body: filledIn({ words }) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['objections'] }),
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send.isPending) send.mutate();
  };
  return (
    <form className="stack objection-answer" onSubmit={submit} noValidate aria-label={text.answerTitle}>
      <p className="small">{text.answerLead}</p>
      <ErrorList {...faults} />
      <TextArea
        {...{ field: 'words', label: text.answerLabel, value: words, faults, isRequired: true, maxLength: 1_000 }}
        onChange={(typed) => {
          setWords(typed);
          faults.clear('words');
        }}
      />
      <div>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {text.answer}
        </Button>
      </div>
    </form>
  );
}
