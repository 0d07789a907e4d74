// SPDX-License-Identifier: Apache-2.0
// What a passport and a card of before 2023 say besides name and number: nothing of it is in the number.
import { Radio, Select } from 'antd';
import { type Nationality, nationalityOptions } from '../../api/nationalities.ts';
import type { components } from '../../api/schema.gen.ts';
import { useLanguage } from '../../i18n/language.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { DayInput } from '../../kit/inputs.tsx';
import { useProfileText } from './i18n.ts';

type Values = Required<components['schemas']['IdentityForm']>;
type DocumentType = Values['documentType'];

const DOCUMENTS = ['CARD', 'PASSPORT', 'FOREIGN_PR'] as const;

export function DocumentChoice({ value, onChange }: { value: DocumentType; onChange: (chosen: DocumentType) => void }) {
  const text = useProfileText();
  return (
    <Field
      id="identity-documentType"
      label={text.documentType}
      isGroup
      isWide
      hint={value === 'CARD' ? text.cardHint : text.reviewHint}
    >
      {({ status: _, ...control }) => (
        <Radio.Group
          {...control}
          aria-label={text.documentType}
          value={value}
          options={DOCUMENTS.map((document) => ({ value: document, label: text.documents[document] }))}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface TravelFieldsProps {
  values: Values;
  change: (part: Partial<Values>) => void;
  faults: FormFaults;
}

export function TravelFields({ values, change, faults }: TravelFieldsProps) {
  const text = useProfileText();
  const language = useLanguage();
  const day = (field: 'birthDate' | 'expiresOn') => (
    <DayInput
      field={field}
      label={text[field]}
      value={values[field] || null}
      faults={faults}
      isRequired
      onChange={(chosen) => change({ [field]: chosen ?? '' })}
    />
  );
  return (
    <>
      <Field id="identity-nationality" label={text.nationality} isRequired error={faults.sentenceOf('nationality')}>
        {({ status, ...control }) => (
          <Select
            {...control}
            {...(status && { status })}
            className="whole"
            aria-label={text.nationality}
            placeholder={text.choosePlease}
            showSearch={{ optionFilterProp: 'label' }}
            value={(values.nationality as Nationality) || null}
            options={nationalityOptions(language)}
            onChange={(nationality) => change({ nationality })}
          />
        )}
      </Field>
      {day('birthDate')}
      {day('expiresOn')}
    </>
  );
}
