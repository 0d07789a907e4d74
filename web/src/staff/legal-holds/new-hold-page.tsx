// SPDX-License-Identifier: Apache-2.0
// 新增保全. From a case of assistance it comes with the numbers of that case: `?case=<id>&numbers=1,2`.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { filledIn, useFaults } from '../../kit/form.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { atList, numbersIn, ofList } from '../desk/numbers.ts';
import { useHoldText } from './i18n.ts';
import '../desk/desk.css';
import './legal-holds.css';

export function NewHoldPage() {
  const text = useHoldText();
  const { form } = text;
  const [address] = useSearchParams();
  const [reason, setReason] = useState('');
  const [numbers, setNumbers] = useState(address.get('numbers')?.replaceAll(',', '\n') ?? '');
  const faults = useFaults({ prefix: 'hold', labelOf: (field) => labelOf(field, form) });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const place = useMutation({
    mutationFn: () => {
      const body = { ...filledIn({ reason }), numbers: numbersIn(numbers), caseId: address.get('case') };
      return call('post', '/staff/legal-holds', { body });
    },
    onSuccess: ({ id, state }) => {
      queries.removeQueries({ queryKey: ['staff-holds'] });
      void navigate(`/staff/legal-holds/${id}`, { state: { done: form.placed, as: state } });
    },
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!place.isPending) place.mutate();
  };
  return (
    <Main className="desk-main hold-desk">
      <Link to="/staff/legal-holds" className="desk-back">
        ← {text.back}
      </Link>
      <PageTitle title={form.title} />
      <Section title={form.title} aside={form.lead}>
        <form className="stack" onSubmit={submit} noValidate>
          <ErrorList {...faults} lines={faults.lines.map(atList)} />
          <TextArea
            {...{ field: 'reason', label: form.reason, value: reason, faults, isRequired: true, maxLength: 500 }}
            hint={form.reasonHint}
            onChange={(typed) => {
              setReason(typed);
              faults.clear('reason');
            }}
          />
          <TextArea
            {...{ field: 'numbers', label: form.numbers, value: numbers, isRequired: true, maxLength: 1_500 }}
            faults={ofList(faults, numbersIn(numbers).length)}
            hint={form.numbersHint}
            onChange={(typed) => {
              setNumbers(typed);
              faults.clear('numbers');
            }}
          />
          <div className="form-actions">
            <Button type="primary" size="large" htmlType="submit" loading={place.isPending}>
              {form.send}
            </Button>
          </div>
        </form>
      </Section>
    </Main>
  );
}

function labelOf(field: string, form: ReturnType<typeof useHoldText>['form']): string {
  const [root, index] = field.split('.');
  if (root === 'numbers' && index !== undefined) return fill(form.number, { place: Number(index) + 1 });
  return root === 'reason' ? form.reason : form.numbers;
}
