// SPDX-License-Identifier: Apache-2.0
// The letter: each file is sent when it is chosen, and taken by the case when that is opened.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import type { CaseValues, Change } from './case-values.ts';
import { useAssistanceText } from './i18n.ts';

const TYPES = 'application/pdf,image/jpeg,image/png';
const MAX_NAME = 100;

export function LettersField({ values, faults, change }: { values: CaseValues; faults: FormFaults; change: Change }) {
  const text = useAssistanceText().form;
  const { letters } = values;
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: async (file: File) => {
      const { id } = await call('post', '/staff/assistance-letters', { bytes: file });
      return { id, name: file.name.slice(-MAX_NAME) };
    },
    onSuccess: (letter) => change({ letters: [...letters, letter] }),
  });
  const fault = letters.map((_, index) => faults.sentenceOf(`letters.${index}`)).find(Boolean);
  const sent = send.error ? errorSentence(toApiError(send.error).code) : undefined;
  return (
    <Field
      id={faults.idOf('letters')}
      label={text.letters}
      error={faults.sentenceOf('letters') ?? fault ?? sent}
      hint={text.lettersHint}
      isRequired
      isGroup
    >
      {({ id, 'aria-describedby': described }) => (
        <>
          <input
            ref={input}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label={text.letters}
            accept={TYPES}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              target.value = '';
              if (file) send.mutate(file);
            }}
          />
          <Button id={id} aria-describedby={described} loading={send.isPending} onClick={() => input.current?.click()}>
            {text.chooseLetter}
          </Button>
          {letters.length > 0 && (
            <ul className="assistance-letters">
              {letters.map(({ id: letter, name }) => (
                <li key={letter}>
                  {name}{' '}
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${text.removeLetter} ${name}`}
                    onClick={() => change({ letters: letters.filter((each) => each.id !== letter) })}
                  >
                    {text.removeLetter}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Field>
  );
}
