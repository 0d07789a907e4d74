// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { type MadeShareLink, makeShareLink, type SharedOrder, shareLinksKey } from '../../api/share-links.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { Choice, TextInput } from '../../kit/inputs.tsx';
import { useShareText } from './i18n.ts';

const USUAL_DAYS = '7';

export function MakeForm({ kind, id, onClose }: SharedOrder & { onClose: (made?: MadeShareLink) => void }) {
  const text = useShareText();
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(USUAL_DAYS);
  const [openings, setOpenings] = useState('');
  const labels: Record<string, string> = { label: text.label, days: text.days, maxOpenings: text.maxOpenings };
  const faults = useFaults({ prefix: 'share', labelOf: (field) => labels[field] ?? field });
  const make = useMutation({
    mutationFn: () => makeShareLink(kind, id, { label, days: Number(days), maxOpenings: countIn(openings) }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: shareLinksKey(kind, id) });
      onClose(made);
    },
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!make.isPending) make.mutate();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <Choice
          {...{ field: 'days', label: text.days, value: days, faults, isRequired: true }}
          options={Object.entries(text.dayChoices).map(([value, name]) => ({ value, label: name }))}
          onChange={(chosen) => setDays(chosen ?? USUAL_DAYS)}
        />
        <Field
          id={faults.idOf('maxOpenings')}
          label={text.maxOpenings}
          hint={text.maxOpeningsHint}
          error={faults.sentenceOf('maxOpenings')}
          cleaned={{ as: 'number', value: openings, onChange: setOpenings }}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={openings}
              onChange={(event) => {
                setOpenings(event.target.value);
                faults.clear('maxOpenings');
              }}
            />
          )}
        </Field>
        <TextInput
          {...{ field: 'label', label: text.label, value: label, faults, hint: text.labelHint }}
          maxLength={40}
          onChange={(typed) => {
            setLabel(typed);
            faults.clear('label');
          }}
        />
      </div>
      <div className="sticky-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={make.isPending}>
          {text.send}
        </Button>
        <Button size="large" onClick={() => onClose()}>
          {text.no}
        </Button>
      </div>
    </form>
  );
}

/** What is no whole number is sent as none there can be: the portal says so at the field. */
function countIn(typed: string): number | null {
  if (typed.trim() === '') return null;
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : 0;
}
