// SPDX-License-Identifier: Apache-2.0
// The form of one right holder. What is half filled is kept at the portal, encrypted; the declaration is given each time.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import { type RightHolder, type RightHolderForm, useRightHolderRules } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { SaveButton } from '../../kit/save-button.tsx';
import { Section } from '../../kit/section.tsx';
import { usePictureUploads, useSubmission } from '../../kit/submission.ts';
import { DocumentPart } from './document-part.tsx';
import { useHolderText } from './i18n.ts';
import type { PartProps } from './part-props.ts';
import { PersonPart } from './person-part.tsx';
import { type HolderValues, labelsOf } from './values.ts';

interface HolderFormProps {
  initial: RightHolderForm;
  holder: RightHolder | undefined;
  onReload: () => Promise<unknown>;
}

export function HolderForm({ initial, holder, onReload }: HolderFormProps) {
  const text = useHolderText();
  const { values, change, faults, pictures, autosave, isSending, submit } = useHolderForm({ initial, holder });
  const part = { values, change, faults, pictures, holder };
  const navigate = useNavigate();
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      {faults.error?.code === 'version-conflict' && (
        <p>
          <Button onClick={() => void onReload()}>{text.reload}</Button>
        </p>
      )}
      <Section title={text.basics} aside={text.required}>
        <div className="form-two">
          <PersonPart {...part} />
          <DocumentPart {...part} />
          {!values.isSelf && <Declaration {...part} />}
        </div>
        <div className="form-actions">
          <SaveButton label={text.save} isSending={isSending} isWaiting={pictures.isBusy} />
          <Button size="large" onClick={() => void navigate('/member/people')}>
            {text.cancel}
          </Button>
          <span className="small">
            {text.keptHint} <DraftNote {...autosave} isPrivate />
          </span>
        </div>
      </Section>
    </form>
  );
}

function useHolderForm({ initial, holder }: Pick<HolderFormProps, 'initial' | 'holder'>) {
  const text = useHolderText();
  const form = useFormValues<HolderValues>({ ...initial, declaration: '' }, (field) => faults.clear(field));
  const { values, change } = form;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const save = (draft: HolderValues) => keep(holder?.id, draft);
  const autosave = useAutosave({ key: 'right-holder', values, id: undefined, save, isPrivate: true });
  const labels: Record<string, unknown> = {
    ...labelsOf(text, values),
    'validity.from': text.from,
    'validity.to': text.to,
  };
  const faults = useFaults({ prefix: 'holder', labelOf: (field) => String(labels[field] ?? field) });
  const pictures = usePictureUploads();
  const send = async () => {
    const body = form.current();
    const saved = holder
      ? await call('put', '/right-holders/{id}', {
          params: { id: holder.id },
          body: { ...body, version: holder.version },
        })
      : await call('post', '/right-holders', { body });
    queries.removeQueries({ queryKey: ['right-holder'] });
    void queries.invalidateQueries({ queryKey: ['right-holders'] });
    void navigate('/member/people', { state: { savedName: saved.name } });
  };
  const submission = useSubmission({ pictures, autosave, faults, send });
  return { values, change, faults, pictures, autosave, ...submission };
}

function keep(id: string | undefined, { declaration: _, ...form }: HolderValues): Promise<unknown> {
  return id === undefined
    ? call('put', '/right-holder-form', { body: form })
    : call('put', '/right-holders/{id}/form', { params: { id }, body: form });
}

function Declaration({ values, change, faults }: PartProps) {
  const text = useHolderText();
  const language = useLanguage();
  const { declaration } = useRightHolderRules().data ?? {};
  return (
    <Field
      id={faults.idOf('declaration')}
      label={text.declaration}
      isRequired
      isGroup
      isWide
      error={faults.sentenceOf('declaration')}
      hint={declaration && fill(text.declarationVersion, { version: declaration.version })}
    >
      {({ status, ...control }) => (
        <>
          <p className="declaration">{declaration?.[language]}</p>
          <Checkbox
            {...control}
            disabled={!declaration}
            checked={declaration !== undefined && values.declaration === declaration.version}
            onChange={({ target }) => change({ declaration: target.checked ? (declaration?.version ?? '') : '' })}
          >
            {text.agree}
          </Checkbox>
        </>
      )}
    </Field>
  );
}
