// SPDX-License-Identifier: Apache-2.0
// Asks to show the work: how its author is named, and the consent, which is given for each submission.
import { Button, Checkbox } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { Publication } from '../../api/publications.ts';
import type { Work } from '../../api/works.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { Choice, TextInput } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { optionsOf, useKinds } from '../../orders/kinds.ts';
import { usePublicationText } from './i18n.ts';

interface SubmissionProps {
  work: Work;
  publication: Publication | null;
  onDone: () => Promise<unknown>;
}

export function SubmissionForm({ work, publication, onDone }: SubmissionProps) {
  const text = usePublicationText();
  const kinds = useKinds();
  const labels: Record<string, string> = { category: text.category, author: text.author, consent: text.consent };
  const faults = useFaults({ prefix: 'publication', labelOf: (field) => labels[field] ?? field });
  const [category, setCategory] = useState(publication?.category ?? work.publishCategory ?? '');
  const [author, setAuthor] = useState(publication?.author ?? '');
  const [consent, setConsent] = useState(false);
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    try {
      const body = filledIn({ workVersion: work.version, category, author, consent });
      await call('put', '/works/{id}/publication', { params: { id: work.id }, body });
      await onDone();
    } catch (error) {
      faults.fail(error);
    } finally {
      setSending(false);
    }
  };
  const changed = (field: string) => faults.clear(field);
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Section title={text.submitTitle}>
        <ErrorList {...faults} />
        <div className="form-two">
          <TextInput
            {...{ field: 'author', label: text.author, value: author, faults, isRequired: true }}
            maxLength={50}
            hint={text.authorHint}
            onChange={(name) => {
              setAuthor(name);
              changed('author');
            }}
          />
          <Choice
            {...{ field: 'category', label: text.category, value: category || null, faults, isRequired: true }}
            options={optionsOf(kinds.categories)}
            onChange={(code: string | null) => {
              setCategory(code ?? '');
              changed('category');
            }}
          />
          <Consent
            {...{ faults, isGiven: consent }}
            onChange={(isGiven) => {
              setConsent(isGiven);
              changed('consent');
            }}
          />
        </div>
        <div className="form-actions">
          <Button type="primary" size="large" htmlType="submit" loading={isSending}>
            {publication ? text.again : text.submit}
          </Button>
        </div>
      </Section>
    </form>
  );
}

interface ConsentProps {
  faults: FormFaults;
  isGiven: boolean;
  onChange: (isGiven: boolean) => void;
}

function Consent({ faults, isGiven, onChange }: ConsentProps) {
  const text = usePublicationText();
  return (
    <Field
      id={faults.idOf('consent')}
      label={text.consent}
      isRequired
      isGroup
      isWide
      error={faults.sentenceOf('consent')}
    >
      {({ status, ...control }) => (
        <Checkbox {...control} checked={isGiven} onChange={({ target }) => onChange(target.checked)}>
          {text.agree}
        </Checkbox>
      )}
    </Field>
  );
}
