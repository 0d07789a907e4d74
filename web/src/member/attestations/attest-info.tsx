// SPDX-License-Identifier: Apache-2.0
import { fill } from '../../i18n/fill.ts';
import { Choice, DayInput, TagsInput, TextArea, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf, useKinds } from '../../orders/kinds.ts';
import { hintOf } from '../orders/hint-of.tsx';
import { KindFields } from '../orders/kind-fields.tsx';
import { Authors, Depositors } from './authors.tsx';
import { TermField } from './term-field.tsx';
import type { AttestFormState } from './use-attest-form.ts';

export function AttestInfo({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { workTypes } = useKinds();
  return (
    <Section title={text.info} aside={text.required}>
      <div className="form-two">
        <Title form={form} />
        <Depositors form={form} />
        <Authors form={form} />
        <Intro form={form} />
        <KindFields form={form} workTypes={workTypes} />
        <Rights form={form} />
      </div>
    </Section>
  );
}

interface PartProps {
  form: AttestFormState;
}

function Title({ form }: PartProps) {
  const text = useAttestationText();
  const { values, change, faults, attestation } = form;
  return (
    <TextInput
      {...{ field: 'title', label: text.name, value: values.title, faults, isRequired: true, isWide: true }}
      isPrinted
      maxLength={100}
      hint={hintOf(form, text.reviewerSays, 'title', fill(text.fromWork, { number: attestation.workSerial }))}
      onChange={(title) => change({ title })}
    />
  );
}

function Intro({ form }: PartProps) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  return (
    <TextArea
      {...{ field: 'intro', label: text.intro, value: values.intro, faults, isWide: true }}
      maxLength={2_000}
      hint={hintOf(form, text.reviewerSays, 'intro', `${[...values.intro].length} / 2000`)}
      onChange={(intro) => change({ intro })}
    />
  );
}

function Rights({ form }: PartProps) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const hint = (field: string) => hintOf(form, text.reviewerSays, field);
  return (
    <>
      <TagsInput
        {...{ field: 'tags', label: text.tags, value: values.tags, faults, isRequired: true, hint: hint('tags') }}
        seeds={['创意设计', '模型']}
        onChange={(edit) => change((last) => ({ tags: edit(last.tags) }))}
      />
      <Choice
        {...{ field: 'acquisition', label: text.acquisition, value: values.acquisition, faults, isRequired: true }}
        options={optionsOf(text.acquisitions)}
        hint={hint('acquisition')}
        onChange={(acquisition) => change({ acquisition })}
      />
      <TermField form={form} />
      <DayInput
        {...{ field: 'completedOn', label: text.completedOn, value: values.completedOn, faults, isRequired: true }}
        max={todayInChina()}
        hint={hint('completedOn')}
        onChange={(completedOn) => change({ completedOn })}
      />
    </>
  );
}
