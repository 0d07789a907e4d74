// SPDX-License-Identifier: Apache-2.0
// 实名认证 of an organisation. What is saved is reviewed by staff.
import { Button, Checkbox } from 'antd';
import { call } from '../../api/client.ts';
import type { Organisation, OrganisationDraft } from '../../api/organisations.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { type FormValues, useFormValues } from '../../kit/form-values.ts';
import { SaveButton } from '../../kit/save-button.tsx';
import { type PictureUploads, usePictureUploads, useSubmission } from '../../kit/submission.ts';
import { IdImage } from '../profile/id-image.tsx';
import { Consent, TextField } from '../profile/real-name-fields.tsx';
import { useOrganisationText } from './i18n.ts';

type Values = OrganisationDraft & { consent: boolean };

interface OrganisationFormProps {
  /** As it was left, else what is on record. */
  initial: OrganisationDraft;
  /** Of an organisation that is there already. */
  isKnown: boolean;
  onSaved: (organisation: Organisation) => Promise<void>;
  onCancel?: () => void;
}

export function OrganisationForm({ initial, isKnown, onSaved, onCancel }: OrganisationFormProps) {
  const text = useOrganisationText();
  const form = useFormValues<Values>({ ...initial, consent: false }, (field) => faults.clear(field));
  const { values, change } = form;
  const autosave = useAutosave({ key: 'organisation', values, id: undefined, save: keep, isPrivate: true });
  const labels: Record<string, unknown> = text;
  const faults = useFaults({ prefix: 'organisation', labelOf: (field) => String(labels[field] ?? field) });
  const pictures = usePictureUploads();
  const send = async () => {
    const body = filledIn(form.current()) as components['schemas']['OrganisationForm'];
    await onSaved(
      await (isKnown ? call('put', '/organisations/current', { body }) : call('post', '/organisations', { body })),
    );
  };
  const { isSending, submit } = useSubmission({ pictures, autosave, faults, send });
  const shared = { values, change, faults, pictures };
  const entry = useEntry(shared);
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <TextField
          {...entry('name')}
          autoComplete="organization"
          onBlur={() => void faults.checkPrinting('name', values.name)}
        />
        <CreditCode {...shared} />
        <Licence {...shared} />
        <TextField {...entry('phone')} autoComplete="tel" hint={text.phoneHint} />
        <TextField {...entry('representative')} autoComplete="off" />
        <TextField {...entry('email')} type="email" autoComplete="email" />
        <TextField {...entry('address')} autoComplete="street-address" />
        <Consent
          id="organisation-consent"
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
          {text.submitHint} {text.keptHint} <DraftNote {...autosave} isPrivate />
        </span>
      </div>
    </form>
  );
}

/** At the portal, encrypted: nothing of it lies in the browser. The consent is given each time. */
function keep({ consent: _, ...form }: Values): Promise<unknown> {
  return call('put', '/organisations/form', { body: form });
}

interface SharedProps extends Pick<FormValues<Values>, 'values' | 'change'> {
  faults: FormFaults;
  pictures: PictureUploads;
}

/** What a text field of this form needs. */
function useEntry({ values, change, faults }: Omit<SharedProps, 'pictures'>) {
  const text = useOrganisationText();
  return (name: 'name' | 'creditCode' | 'phone' | 'representative' | 'email' | 'address') => ({
    id: `organisation-${name}`,
    label: text[name],
    error: faults.sentenceOf(name),
    value: values[name],
    onChange: (value: string) => change({ [name]: value }),
  });
}

/** A code that breaks the rule of its own check character is asked about, and taken when somebody confirms it. */
function CreditCode(shared: SharedProps) {
  const text = useOrganisationText();
  const { values, change, faults } = shared;
  const entry = useEntry(shared);
  const isDoubted = faults.error?.errors.some(({ field, code }) => field === 'creditCode' && code === 'checksum-wrong');
  return (
    <div className="stack">
      <TextField {...entry('creditCode')} as="number" autoComplete="off" hint={text.codeHint} />
      {(isDoubted || values.isCodeConfirmed) && (
        <div className="notice" role="status">
          <p>{text.codeDoubt}</p>
          <Checkbox
            checked={values.isCodeConfirmed}
            onChange={(event) => change({ isCodeConfirmed: event.target.checked })}
          >
            {text.isCodeConfirmed}
          </Checkbox>
        </div>
      )}
    </div>
  );
}

function Licence({ values, change, faults, pictures }: SharedProps) {
  const text = useOrganisationText();
  return (
    <Field id="organisation-licence" label={text.licenceImageId} isRequired isGroup isWide hint={text.licenceHint}>
      {() => (
        <IdImage
          id="organisation-licenceImageId"
          label={text.licence}
          imageId={values.licenceImageId}
          fault={faults.sentenceOf('licenceImageId')}
          send={(bytes) => call('post', '/organisations/licences', { bytes })}
          onUploaded={(licenceImageId) => change({ licenceImageId })}
          pictures={pictures}
        />
      )}
    </Field>
  );
}
