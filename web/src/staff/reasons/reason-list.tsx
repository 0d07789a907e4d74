// SPDX-License-Identifier: Apache-2.0
import { Input, Select } from 'antd';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { EMPTY_REASON, type ReasonTexts } from './reasons.ts';
import './reasons.css';

interface Draft {
  field: string;
  code: string;
  text: string;
}

interface Option {
  value: string;
  label: string;
}

interface ReasonListProps<D extends Draft> {
  reasons: readonly D[];
  /** The fields that a reason may be about, and what may be wrong with one. */
  fields: Option[];
  codes: Option[];
  text: ReasonTexts;
  /** What a reason says is one line, or several paragraphs. */
  as: 'line' | 'paragraphs';
  faults: FormFaults;
  isDisabled?: boolean;
  /** Changes the list as it is by then: on a busy machine the next change comes before the last one is drawn. */
  onChange: (edit: (last: readonly D[]) => D[]) => void;
}

const MAX_TEXT = 500;

/** What is chosen is one of the options given, so the drafts keep their type. */
export function ReasonList<D extends Draft>({ reasons, onChange, ...shared }: ReasonListProps<D>) {
  const { text, isDisabled = false } = shared;
  const set = (index: number, part: Partial<Draft>) =>
    onChange((last) => last.map((reason, place) => (place === index ? { ...reason, ...part } : reason)));
  return (
    <>
      {reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <fieldset className="reason" key={index} disabled={isDisabled}>
          <legend>
            {fill(text.item, { number: index + 1 })}{' '}
            <button
              type="button"
              className="link-button"
              aria-label={`${text.remove} ${fill(text.item, { number: index + 1 })}`}
              onClick={() => onChange((last) => last.filter((_, place) => place !== index))}
            >
              {text.remove}
            </button>
          </legend>
          <ReasonFields {...{ reason, index }} {...shared} onChange={(part) => set(index, part)} />
        </fieldset>
      ))}
      <button
        type="button"
        className="link-button add-reason"
        disabled={isDisabled}
        onClick={() => onChange((last) => [...last, EMPTY_REASON as D])}
      >
        + {text.addItem}
      </button>
    </>
  );
}

interface ReasonFieldsProps extends Pick<ReasonListProps<Draft>, 'fields' | 'codes' | 'text' | 'as' | 'faults'> {
  reason: Draft;
  index: number;
  onChange: (part: Partial<Draft>) => void;
}

function ReasonFields({ reason, index, fields, codes, text, as, faults, onChange }: ReasonFieldsProps) {
  const path = (part: keyof Draft) => `reasons.${index}.${part}`;
  const frame = (part: keyof Draft, label: string) => ({
    id: faults.idOf(path(part)),
    label,
    error: faults.sentenceOf(path(part)),
    isRequired: true,
  });
  const choice = (part: 'field' | 'code', label: string, options: Option[]) => (
    <Field {...frame(part, label)}>
      {({ status: _, ...control }) => (
        <Select
          {...control}
          className="whole"
          placeholder={text.choosePlease}
          // A few dozen options: all of them can be found in the page.
          virtual={false}
          value={reason[part] || null}
          options={options}
          onChange={(chosen) => onChange({ [part]: chosen ?? '' })}
        />
      )}
    </Field>
  );
  return (
    <>
      {choice('field', text.where, fields)}
      {choice('code', text.problem, codes)}
      <Field
        {...frame('text', text.what)}
        cleaned={{ as, value: reason.text, onChange: (written) => onChange({ text: written }), maxLength: MAX_TEXT }}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={reason.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
