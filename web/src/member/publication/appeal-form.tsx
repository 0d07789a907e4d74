// SPDX-License-Identifier: Apache-2.0
// The one appeal against the removal of a work.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { usePublicationText } from './i18n.ts';

export function AppealForm({ id, onDone }: { id: string; onDone: () => Promise<unknown> }) {
  const text = usePublicationText();
  const faults = useFaults({ prefix: 'appeal', labelOf: () => text.appeal });
  const [said, setSaid] = useState('');
  const appeal = useMutation({
    mutationFn: () =>
      call('post', '/works/{id}/publication/appeal', { params: { id }, body: filledIn({ text: said.trim() }) }),
    onSuccess: onDone,
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    appeal.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Section title={text.appealTitle}>
        <ErrorList {...faults} />
        <TextArea
          {...{ field: 'text', label: text.appeal, value: said, faults, isRequired: true, isWide: true }}
          maxLength={500}
          hint={text.appealHint}
          onChange={(typed) => {
            setSaid(typed);
            faults.clear();
          }}
        />
        <div className="form-actions">
          <Button type="primary" size="large" htmlType="submit" loading={appeal.isPending}>
            {text.sendAppeal}
          </Button>
        </div>
      </Section>
    </form>
  );
}
