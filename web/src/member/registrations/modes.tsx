// SPDX-License-Identifier: Apache-2.0
// 权利取得方式 and 权利归属方式: the two choices that decide which documents are demanded.
import { Radio } from 'antd';
import { Choice, TextArea } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { useMyRegistrationText } from './i18n.ts';
import { Group, type PartProps, useHints } from './parts.tsx';

export function Modes({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields, acquisitionModes, ownerships, serviceKinds } = useRegistrationNames();
  const { values, change, faults } = form;
  const hint = useHints(form);
  return (
    <Section title={text.modes}>
      <div className="form-two">
        <Choice
          {...{ field: 'acquisition', label: fields.acquisition, value: values.acquisition, faults, isRequired: true }}
          options={optionsOf(acquisitionModes)}
          hint={hint('acquisition', text.acquisitionHint)}
          onChange={(acquisition) => change({ acquisition })}
        />
        <Choice
          {...{ field: 'ownership', label: fields.ownership, value: values.ownership, faults, isRequired: true }}
          options={optionsOf(ownerships)}
          hint={hint('ownership')}
          onChange={(ownership) => change({ ownership, serviceKind: null, isEmployed: null })}
        />
        {values.acquisition === 'OTHER' && (
          <TextArea
            {...{ field: 'acquisitionNote', label: fields.acquisitionNote, value: values.acquisitionNote, faults }}
            isRequired
            isWide
            rows={2}
            maxLength={200}
            hint={hint('acquisitionNote')}
            onChange={(acquisitionNote) => change({ acquisitionNote })}
          />
        )}
        {values.ownership === 'SERVICE' && (
          <Group form={form} field="serviceKind" isRequired isWide>
            <Radio.Group
              value={values.serviceKind}
              options={optionsOf(serviceKinds)}
              onChange={({ target }) => change({ serviceKind: target.value })}
            />
          </Group>
        )}
        {values.ownership === 'PERSONAL' && (
          <Group form={form} field="isEmployed" isRequired isWide hint={text.employedHint}>
            <Radio.Group
              value={values.isEmployed}
              options={[
                { value: false, label: text.notEmployed },
                { value: true, label: text.employed },
              ]}
              onChange={({ target }) => change({ isEmployed: target.value })}
            />
          </Group>
        )}
      </div>
    </Section>
  );
}
