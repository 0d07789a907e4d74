// SPDX-License-Identifier: Apache-2.0
// Why an organisation is returned: each item names a field, what is wrong with it, and what to do.
import { Input, Select } from 'antd';
import type { OrganisationReason } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { useOrganisationReviewText } from './i18n.ts';

/** A reason being written: what is not chosen yet is empty. */
export interface ReasonDraft {
  field: OrganisationReason['field'] | '';
  code: OrganisationReason['code'] | '';
  text: string;
}

export const EMPTY_REASON: ReasonDraft = { field: '', code: '', text: '' };

export function isComplete(reason: ReasonDraft): reason is OrganisationReason {
  return reason.field !== '' && reason.code !== '' && reason.text.trim() !== '';
}

const MAX_TEXT = 500;
const FIELDS = ['name', 'creditCode', 'licenceImageId', 'phone', 'representative', 'email', 'address'] as const;

interface ReasonListProps {
  reasons: readonly ReasonDraft[];
  faults: FormFaults;
  onChange: (reasons: ReasonDraft[]) => void;
}

export function ReasonList({ reasons, faults, onChange }: ReasonListProps) {
  const text = useOrganisationReviewText();
  const set = (index: number, part: Partial<ReasonDraft>) =>
    onChange(reasons.map((reason, place) => (place === index ? { ...reason, ...part } : reason)));
  return (
    <>
      {reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <fieldset className="reason" key={index}>
          <legend>
            {fill(text.item, { number: index + 1 })}{' '}
            <button
              type="button"
              className="link-button"
              aria-label={`${text.remove} ${fill(text.item, { number: index + 1 })}`}
              onClick={() => onChange(reasons.filter((_, place) => place !== index))}
            >
              {text.remove}
            </button>
          </legend>
          <ReasonFields {...{ reason, index, faults }} onChange={(part) => set(index, part)} />
        </fieldset>
      ))}
      <button type="button" className="link-button" onClick={() => onChange([...reasons, EMPTY_REASON])}>
        + {text.addItem}
      </button>
    </>
  );
}

interface ReasonFieldsProps {
  reason: ReasonDraft;
  index: number;
  faults: FormFaults;
  onChange: (part: Partial<ReasonDraft>) => void;
}

function ReasonFields({ reason, index, faults, onChange }: ReasonFieldsProps) {
  const text = useOrganisationReviewText();
  const path = (part: keyof ReasonDraft) => `reasons.${index}.${part}`;
  const frame = (part: keyof ReasonDraft, label: string) => ({
    id: faults.idOf(path(part)),
    label,
    error: faults.sentenceOf(path(part)),
    isRequired: true,
  });
  return (
    <div className="stack">
      <Field {...frame('field', text.where)}>
        {({ status: _, ...control }) => (
          <Select
            {...control}
            className="whole"
            placeholder={text.choosePlease}
            value={reason.field || null}
            options={FIELDS.map((value) => ({ value, label: text[value] }))}
            onChange={(field) => onChange({ field: field ?? '' })}
          />
        )}
      </Field>
      <Field {...frame('code', text.problem)}>
        {({ status: _, ...control }) => (
          <Select
            {...control}
            className="whole"
            placeholder={text.choosePlease}
            value={reason.code || null}
            options={Object.entries(text.reasonCodes).map(([value, label]) => ({ value, label }))}
            onChange={(code) => onChange({ code: (code as ReasonDraft['code'] | null) ?? '' })} // of the options above
          />
        )}
      </Field>
      <Field
        {...frame('text', text.what)}
        cleaned={{
          as: 'line',
          value: reason.text,
          onChange: (written) => onChange({ text: written }),
          maxLength: MAX_TEXT,
        }}
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
    </div>
  );
}
