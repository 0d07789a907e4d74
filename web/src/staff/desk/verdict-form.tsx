// SPDX-License-Identifier: Apache-2.0
// The decision on a request that is granted or refused whole, with words for whoever asked. Nothing is chosen beforehand, and
// the choice is confirmed once more.
import { useMutation } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { ApiError, toApiError } from '../../api/api-error.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';

interface VerdictFormProps<Verdict extends string> {
  /** Of the ids of its fields. */
  prefix: string;
  verdicts: readonly Verdict[];
  /** The one for which words are demanded. */
  refusal: Verdict;
  text: {
    decision: string;
    verdicts: Readonly<Record<Verdict, string>>;
    chooseFirst: string;
    words: string;
    wordsHint: Readonly<Record<Verdict, string>>;
    yes: string;
    no: string;
  };
  /** What happens then, in a sentence. */
  effectOf: (verdict: Verdict) => string;
  /** The question that is confirmed. */
  questionOf: (verdict: Verdict) => string;
  send: (verdict: Verdict, words: string) => Promise<void>;
  /** Somebody else has decided meanwhile. */
  onConflict: () => unknown;
}

export function VerdictForm<Verdict extends string>(props: VerdictFormProps<Verdict>) {
  const { prefix, verdicts, refusal, text, effectOf, questionOf, send, onConflict } = props;
  const faults = useFaults({ prefix, labelOf: () => text.words });
  const [verdict, setVerdict] = useState<Verdict>();
  const [words, setWords] = useState('');
  const [isAsked, setAsked] = useState(false);
  const decide = useMutation({
    mutationFn: (chosen: Verdict) => send(chosen, words),
    onError: (error) => {
      setAsked(false);
      faults.fail(error);
      if (toApiError(error).code === 'review-conflict') void onConflict();
    },
  });
  const begin = () => {
    if (verdict === refusal && words.trim() === '')
      return faults.fail(new ApiError('invalid-request', { errors: [{ field: 'words', code: 'missing' }] }));
    setAsked(true);
  };
  return (
    <div className="stack">
      <Radio.Group
        optionType="button"
        buttonStyle="solid"
        aria-label={text.decision}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: text.verdicts[value] }))}
        onChange={({ target }) => {
          setVerdict(target.value);
          faults.clear();
        }}
      />
      <ErrorList {...faults} />
      {verdict === undefined ? (
        <p className="small">{text.chooseFirst}</p>
      ) : (
        <>
          <p className="small">{effectOf(verdict)}</p>
          <TextArea
            {...{ field: 'words', label: text.words, value: words, faults, isRequired: verdict === refusal }}
            maxLength={500}
            hint={text.wordsHint[verdict]}
            onChange={(typed) => {
              setWords(typed);
              faults.clear('words');
            }}
          />
          <div>
            <Button type="primary" size="large" loading={decide.isPending} onClick={begin}>
              {text.verdicts[verdict]}
            </Button>
          </div>
          <Confirm
            isOpen={isAsked}
            title={questionOf(verdict)}
            lead={effectOf(verdict)}
            yes={text.yes}
            no={text.no}
            action={{ ...decide, error: null, mutate: () => decide.mutate(verdict) }}
            onClose={() => setAsked(false)}
          />
        </>
      )}
    </div>
  );
}
