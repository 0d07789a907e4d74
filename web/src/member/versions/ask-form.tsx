// SPDX-License-Identifier: Apache-2.0
// The form of 补发 and 变更. Of an amendment only what differs from the registration is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Registration } from '../../api/registrations.ts';
import { askVersion, type VersionRequestForm } from '../../api/version-requests.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { DayInput, TextArea, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { PapersField } from '../uploads/papers-field.tsx';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { useVersionText, type VersionText } from './i18n.ts';

const KINDS = ['REISSUE', 'AMENDMENT'] as const;
type Kind = (typeof KINDS)[number];

interface Values {
  reason: string;
  title: string;
  intro: string;
  completedOn: string | null;
  renewsPeople: boolean;
}

type Change = (part: Partial<Values>) => void;

export function AskForm({ registration, onClose }: { registration: Registration; onClose: () => void }) {
  const text = useVersionText();
  const queries = useQueryClient();
  const { id, form } = registration;
  const { title, intro, completedOn } = form;
  const [kind, setKind] = useState<Kind>('REISSUE');
  const [values, setValues] = useState<Values>({ reason: '', title, intro, completedOn, renewsPeople: false });
  const faults = useFaults({ prefix: 'version', labelOf: (field) => labelOf(field, text) });
  const owner = `version:${id}`;
  const items = useUploads().filter((item) => item.owner === owner);
  const ask = useMutation({
    mutationFn: () =>
      askVersion(id, bodyOf(kind, values, { form, documents: items.flatMap((item) => item.uploadId ?? []) })),
    onSuccess: async () => {
      for (const { key } of items) uploadQueue.remove(key);
      onClose();
      await queries.invalidateQueries({ queryKey: ['version-requests', id] });
    },
    onError: faults.fail,
  });
  const change: Change = (part) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field === 'reason' ? field : `changes.${field}`);
    faults.clear('changes');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending) ask.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <ErrorList {...faults} />
      <Radio.Group
        aria-label={text.kind}
        optionType="button"
        value={kind}
        options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
        onChange={({ target }) => {
          setKind(target.value);
          faults.clear();
        }}
      />
      <div className="form-two">
        {kind === 'AMENDMENT' && <ChangeFields {...{ values, faults, change }} />}
        <TextArea
          {...{ field: 'reason', label: text.reason, value: values.reason, faults, isRequired: true, isWide: true }}
          maxLength={500}
          hint={text.reasonHint}
          onChange={(reason) => change({ reason })}
        />
        <PapersField
          {...{ owner, items, faults }}
          label={text.documents}
          hint={text.documentsHint[kind]}
          isRequired={kind === 'AMENDMENT'}
        />
      </div>
      <div className="sticky-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={ask.isPending}>
          {text.send}
        </Button>
        <Button size="large" onClick={onClose}>
          {text.no}
        </Button>
      </div>
    </form>
  );
}

function ChangeFields({ values, faults, change }: { values: Values; faults: FormFaults; change: Change }) {
  const text = useVersionText();
  return (
    <>
      <p className="small field-wide" id={faults.idOf('changes')} tabIndex={-1}>
        {text.changesHint}
      </p>
      <TextInput
        {...{ field: 'changes.title', label: text.fields.title, value: values.title, faults }}
        maxLength={100}
        isPrinted
        onChange={(title) => change({ title })}
      />
      <DayInput
        {...{ field: 'changes.completedOn', label: text.fields.completedOn, value: values.completedOn, faults }}
        max={todayInChina()}
        onChange={(completedOn) => change({ completedOn })}
      />
      <TextArea
        {...{ field: 'changes.intro', label: text.fields.intro, value: values.intro, faults, isWide: true }}
        maxLength={2_000}
        onChange={(intro) => change({ intro })}
      />
      <Field
        id={faults.idOf('changes.renewsPeople')}
        label={text.fields.renewsPeople}
        error={faults.sentenceOf('changes.renewsPeople')}
        isGroup
        isWide
      >
        {({ status: _, ...control }) => (
          <Checkbox
            {...control}
            checked={values.renewsPeople}
            onChange={({ target }) => change({ renewsPeople: target.checked })}
          >
            {text.renewsPeople}
          </Checkbox>
        )}
      </Field>
    </>
  );
}

function bodyOf(
  kind: Kind,
  { reason, title, intro, completedOn, renewsPeople }: Values,
  { form, documents }: { form: Registration['form']; documents: string[] },
): VersionRequestForm {
  if (kind === 'REISSUE') return { kind, reason, documents };
  return {
    kind,
    reason,
    documents,
    changes: {
      renewsPeople,
      ...(title !== form.title && { title }),
      ...(intro !== form.intro && { intro }),
      ...(completedOn !== form.completedOn && completedOn !== null && { completedOn }),
    },
  };
}

function labelOf(field: string, text: VersionText): string {
  const [root, name = ''] = field.split('.');
  if (root === 'documents') return text.documents;
  if (root === 'reason') return text.reason;
  return text.fields[name as keyof VersionText['fields']] ?? text.changes;
}
