// SPDX-License-Identifier: Apache-2.0
// 实名认证 of an organisation. What is saved is reviewed by staff.
import { Button, Checkbox } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { Organisation, OrganisationDraft } from '../../api/organisations.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, filledIn, useFaults } from '../../kit/form.ts';
import { Consent, TextField } from '../profile/real-name-fields.tsx';
import { useOrganisationText } from './i18n.ts';
import { LicenceImage } from './licence-image.tsx';

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
  const [values, setValues] = useState<Values>({ ...initial, consent: false });
  const autosave = useAutosave({ key: 'organisation', values, id: undefined, save: keep, isPrivate: true });
  const [isSending, setSending] = useState(false);
  const labels: Record<string, unknown> = text;
  const faults = useFaults({ prefix: 'organisation', labelOf: (field) => String(labels[field] ?? field) });
  const change = (part: Partial<Values>) => {
    setValues((last) => ({ ...last, ...part }));
    for (const field of Object.keys(part)) faults.clear(field);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    await autosave.stop();
    try {
      const body = filledIn(values) as components['schemas']['OrganisationForm'];
      await onSaved(
        await (isKnown ? call('put', '/organisations/current', { body }) : call('post', '/organisations', { body })),
      );
    } catch (error) {
      faults.fail(error);
      autosave.restart();
    } finally {
      setSending(false);
    }
  };
  const shared = { values, change, faults };
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
        <Button type="primary" size="large" htmlType="submit" loading={isSending}>
          {text.save}
        </Button>
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

interface SharedProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

/** What a text field of this form needs. */
function useEntry({ values, change, faults }: SharedProps) {
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

function Licence({ values, change, faults }: SharedProps) {
  const text = useOrganisationText();
  const [refused, setRefused] = useState<string>();
  return (
    <Field
      id="organisation-licence"
      label={text.licenceImageId}
      isRequired
      isGroup
      isWide
      error={refused ?? faults.sentenceOf('licenceImageId')}
      hint={text.licenceHint}
    >
      {() => (
        <LicenceImage
          id="organisation-licenceImageId"
          imageId={values.licenceImageId}
          onUploaded={(licenceImageId) => change({ licenceImageId })}
          onFault={setRefused}
        />
      )}
    </Field>
  );
}
