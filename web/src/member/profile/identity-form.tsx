// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
import { useProfileText } from './i18n.ts';
import { IdImage } from './id-image.tsx';

type Draft = components['schemas']['IdentityForm'];
type Values = Required<Draft> & { consent: boolean };

interface IdentityFormProps {
  /** As it was left, else what is on record. */
  initial: Required<Draft>;
  onSaved: (identity: components['schemas']['Identity']) => Promise<void>;
  onCancel?: () => void;
}

export function IdentityForm({ initial, onSaved, onCancel }: IdentityFormProps) {
  const text = useProfileText();
  const [values, setValues] = useState<Values>({ ...initial, consent: false });
  const autosave = useAutosave({ key: 'identity', values, id: undefined, save: keep, isPrivate: true });
  const [isSending, setSending] = useState(false);
  const labels: Record<string, string> = text;
  const faults = useFaults({ prefix: 'identity', labelOf: (field) => labels[field] ?? field });
  const change = (part: Partial<Values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    await autosave.stop();
    try {
      await onSaved(await call('put', '/identity', { body: { nature: 'PERSONAL', ...given(values) } }));
    } catch (error) {
      faults.fail(error);
      autosave.restart();
    } finally {
      setSending(false);
    }
  };
  const shared = { values, change, faults };
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <TextField name="name" autoComplete="name" {...shared} />
        <TextField name="idNumber" autoComplete="off" {...shared} />
        <Images {...shared} />
        <TextField name="email" autoComplete="email" {...shared} />
        <TextField name="address" autoComplete="street-address" {...shared} />
        <Consent {...shared} />
      </div>
      <div className="form-actions">
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {text.save}
        </Button>
        {onCancel && (
          <Button size="large" onClick={onCancel}>
            {text.cancel}
          </Button>
        )}
        <span className="small">
          {text.keptHint} <DraftNote {...autosave} isPrivate />
        </span>
      </div>
    </form>
  );
}

/** At the portal, encrypted: neither number nor pictures lie in the browser. The consent is given each time. */
function keep({ consent: _, ...form }: Values): Promise<unknown> {
  return call('put', '/identity/form', { body: form });
}

interface SharedProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

/** What was left empty is left out, so that the answer says it is missing and not that it is malformed. */
function given(values: Values): Values {
  const entries = Object.entries(values).filter(([, value]) => value !== '');
  return Object.fromEntries(entries) as Values; // the portal names what is missing
}

function TextField({
  name,
  autoComplete,
  values,
  change,
  faults,
}: SharedProps & { name: 'name' | 'idNumber' | 'email' | 'address'; autoComplete: string }) {
  const text = useProfileText();
  return (
    <Field
      id={`identity-${name}`}
      label={text[name]}
      isRequired
      error={faults.sentenceOf(name)}
      cleaned={{
        as: name === 'idNumber' ? 'number' : 'line',
        value: values[name],
        onChange: (value) => change({ [name]: value }),
      }}
    >
      {(control) => (
        <Input
          {...control}
          type={name === 'email' ? 'email' : 'text'}
          autoComplete={autoComplete}
          value={values[name]}
          onBlur={() => name === 'name' && void faults.checkPrinting(name, values.name)}
          onChange={(event) => change({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

function Images({ values, change, faults }: SharedProps) {
  const text = useProfileText();
  const image = (side: 'front' | 'back', name: 'frontImageId' | 'backImageId') => (
    <IdImage
      id={`identity-${name}`}
      label={side === 'front' ? text.front : text.back}
      send={(bytes) => call('post', '/identity/images', { query: { side }, bytes })}
      imageId={values[name]}
      fault={faults.sentenceOf(name)}
      onUploaded={(imageId) => change({ [name]: imageId })}
    />
  );
  return (
    <Field id="identity-images" label={text.idImages} isRequired isGroup isWide hint={text.imageHint}>
      {() => (
        <div className="id-images">
          {image('front', 'frontImageId')}
          {image('back', 'backImageId')}
        </div>
      )}
    </Field>
  );
}

function Consent({ values, change, faults }: SharedProps) {
  const text = useProfileText();
  const hint = (
    <>
      {text.consentHint}{' '}
      <a href="/pages/privacy" target="_blank" rel="noopener">
        {text.privacy}
      </a>
    </>
  );
  return (
    <Field id="identity-consent" label="" isGroup isWide error={faults.sentenceOf('consent')} hint={hint}>
      {({ status, ...control }) => (
        <Checkbox {...control} checked={values.consent} onChange={(event) => change({ consent: event.target.checked })}>
          {text.consent}
        </Checkbox>
      )}
    </Field>
  );
}
