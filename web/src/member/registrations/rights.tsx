// SPDX-License-Identifier: Apache-2.0
// 权利拥有状况及其说明: the seventeen rights of article 10, in its order.
import { Checkbox } from 'antd';
import type { RegistrationForm } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { TextArea } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { DocumentField } from './document-field.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { Group, type PartProps, useHints } from './parts.tsx';

type Right = RegistrationForm['rights'][number];

export function Rights({ form }: PartProps) {
  const text = useMyRegistrationText();
  const names = useRegistrationNames();
  const { values, change, faults } = form;
  const hint = useHints(form);
  const all = Object.keys(names.rights) as Right[]; // typed by registration-labels.ts
  const count = values.rights.length;
  const isAll = count === all.length;
  return (
    <Section title={text.rightsSection}>
      <div className="form-two">
        <Group
          form={form}
          field="rights"
          isRequired
          isWide
          isMany
          hint={isAll ? text.rightsAll : count > 0 && fill(text.rightsPart, { count })}
        >
          <Checkbox
            checked={isAll}
            indeterminate={count > 0 && !isAll}
            onChange={({ target }) => change({ rights: target.checked ? all : [] })}
          >
            <strong>{text.all}</strong>
          </Checkbox>
          <Checkbox.Group
            className="rights"
            value={values.rights}
            options={optionsOf(names.rights)}
            onChange={(chosen) => change({ rights: all.filter((right) => chosen.includes(right)) })}
          />
        </Group>
        <TextArea
          {...{ field: 'rightsNote', label: names.fields.rightsNote, value: values.rightsNote, faults, isWide: true }}
          isRequired={values.rights.includes('R17')}
          rows={2}
          maxLength={200}
          hint={hint('rightsNote', text.rightsNoteHint)}
          onChange={(rightsNote) => change({ rightsNote })}
        />
      </div>
      <DocumentField form={form} kind="RIGHTS_PROOF" title={text.rightsProof} />
    </Section>
  );
}
