// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { useProfileText } from './i18n.ts';
import { IdImage } from './id-image.tsx';
import { Consent, TextField } from './real-name-fields.tsx';

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
      await onSaved(await call('put', '/identity', { body: { nature: 'PERSONAL', ...filledIn(values) } }));
    } catch (error) {
      faults.fail(error);
      autosave.restart();
    } finally {
      setSending(false);
    }
  };
  const shared = { values, change, faults };
  const entry = (name: 'name' | 'idNumber' | 'email' | 'address') => ({
    id: `identity-${name}`,
    label: text[name],
    error: faults.sentenceOf(name),
    value: values[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <TextField
          {...entry('name')}
          autoComplete="name"
          onBlur={() => void faults.checkPrinting('name', values.name)}
        />
        <TextField {...entry('idNumber')} as="number" autoComplete="off" />
        <Images {...shared} />
        <TextField {...entry('email')} type="email" autoComplete="email" />
        <TextField {...entry('address')} autoComplete="street-address" />
        <Consent
          id="identity-consent"
          text={text}
          isGiven={values.consent}
          onChange={(consent) => change({ consent })}
          error={faults.sentenceOf('consent')}
        />
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
