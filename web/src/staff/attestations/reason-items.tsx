// SPDX-License-Identifier: Apache-2.0
// Each item names a field, what is wrong with it, and what to do.
import { Input, Select } from 'antd';
import type { Reason, StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf } from '../../orders/kinds.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { useStaffText } from './i18n.ts';

/** A reason being written: what is not chosen yet is empty. */
export interface ReasonDraft {
  field: string;
  code: Reason['code'] | '';
  text: string;
}

export const EMPTY_REASON: ReasonDraft = { field: '', code: '', text: '' };

export function isComplete(reason: ReasonDraft): reason is Reason {
  return reason.field !== '' && reason.code !== '' && reason.text.trim() !== '';
}
const MAX_TEXT = 500;
const FIELDS = [
  'title',
  'intro',
  'authors',
  'creationNature',
  'creationNote',
  'workType',
  'tags',
  'acquisition',
  'term',
  'completedOn',
  'files',
  'display',
];

interface ReasonItemsProps {
  order: StaffAttestation;
  reasons: readonly ReasonDraft[];
  faults: FormFaults;
  isDisabled: boolean;
  onChange: (reasons: ReasonDraft[]) => void;
}

export function ReasonItems({ order, reasons, faults, isDisabled, onChange }: ReasonItemsProps) {
  const text = useStaffText();
  const set = (index: number, part: Partial<ReasonDraft>) =>
    onChange(reasons.map((reason, place) => (place === index ? { ...reason, ...part } : reason)));
  return (
    <>
      {reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <fieldset className="reason" key={index} disabled={isDisabled}>
          <legend>
            {fill(text.item, { number: index + 1 })}
            <button
              type="button"
              className="link-button"
              aria-label={`${text.remove} ${fill(text.item, { number: index + 1 })}`}
              onClick={() => onChange(reasons.filter((_, place) => place !== index))}
            >
              {text.remove}
            </button>
          </legend>
          <ReasonFields {...{ order, reason, index, faults }} onChange={(part) => set(index, part)} />
        </fieldset>
      ))}
      <button
        type="button"
        className="link-button add-reason"
        disabled={isDisabled}
        onClick={() => onChange([...reasons, EMPTY_REASON])}
      >
        + {text.addItem}
      </button>
    </>
  );
}

interface ReasonFieldsProps extends Pick<ReasonItemsProps, 'order' | 'faults'> {
  reason: ReasonDraft;
  index: number;
  onChange: (part: Partial<ReasonDraft>) => void;
}

function ReasonFields({ order, reason, index, faults, onChange }: ReasonFieldsProps) {
  const text = useStaffText();
  const { reasonCodes } = useAttestationText();
  const fieldOptions = useFieldOptions(order);
  const path = (part: keyof ReasonDraft) => `reasons.${index}.${part}`;
  const frame = (part: keyof ReasonDraft, label: string) => ({
    id: faults.idOf(path(part)),
    label,
    error: faults.sentenceOf(path(part)),
  });
  return (
    <>
      <Field {...frame('field', text.where)} isRequired>
        {({ status: _, ...control }) => (
          <Select
            {...control}
            className="whole"
            placeholder={text.choosePlease}
            value={reason.field || null}
            options={fieldOptions}
            onChange={(field) => onChange({ field: field ?? '' })}
          />
        )}
      </Field>
      <Field {...frame('code', text.problem)} isRequired>
        {({ status: _, ...control }) => (
          <Select
            {...control}
            className="whole"
            placeholder={text.choosePlease}
            value={reason.code || null}
            options={optionsOf(reasonCodes)}
            onChange={(code) => onChange({ code: code ?? '' })}
          />
        )}
      </Field>
      <Field
        {...frame('text', text.what)}
        isRequired
        cleaned={{
          as: 'paragraphs',
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
    </>
  );
}

/** The fields of the form, and each file by its name. */
function useFieldOptions({ files, display }: StaffAttestation): { value: string; label: string }[] {
  const labelOf = useLabelOf();
  const named = (list: 'files' | 'display', names: readonly { name: string }[]) =>
    names.map(({ name }, index) => ({ value: `${list}.${index}`, label: `${labelOf(list)} / ${name}` }));
  return [
    ...FIELDS.map((value) => ({ value, label: labelOf(value) })),
    ...named('files', files),
    ...named('display', display),
  ];
}
