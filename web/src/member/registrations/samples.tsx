// SPDX-License-Identifier: Apache-2.0
// 存留样本说明: the media that are handed in, the samples, and what is always demanded or may be added.
import { InputNumber } from 'antd';
import { Field } from '../../kit/field.tsx';
import { Choice, TextInput } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { optionsOf } from '../../orders/kinds.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { DocumentField } from './document-field.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { type PartProps, useHints } from './parts.tsx';

const MAX_COUNT = 9_999;
const NONE = 'NONE';

export function Samples({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { electronicMedia, paperMedia } = useRegistrationNames();
  return (
    <Section title={text.samplesSection}>
      <p className="small">{text.mediumHint}</p>
      <div className="form-two">
        <Medium form={form} field="electronic" kinds={electronicMedia} />
        <Medium form={form} field="paper" kinds={paperMedia} />
      </div>
      <DocumentField form={form} kind="SAMPLE" isRequired />
      <DocumentField form={form} kind="GUARANTEE" isRequired />
      <DocumentField form={form} kind="WORK_DESCRIPTION" />
      <DocumentField form={form} kind="OTHER" />
    </Section>
  );
}

interface MediumProps extends PartProps {
  field: 'electronic' | 'paper';
  kinds: Readonly<Record<string, string>>;
}

function Medium({ form, field, kinds }: MediumProps) {
  const text = useMyRegistrationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults } = form;
  const hint = useHints(form);
  const medium = values[field];
  const edit = (part: object) => change((last) => ({ [field]: last[field] && { ...last[field], ...part } }));
  return (
    <>
      <Choice
        {...{ field, label: fields[field], value: medium?.kind ?? NONE, faults, hint: hint(field) }}
        options={optionsOf({ [NONE]: text.noMedium, ...kinds })}
        onChange={(kind) =>
          change((last) => ({ [field]: kind === NONE ? null : { count: null, note: '', ...last[field], kind } }))
        }
      />
      {medium && (
        <>
          <Field
            id={faults.idOf(`${field}.count`)}
            label={fields[`${field}.count`]}
            isRequired
            error={faults.sentenceOf(`${field}.count`)}
            hint={hint(`${field}.count`)}
          >
            {({ count: _, status, ...control }) => (
              <InputNumber
                {...control}
                {...(status && { status })}
                min={1}
                max={MAX_COUNT}
                precision={0}
                value={medium.count}
                onChange={(count) => edit({ count })}
              />
            )}
          </Field>
          <TextInput
            {...{ field: `${field}.note`, label: fields[`${field}.note`], value: medium.note, faults, isWide: true }}
            maxLength={200}
            hint={hint(`${field}.note`)}
            onChange={(note) => edit({ note })}
          />
        </>
      )}
    </>
  );
}
