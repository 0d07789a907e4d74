// SPDX-License-Identifier: Apache-2.0
// 基本信息: what the work is, and whether it was published.
import { Radio } from 'antd';
import { fill } from '../../i18n/fill.ts';
import { DayInput, TagsInput, TextArea, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf, useKinds } from '../../orders/kinds.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { KindFields } from '../orders/kind-fields.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { Group, type PartProps, useHints } from './parts.tsx';

export function Basics({ form }: PartProps) {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const { fields } = useRegistrationNames();
  const { workTypes } = useKinds();
  const { values, change, faults } = form;
  const hint = useHints(form);
  const { SOFTWARE: _, ...registrable } = workTypes;
  return (
    <Section title={text.basics} aside={orders.required}>
      <div className="form-two">
        <TextInput
          {...{ field: 'title', label: fields.title, value: values.title, faults, isRequired: true, isWide: true }}
          isPrinted
          maxLength={100}
          hint={hint('title', fill(orders.fromWork, { number: form.registration.workSerial }))}
          onChange={(title) => change({ title })}
        />
        <TextArea
          {...{ field: 'intro', label: fields.intro, value: values.intro, faults, isRequired: true, isWide: true }}
          maxLength={2_000}
          hint={hint('intro', `${[...values.intro].length} / 2000`)}
          onChange={(intro) => change({ intro })}
        />
        <KindFields form={form} workTypes={values.workType === 'SOFTWARE' ? workTypes : registrable} />
        <TagsInput
          {...{ field: 'tags', label: fields.tags, value: values.tags, faults, isRequired: true, hint: hint('tags') }}
          seeds={['创意设计', '模型']}
          onChange={(edit) => change((last) => ({ tags: edit(last.tags) }))}
        />
        <Derivation form={form} />
        <DayInput
          {...{ field: 'completedOn', label: fields.completedOn, value: values.completedOn, faults, isRequired: true }}
          max={todayInChina()}
          hint={hint('completedOn')}
          onChange={(completedOn) => change({ completedOn })}
        />
        <Publication form={form} />
        <AiUse form={form} />
      </div>
    </Section>
  );
}

/** 权利获取: not asked again, as the way of acquisition says it. */
function Derivation({ form: { values } }: PartProps) {
  const text = useMyRegistrationText();
  const { acquisitions } = useAttestationText();
  const { acquisition } = values;
  const shown = acquisition === null ? '—' : acquisitions[acquisition === 'ORIGINAL' ? 'ORIGINAL' : 'DERIVATIVE'];
  return (
    <div className="field">
      <span className="field-label">{text.derivation}</span>
      <div className="field-control">
        <output>{shown}</output>
        <div className="field-hint">{text.derivationHint}</div>
      </div>
    </div>
  );
}

function Publication({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields, publications } = useRegistrationNames();
  const { values, change, faults } = form;
  const hint = useHints(form);
  const { publication } = values;
  const published = publication?.status === 'PUBLISHED' ? publication : undefined;
  const edit = (part: Partial<NonNullable<typeof published>>) =>
    change(({ publication: last }) => (last?.status === 'PUBLISHED' ? { publication: { ...last, ...part } } : {}));
  return (
    <>
      <Group form={form} field="publication" isRequired>
        <Radio.Group
          value={publication?.status ?? null}
          options={optionsOf(publications)}
          onChange={({ target }) =>
            change({
              publication:
                target.value === 'PUBLISHED'
                  ? { status: 'PUBLISHED', firstPublishedOn: null, country: '', city: '' }
                  : { status: 'UNPUBLISHED' },
            })
          }
        />
      </Group>
      {published && (
        <>
          <DayInput
            field="publication.firstPublishedOn"
            label={fields['publication.firstPublishedOn']}
            value={published.firstPublishedOn ?? null}
            {...{ faults, isRequired: true }}
            max={todayInChina()}
            hint={hint('publication.firstPublishedOn', text.publicationHint)}
            onChange={(firstPublishedOn) => edit({ firstPublishedOn })}
          />
          {(['country', 'city'] as const).map((place) => (
            <TextInput
              key={place}
              field={`publication.${place}`}
              label={fields[`publication.${place}`]}
              value={published[place] ?? ''}
              {...{ faults, isRequired: true, isPrinted: true }}
              maxLength={50}
              hint={hint(`publication.${place}`)}
              onChange={(value) => edit({ [place]: value })}
            />
          ))}
        </>
      )}
    </>
  );
}

function AiUse({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults } = form;
  const hint = useHints(form);
  const { aiUse } = values;
  return (
    <>
      <Group form={form} field="aiUse" isRequired>
        <Radio.Group
          value={aiUse?.isUsed ?? null}
          options={[
            { value: false, label: text.aiNotUsed },
            { value: true, label: text.aiUsed },
          ]}
          onChange={({ target }) => change({ aiUse: { isUsed: target.value, note: aiUse?.note ?? '' } })}
        />
      </Group>
      {aiUse?.isUsed && (
        <TextArea
          {...{ field: 'aiUse.note', label: fields['aiUse.note'], value: aiUse.note, faults }}
          isRequired
          isWide
          rows={2}
          maxLength={200}
          hint={hint('aiUse.note', text.aiHint)}
          onChange={(note) => change({ aiUse: { isUsed: true, note } })}
        />
      )}
    </>
  );
}
