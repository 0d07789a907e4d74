// SPDX-License-Identifier: Apache-2.0
// 协查立案: what the letter says, as somebody of staff types it in.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { TextArea, TextInput } from '../../kit/inputs.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { atList } from '../desk/numbers.ts';
import { type CaseValues, type Change, EMPTY, formOf } from './case-values.ts';
import { type AssistanceText, useAssistanceText } from './i18n.ts';
import { LettersField } from './letters-field.tsx';
import { WantedFields } from './wanted-fields.tsx';
import '../desk/desk.css';
import './assistance.css';

export function NewCasePage() {
  const text = useAssistanceText();
  const [values, setValues] = useState(EMPTY);
  const faults = useFaults({ prefix: 'case', labelOf: (field) => labelOf(field, text) });
  const open = useOpen(values, faults);
  const change: Change = (part) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(FIELDS_OF[field] ?? field);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!open.isPending) open.mutate();
  };
  return (
    <Main className="desk-main assistance-desk">
      <Link to="/staff/assistance-cases" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={text.form.title} />
      <p>{text.form.lead}</p>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorList {...faults} lines={faults.lines.map(atList)} />
        <Section title={text.form.asking}>
          <AskingFields {...{ values, faults, change }} />
        </Section>
        <Section title={text.form.wanted}>
          <WantedFields {...{ values, faults, change }} />
        </Section>
        <div className="sticky-buttons">
          <Button type="primary" size="large" htmlType="submit" loading={open.isPending}>
            {text.form.send}
          </Button>
        </div>
      </form>
    </Main>
  );
}

/** Where the form names a value in another way than the portal does. */
const FIELDS_OF: Readonly<Record<string, string>> = { secrecyReason: 'secrecy.reason', secrecyUntil: 'secrecy.until' };

function useOpen(values: CaseValues, faults: FormFaults) {
  const text = useAssistanceText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call('post', '/staff/assistance-cases', { body: formOf(values) }),
    onSuccess: ({ id }) => {
      for (const key of ['staff-assistance', 'staff-waiting']) queries.removeQueries({ queryKey: [key] });
      void navigate(`/staff/assistance-cases/${id}`, { state: { done: text.form.opened, as: 'REQUESTED' } });
    },
    onError: faults.fail,
  });
}

function AskingFields({ values, faults, change }: { values: CaseValues; faults: FormFaults; change: Change }) {
  const text = useAssistanceText().form;
  const { authority, fileNumber, contact, request } = values;
  return (
    <div className="form-two">
      <TextInput
        {...{ field: 'authority', label: text.authority, value: authority, faults, isRequired: true, maxLength: 100 }}
        hint={text.authorityHint}
        onChange={(typed) => change({ authority: typed })}
      />
      <TextInput
        {...{ field: 'fileNumber', label: text.fileNumber, value: fileNumber, faults, isRequired: true }}
        maxLength={100}
        onChange={(typed) => change({ fileNumber: typed })}
      />
      <TextInput
        {...{ field: 'contact', label: text.contact, value: contact, faults, isRequired: true, maxLength: 200 }}
        hint={text.contactHint}
        onChange={(typed) => change({ contact: typed })}
      />
      <LettersField {...{ values, faults, change }} />
      <TextArea
        {...{ field: 'request', label: text.request, value: request, faults, isRequired: true, isWide: true }}
        maxLength={500}
        onChange={(typed) => change({ request: typed })}
      />
    </div>
  );
}

function labelOf(field: string, { form }: AssistanceText): string {
  const [root = '', index] = field.split('.');
  if (field === 'secrecy.reason') return form.secrecyReason;
  if (field === 'secrecy.until') return form.secrecyUntil;
  if (root === 'numbers' && index !== undefined) return fill(form.number, { place: Number(index) + 1 });
  const labels: Readonly<Record<string, string>> = form;
  return labels[root] ?? form.title;
}
