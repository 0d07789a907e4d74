// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { type FormValues, useFormValues } from '../../kit/form-values.ts';
import { SaveButton } from '../../kit/save-button.tsx';
import { type PictureUploads, usePictureUploads, useSubmission } from '../../kit/submission.ts';
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
  const form = useFormValues<Values>({ ...initial, consent: false }, (field) => faults.clear(field));
  const { values, change } = form;
  const autosave = useAutosave({ key: 'identity', values, id: undefined, save: keep, isPrivate: true });
  const labels: Record<string, string> = text;
  const faults = useFaults({ prefix: 'identity', labelOf: (field) => labels[field] ?? field });
  const pictures = usePictureUploads();
  const send = async () =>
    onSaved(await call('put', '/identity', { body: { nature: 'PERSONAL', ...filledIn(form.current()) } }));
  const { isSending, submit } = useSubmission({ pictures, autosave, faults, send });
  const shared = { values, change, faults, pictures };
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
        <SaveButton label={text.save} isSending={isSending} isWaiting={pictures.isBusy} />
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

interface SharedProps extends Pick<FormValues<Values>, 'values' | 'change'> {
  faults: FormFaults;
  pictures: PictureUploads;
}

function Images({ values, change, faults, pictures }: SharedProps) {
  const text = useProfileText();
  const image = (side: 'front' | 'back', name: 'frontImageId' | 'backImageId') => (
    <IdImage
      id={`identity-${name}`}
      label={side === 'front' ? text.front : text.back}
      send={(bytes) => call('post', '/identity/images', { query: { side }, bytes })}
      imageId={values[name]}
      fault={faults.sentenceOf(name)}
      pictures={pictures}
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
