// SPDX-License-Identifier: Apache-2.0
import { Radio } from 'antd';
import { DayPicker } from '../../kit/day-picker.tsx';
import { Field } from '../../kit/field.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf } from '../../orders/kinds.ts';
import { hintOf } from '../orders/hint-of.tsx';
import type { AttestFormState } from './use-attest-form.ts';

/** 有效期限: permanent, or from a day to a day. */
export function TermField({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const { term } = values;
  const fault = faults.sentenceOf('term') ?? faults.sentenceOf('term.from') ?? faults.sentenceOf('term.to');
  const id = faults.idOf('term');
  const day = (end: 'from' | 'to', label: string) =>
    term?.kind === 'FIXED' && (
      <DayPicker
        id={faults.idOf(`term.${end}`)}
        aria-label={label}
        {...(fault && { status: 'error' as const })}
        value={term[end] ?? null}
        onChange={(chosen) =>
          change(({ term: last }) => (last?.kind === 'FIXED' ? { term: { ...last, [end]: chosen } } : {}))
        }
      />
    );
  return (
    <Field
      id={id}
      label={text.term}
      isRequired
      isGroup
      error={fault}
      hint={hintOf(form, text.reviewerSays, 'term', text.termHint)}
    >
      {(control) => (
        <div role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={control['aria-describedby']} id={id}>
          <Radio.Group
            value={term?.kind ?? null}
            options={optionsOf(text.terms)}
            onChange={({ target }) =>
              change({
                term: target.value === 'FIXED' ? { kind: 'FIXED', from: null, to: null } : { kind: 'PERMANENT' },
              })
            }
          />
          {term?.kind === 'FIXED' && (
            <div className="two-days">
              {day('from', text.termFrom)} <span>~</span> {day('to', text.termTo)}
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
