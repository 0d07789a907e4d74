// SPDX-License-Identifier: Apache-2.0
// 实名认证 of an organisation. What is saved is reviewed by staff.
import { Button, Checkbox, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { Organisation, OrganisationDraft } from '../../api/organisations.ts';
import type { components } from '../../api/schema.gen.ts';
import { useAutosave } from '../../kit/draft.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { Field } from '../../kit/field.tsx';
import { type FormFaults, useFaults } from '../../kit/form.ts';
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
      const body = given(values);
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
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <TextField name="name" autoComplete="organization" {...shared} />
        <CreditCode {...shared} />
        <Licence {...shared} />
        <TextField name="phone" autoComplete="tel" hint={text.phoneHint} {...shared} />
        <TextField name="representative" autoComplete="off" {...shared} />
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

/** What was left empty is left out, so that the answer says it is missing and not that it is malformed. */
function given(values: Values): components['schemas']['OrganisationForm'] {
  const entries = Object.entries(values).filter(([, value]) => value !== '');
  return Object.fromEntries(entries) as unknown as components['schemas']['OrganisationForm']; // the portal names what is missing
}

interface SharedProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

type TextName = 'name' | 'creditCode' | 'phone' | 'representative' | 'email' | 'address';

interface TextFieldProps extends SharedProps {
  name: TextName;
  autoComplete: string;
  hint?: string;
}

function TextField({ name, autoComplete, hint, values, change, faults }: TextFieldProps) {
  const text = useOrganisationText();
  return (
    <Field
      id={`organisation-${name}`}
      label={text[name]}
      isRequired
      error={faults.sentenceOf(name)}
      {...(hint && { hint })}
      cleaned={{
        as: name === 'creditCode' ? 'number' : 'line',
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

/** A code that breaks the rule of its own check character is asked about, and taken when somebody confirms it. */
function CreditCode(shared: SharedProps) {
  const text = useOrganisationText();
  const { values, change, faults } = shared;
  const isDoubted = faults.error?.errors.some(({ field, code }) => field === 'creditCode' && code === 'checksum-wrong');
  return (
    <div className="stack">
      <TextField name="creditCode" autoComplete="off" hint={text.codeHint} {...shared} />
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

function Consent({ values, change, faults }: SharedProps) {
  const text = useOrganisationText();
  const hint = (
    <>
      {text.consentHint}{' '}
      <a href="/pages/privacy" target="_blank" rel="noopener">
        {text.privacy}
      </a>
    </>
  );
  return (
    <Field id="organisation-consent" label="" isGroup isWide error={faults.sentenceOf('consent')} hint={hint}>
      {({ status, ...control }) => (
        <Checkbox {...control} checked={values.consent} onChange={(event) => change({ consent: event.target.checked })}>
          {text.consent}
        </Checkbox>
      )}
    </Field>
  );
}
