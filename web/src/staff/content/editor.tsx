// SPDX-License-Identifier: Apache-2.0
// The text of a content page in one language at a time, beside what visitors will see; on a telephone one or the other.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffPage } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { HTML_LANG, LANGUAGES, type Language } from '../../i18n/language.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { TextArea, TextInput } from '../../kit/inputs.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { NewerVersion } from '../versions/newer-version.tsx';
import { useContentText } from './i18n.ts';

type Text = StaffPage['zh'];
type Values = Record<Language, Text> & { note: string };

/** `onSaved` is told which version there is now: the editor itself begins anew with it. */
export function Editor({ page, onSaved }: { page: StaffPage; onSaved: (version: number) => void }) {
  const text = useContentText();
  const mayEdit = useMe().data?.roles.includes('admin') ?? false;
  const isOld = page.version !== page.newest;
  const faults = useFaults({ prefix: 'page', labelOf: (field) => labelOf(text, field) });
  const { values, change, current } = useFormValues<Values>(
    { zh: page.zh, en: page.en, note: isOld ? fill(text.restored, { version: page.version }) : '' },
    faults.clear,
  );
  const save = useSave(page, { current, faults, onSaved });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    save.mutate();
  };
  return (
    <form className="form content-form" onSubmit={submit} noValidate>
      {isOld && <p className="notice">{fill(text.isOld, { version: page.version, newest: page.newest })}</p>}
      {!mayEdit && <p className="notice">{text.readOnly}</p>}
      {faults.error?.code === 'version-conflict' ? (
        <NewerVersion address={`/staff/pages/${page.slug}`} />
      ) : (
        <ErrorList {...faults} />
      )}
      <Writing
        {...{ values, faults }}
        onChange={(language, part) => change((last) => ({ [language]: { ...last[language], ...part } }))}
      />
      {mayEdit && (
        <>
          <TextInput
            field="note"
            label={text.note}
            hint={text.noteHint}
            value={values.note}
            maxLength={200}
            isRequired
            faults={faults}
            onChange={(note) => change({ note })}
          />
          <div className="form-actions">
            <Button type="primary" size="large" htmlType="submit" loading={save.isPending}>
              {text.save}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

interface Saving {
  current: () => Values;
  faults: FormFaults;
  onSaved: (version: number) => void;
}

function useSave({ slug, newest }: StaffPage, { current, faults, onSaved }: Saving) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call('put', '/staff/pages/{slug}', { params: { slug }, body: { ...current(), basedOn: newest } }),
    onSuccess: async (saved) => {
      onSaved(saved.newest);
      await navigate(`/staff/pages/${slug}`);
      queries.setQueryData(['staff-pages', slug, undefined], saved);
      await queries.invalidateQueries({ queryKey: ['staff-pages', 'list'] });
    },
    onError: faults.fail,
  });
}

interface WritingProps {
  values: Values;
  faults: FormFaults;
  onChange: (language: Language, part: Partial<Text>) => void;
}

function Writing({ values, faults, onChange }: WritingProps) {
  const text = useContentText();
  const [language, setLanguage] = useState<Language>('zh');
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const { title, body } = values[language];
  const lang = HTML_LANG[language];
  return (
    <>
      <div className="content-switches">
        <Segmented
          aria-label={text.language}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: text.languages[value] }))}
          onChange={setLanguage}
        />
        <Segmented
          className="content-sides"
          aria-label={text.side}
          value={side}
          options={(['edit', 'preview'] as const).map((value) => ({ value, label: text[value] }))}
          onChange={setSide}
        />
      </div>
      <div className={`content-columns shows-${side}`}>
        <div className="content-edit">
          <TextInput
            field={`${language}.title`}
            label={text.pageTitle}
            lang={lang}
            value={title}
            maxLength={60}
            isRequired
            faults={faults}
            onChange={(typed) => onChange(language, { title: typed })}
          />
          <TextArea
            field={`${language}.body`}
            label={text.body}
            lang={lang}
            hint={text.bodyHint}
            value={body}
            maxLength={50_000}
            rows={22}
            isRequired
            faults={faults}
            onChange={(typed) => onChange(language, { body: typed })}
          />
        </div>
        <section className="content-preview" aria-label={text.preview} lang={lang}>
          <p className="content-preview-title">{title}</p>
          <Markdown text={body} />
        </section>
      </div>
    </>
  );
}

/** Such as `zh.title`. */
function labelOf(text: ReturnType<typeof useContentText>, field: string): string {
  if (field === 'note') return text.note;
  const [language, part] = field.split('.');
  const name = part === 'title' ? text.pageTitle : text.body;
  return language === 'en' ? `${text.languages.en} ${name}` : `${text.languages.zh} ${name}`;
}
