// SPDX-License-Identifier: Apache-2.0
// Which certificates a case concerns, what of them is handed over, for how long, and whether the owners are told later.
import { Checkbox } from 'antd';
import { ASSISTANCE_PARTS } from '../../api/assistance.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { Choice, DayInput, TextArea, TextInput } from '../../kit/inputs.tsx';
import { numbersIn, ofList } from '../desk/numbers.ts';
import { type CaseValues, type Change, DAYS } from './case-values.ts';
import { useAssistanceText } from './i18n.ts';

interface WantedProps {
  values: CaseValues;
  faults: FormFaults;
  change: Change;
}

export function WantedFields({ values, faults, change }: WantedProps) {
  const text = useAssistanceText();
  const { form, parts: partNames } = text;
  const { numbers, parts, days } = values;
  return (
    <div className="form-two">
      <TextArea
        {...{ field: 'numbers', label: form.numbers, value: numbers, isRequired: true, maxLength: 1_500 }}
        faults={ofList(faults, numbersIn(numbers).length)}
        hint={form.numbersHint}
        onChange={(typed) => change({ numbers: typed })}
      />
      <Field id={faults.idOf('parts')} label={form.parts} error={faults.sentenceOf('parts')} isRequired isGroup>
        {({ id }) => (
          <Checkbox.Group
            className="assistance-parts"
            value={[...parts]}
            options={ASSISTANCE_PARTS.map((value, index) => ({
              value,
              label: partNames[value],
              ...(index === 0 && { id }),
            }))}
            onChange={(chosen) => change({ parts: ASSISTANCE_PARTS.filter((part) => chosen.includes(part)) })}
          />
        )}
      </Field>
      <Choice
        {...{ field: 'days', label: form.days, value: days, faults, isRequired: true }}
        options={DAYS.map((value) => ({ value, label: fill(form.dayCount, { count: value }) }))}
        onChange={(chosen) => change({ days: DAYS.find((each) => each === chosen) ?? days })}
      />
      <SecrecyFields {...{ values, faults, change }} />
    </div>
  );
}

function SecrecyFields({ values, faults, change }: WantedProps) {
  const { form } = useAssistanceText();
  const { isSecret, secrecyReason, secrecyUntil } = values;
  return (
    <>
      <Field id={faults.idOf('secrecy')} label="" isGroup hint={form.secrecyHint}>
        {({ status: _, count: _count, ...control }) => (
          <Checkbox {...control} checked={isSecret} onChange={({ target }) => change({ isSecret: target.checked })}>
            {form.secrecy}
          </Checkbox>
        )}
      </Field>
      {isSecret && (
        <>
          <TextInput
            {...{ field: 'secrecy.reason', label: form.secrecyReason, value: secrecyReason, faults, isRequired: true }}
            maxLength={200}
            onChange={(typed) => change({ secrecyReason: typed })}
          />
          <DayInput
            {...{ field: 'secrecy.until', label: form.secrecyUntil, value: secrecyUntil, faults, isRequired: true }}
            onChange={(day) => change({ secrecyUntil: day })}
          />
        </>
      )}
    </>
  );
}
