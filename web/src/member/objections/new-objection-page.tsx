// SPDX-License-Identifier: Apache-2.0
// 提出异议. The look-up leads here with the number of the certificate: `?number=<number>`.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { call } from '../../api/client.ts';
import { OBJECTION_REASONS, type ObjectionForm } from '../../api/objections.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { Choice, TextArea, TextInput } from '../../kit/inputs.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { useObjectionWords } from '../../orders/objection-words.ts';
import { PapersField } from '../uploads/papers-field.tsx';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { useObjectionText } from './i18n.ts';

const OWNER = 'objection';

export function NewObjectionPage() {
  const { form } = useObjectionText();
  const words = useObjectionWords();
  const [address] = useSearchParams();
  const [number, setNumber] = useState(address.get('number') ?? '');
  const [reason, setReason] = useState<ObjectionForm['reason'] | null>(null);
  const [said, setSaid] = useState('');
  const items = useUploads().filter((item) => item.owner === OWNER);
  const labels: Readonly<Record<string, string>> = {
    number: words.number,
    reason: words.reason,
    words: words.words,
    documents: words.documents,
  };
  const faults = useFaults({ prefix: 'objection', labelOf: (field) => labels[field.split('.')[0] ?? ''] ?? field });
  const file = useFile(faults.fail);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const documents = items.flatMap((item) => item.uploadId ?? []);
    const body = filledIn({ number, reason: reason ?? ('' as ObjectionForm['reason']), words: said, documents });
    if (!file.isPending) file.mutate(body);
  };
  return (
    <>
      <PageTitle title={form.title} />
      <Section title={form.title}>
        <form className="stack" onSubmit={submit} noValidate>
          <p>{form.lead}</p>
          <ErrorList {...faults} />
          <div className="form-two">
            <TextInput
              {...{ field: 'number', label: words.number, value: number, faults, isRequired: true, maxLength: 60 }}
              hint={form.numberHint}
              onChange={(typed) => {
                setNumber(typed);
                faults.clear('number');
              }}
            />
            <Choice
              {...{ field: 'reason', label: words.reason, value: reason, faults, isRequired: true }}
              options={OBJECTION_REASONS.map((value) => ({ value, label: words.reasons[value] }))}
              onChange={(chosen) => {
                setReason(chosen);
                faults.clear('reason');
              }}
            />
            <TextArea
              {...{ field: 'words', label: words.words, value: said, faults, isRequired: true, isWide: true }}
              maxLength={1_000}
              hint={form.wordsHint}
              onChange={(typed) => {
                setSaid(typed);
                faults.clear('words');
              }}
            />
            <PapersField {...{ owner: OWNER, items, faults }} label={words.documents} hint={form.documentsHint} />
          </div>
          <div className="sticky-buttons">
            <Button type="primary" size="large" htmlType="submit" loading={file.isPending}>
              {form.send}
            </Button>
          </div>
        </form>
      </Section>
    </>
  );
}

function useFile(onError: (error: unknown) => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const items = useUploads().filter((item) => item.owner === OWNER);
  return useMutation({
    mutationFn: (body: ObjectionForm) => call('post', '/objections', { body }),
    onSuccess: async () => {
      for (const { key } of items) uploadQueue.remove(key);
      await queries.invalidateQueries({ queryKey: ['objections'] });
      void navigate('/member/objections');
    },
    onError,
  });
}
