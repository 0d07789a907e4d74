// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import type { FormEvent } from 'react';
import { fill } from '../../i18n/fill.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Choice, DayInput, TagsInput, TextArea, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { optionsOf, useKinds } from '../../orders/kinds.ts';
import { useWorksText } from './i18n.ts';
import { useWorkForm, type WorkFormOptions, type WorkFormState } from './use-work-form.ts';
import { WorkFiles } from './work-files.tsx';
import './works.css';

export function PublishForm({ onRestart, ...options }: WorkFormOptions & { onRestart: () => void }) {
  const text = useWorksText();
  const { work, draftKey } = options;
  const form = useWorkForm(options);
  const { values, faults, autosave } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <PageTitle
        title={work?.state === 'ARCHIVED' ? text.editTitle : text.publishTitle}
        aside={<DraftNote {...autosave} />}
        {...(work && { about: { title: work.title, number: String(work.serial) } })}
      />
      <ErrorList {...faults} />
      <Section title={text.info} aside={text.required}>
        <WorkInfo form={form} />
      </Section>
      <WorkFiles form={form} work={work} draftKey={draftKey} />
      <div className="sticky-bar">
        <div className="sticky-buttons">
          <Button type="primary" size="large" htmlType="submit" loading={form.isSending}>
            {text.save}
          </Button>
          {draftKey === 'work:new' && values.title !== '' && (
            <Button size="large" onClick={onRestart}>
              {text.startAnew}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

function WorkInfo({ form: { values, change, faults } }: { form: WorkFormState }) {
  const text = useWorksText();
  const kinds = useKinds();
  return (
    <div className="form-two">
      <TextInput
        {...{ field: 'title', label: text.name, value: values.title, faults, isRequired: true, isWide: true }}
        isPrinted
        maxLength={100}
        onChange={(title) => change({ title })}
      />
      <TextArea
        {...{ field: 'intro', label: text.intro, value: values.intro, faults, isRequired: true, isWide: true }}
        maxLength={2_000}
        hint={fill(text.intoCount, { count: [...values.intro].length })}
        onChange={(intro) => change({ intro })}
      />
      <Choice
        {...{
          field: 'creatorNature',
          label: text.creatorNature,
          value: values.creatorNature,
          faults,
          isRequired: true,
        }}
        options={optionsOf(kinds.creatorNatures)}
        onChange={(creatorNature) => change({ creatorNature })}
      />
      <Choice
        {...{ field: 'publishCategory', label: text.category, value: values.publishCategory, faults, isRequired: true }}
        options={optionsOf(kinds.categories)}
        onChange={(publishCategory) => change({ publishCategory, workType: null })}
      />
      <TagsInput
        {...{ field: 'tags', label: text.tags, value: values.tags, faults, isRequired: true }}
        seeds={['创意设计', '模型']}
        hint={text.tagsHint}
        onChange={(edit) => change((last) => ({ tags: edit(last.tags) }))}
      />
      <DayInput
        {...{ field: 'completedOn', label: text.completedOn, value: values.completedOn, faults, isRequired: true }}
        max={todayInChina()}
        onChange={(completedOn) => change({ completedOn })}
      />
    </div>
  );
}
