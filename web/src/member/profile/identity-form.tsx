// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { call } from '../../api/client.ts';
import type { Nationality } from '../../api/nationalities.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
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
import { DocumentChoice, TravelFields } from './travel-fields.tsx';

type Draft = components['schemas']['IdentityForm'];
type Values = Required<Draft> & { consent: boolean };
type Reason = components['schemas']['IdentityReason'];

interface IdentityFormProps {
  /** As it was left, else what is on record. */
  initial: Required<Draft>;
  /** What a reviewer returned: shown at its field until that is changed. */
  returned?: readonly Reason[];
  onSaved: (identity: components['schemas']['Identity']) => Promise<void>;
  onCancel?: () => void;
}

export function IdentityForm({ initial, returned = [], onSaved, onCancel }: IdentityFormProps) {
  const text = useProfileText();
  const form = useFormValues<Values>({ ...initial, consent: false }, (field) => faults.clear(field));
  const { values, change } = form;
  const autosave = useAutosave({ key: 'identity', values, id: undefined, save: keep, isPrivate: true });
  const isCard = values.documentType === 'CARD';
  const labels = useLabels(values.documentType);
  const submitted = useFaults({ prefix: 'identity', labelOf: (field) => labels[field] ?? field });
  const faults: FormFaults = {
    ...submitted,
    sentenceOf: (field) => submitted.sentenceOf(field) ?? returnedAt(field, { returned, initial, values }),
  };
  const pictures = usePictureUploads();
  const send = async () => onSaved(await sendForm(form.current()));
  const { isSending, submit } = useSubmission({ pictures, autosave, faults, send });
  const shared = { values, change, faults, pictures };
  const entry = (name: 'name' | 'idNumber' | 'email' | 'address') => ({
    id: `identity-${name}`,
    label: labels[name] ?? name,
    error: faults.sentenceOf(name),
    value: values[name],
    onChange: (value: string) => change({ [name]: value }),
  });
  return (
    <form className="form" onSubmit={(event) => void submit(event)} noValidate>
      <ErrorList {...faults} />
      <div className="form-two">
        <DocumentChoice value={values.documentType} onChange={(documentType) => change({ documentType })} />
        <TextField
          {...entry('name')}
          {...(!isCard && { hint: text.printedNameHint })}
          autoComplete="name"
          onBlur={() => void faults.checkPrinting('name', values.name)}
        />
        <TextField
          {...entry('idNumber')}
          {...(values.documentType === 'FOREIGN_PR' && { hint: text.oldCardHint })}
          as="number"
          autoComplete="off"
        />
        {!isCard && <TravelFields values={values} change={change} faults={faults} />}
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
        <SaveButton label={isCard ? text.save : text.send} isSending={isSending} isWaiting={pictures.isBusy} />
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

/** A passport has one page, and is called by its own words. */
function useLabels(documentType: Values['documentType']): Record<string, string> {
  const { documents: _, reasonCodes: __, ...text } = useProfileText();
  if (documentType === 'CARD') return text;
  const { documentNumber: idNumber, dataPage, cardFront, cardBack: backImageId, documentImages: idImages } = text;
  const frontImageId = documentType === 'PASSPORT' ? dataPage : cardFront;
  return { ...text, idNumber, frontImageId, backImageId, idImages };
}

interface ReturnedForm {
  returned: readonly Reason[];
  initial: Required<Draft>;
  values: Values;
}

function returnedAt(field: string, { returned, initial, values }: ReturnedForm): string | undefined {
  const reason = returned.find((each) => each.field === field);
  return reason && values[reason.field] === initial[reason.field] ? reason.text : undefined;
}

/** A card is verified by its number at once; any other document waits for its review. */
function sendForm(values: Values) {
  const { documentType, nationality, birthDate, expiresOn, backImageId, ...shared } = values;
  if (documentType === 'CARD')
    return call('put', '/identity', { body: { nature: 'PERSONAL', ...filledIn({ ...shared, backImageId }) } });
  const stated = { ...shared, nationality: nationality as Nationality, birthDate, expiresOn };
  const body =
    documentType === 'PASSPORT'
      ? filledIn({ documentType, ...stated })
      : filledIn({ documentType, ...stated, backImageId });
  return call('put', '/identity/submission', { body });
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
  const labels = useLabels(values.documentType);
  const isCard = values.documentType === 'CARD';
  const image = (side: 'front' | 'back', name: 'frontImageId' | 'backImageId') => (
    <IdImage
      id={`identity-${name}`}
      label={isCard ? text[side] : fill(text.upload, { what: labels[name] ?? '' })}
      send={(bytes) => call('post', '/identity/images', { query: { side }, bytes })}
      imageId={values[name]}
      fault={faults.sentenceOf(name)}
      pictures={pictures}
      onUploaded={(imageId) => change({ [name]: imageId })}
    />
  );
  return (
    <Field id="identity-images" label={labels.idImages ?? ''} isRequired isGroup isWide hint={text.imageHint}>
      {() => (
        <div className="id-images">
          {image('front', 'frontImageId')}
          {values.documentType !== 'PASSPORT' && image('back', 'backImageId')}
        </div>
      )}
    </Field>
  );
}
