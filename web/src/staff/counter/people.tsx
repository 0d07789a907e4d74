// SPDX-License-Identifier: Apache-2.0
// Who an order names, from the member and their 人员档案, in the order in which they are chosen.
import { Select } from 'antd';
import type { components } from '../../api/schema.gen.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { useCounterText } from './i18n.ts';

type Schemas = components['schemas'];
type Chosen = Schemas['CounterOrderForm']['depositors'];
type Person = NonNullable<Chosen>[number];

export const SELF: Person = { source: 'self' };

interface PeopleProps {
  field: string;
  label: string;
  value: Schemas['CounterOrderForm']['authors'];
  holders: Schemas['CounterMember']['holders'];
  faults: FormFaults;
  onChange: (people: Person[]) => void;
}

export function People({ field, label, value = [], holders, faults, onChange }: PeopleProps) {
  const text = useCounterText();
  // An error of one of them is shown at the list.
  const entry = value.findIndex((_, index) => faults.sentenceOf(`${field}.${index}`));
  return (
    <Field
      id={faults.idOf(entry < 0 ? field : `${field}.${entry}`)}
      label={label}
      isRequired
      isWide
      error={faults.sentenceOf(field) ?? faults.sentenceOf(`${field}.${entry}`)}
    >
      {({ status, ...control }) => (
        <Select
          {...control}
          {...(status && { status })}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          className="whole"
          aria-label={label}
          value={value.map((each) => (each.source === 'holder' ? each.rightHolderId : 'self'))}
          options={[
            { value: 'self', label: text.theMember },
            ...holders.map(({ id, name, documentNumber, isExpired }) => ({
              value: id,
              label: `${name} ${documentNumber}${isExpired ? text.expired : ''}`,
              disabled: isExpired,
            })),
          ]}
          onChange={(ids) =>
            onChange(ids.map((id) => (id === 'self' ? SELF : { source: 'holder', rightHolderId: id })))
          }
        />
      )}
    </Field>
  );
}
