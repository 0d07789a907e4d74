// SPDX-License-Identifier: Apache-2.0
// The document: kind, number, address, pictures, validity, region, residence permit.
import { Checkbox } from 'antd';
import { call } from '../../api/client.ts';
import { useRightHolderRules } from '../../api/right-holders.ts';
import { Field } from '../../kit/field.tsx';
import { Choice, TextInput } from '../../kit/inputs.tsx';
import { IdImage } from '../profile/id-image.tsx';
import { useHolderText } from './i18n.ts';
import type { PartProps } from './part-props.ts';
import { RegionField } from './region-field.tsx';
import { ValidityField } from './validity-field.tsx';
import { hasRegion, labelsOf, needsPermit, ORGANISATION_DOCUMENTS, PERSON_DOCUMENTS } from './values.ts';

export function DocumentPart(props: PartProps) {
  const text = useHolderText();
  const { values, change, faults } = props;
  const labels = labelsOf(text, values);
  return (
    <>
      {!values.isSelf && <NumberPart {...props} />}
      <TextInput
        {...{ field: 'documentAddress', label: labels.documentAddress, value: values.documentAddress, faults }}
        isRequired
        isWide
        maxLength={200}
        onChange={(documentAddress) => change({ documentAddress })}
      />
      {!values.isSelf && <Images {...props} />}
      <ValidityField {...props} />
      {hasRegion(values) && (
        <RegionField
          id={faults.idOf('region')}
          value={values.region}
          error={faults.sentenceOf('region')}
          onChange={(region) => change({ region })}
        />
      )}
      {values.nature === 'PERSONAL' && values.documentType === 'RESIDENT_ID' && <Permit {...props} />}
    </>
  );
}

function NumberPart({ values, change, faults, holder }: PartProps) {
  const text = useHolderText();
  const labels = labelsOf(text, values);
  const isPerson = values.nature === 'PERSONAL';
  const types = isPerson ? PERSON_DOCUMENTS : ORGANISATION_DOCUMENTS;
  const isDoubted = faults.error?.errors.some(
    ({ field, code }) => field === 'documentNumber' && code === 'checksum-wrong',
  );
  return (
    <>
      <Choice
        {...{ field: 'documentType', label: text.documentType, value: values.documentType, faults, isRequired: true }}
        options={types.map((value) => ({ value, label: text.documentTypes[value] }))}
        onChange={(documentType) => documentType && change({ documentType })}
      />
      <TextInput
        {...{ field: 'documentNumber', label: labels.documentNumber, value: values.documentNumber, faults }}
        isRequired
        maxLength={32}
        hint={holder && `${holder.documentNumber} ${text.numberKept}`}
        onChange={(documentNumber) => change({ documentNumber })}
      />
      {!isPerson && (isDoubted || values.isCodeCompared) && (
        <Field id={faults.idOf('isCodeCompared')} label="" isGroup isWide hint={text.isCodeComparedHint}>
          {({ status, ...control }) => (
            <Checkbox
              {...control}
              checked={values.isCodeCompared}
              onChange={({ target }) => change({ isCodeCompared: target.checked })}
            >
              {text.isCodeCompared}
            </Checkbox>
          )}
        </Field>
      )}
    </>
  );
}

type Side = 'front' | 'back' | 'licence' | 'permit';

const FIELDS = {
  front: 'frontImageId',
  back: 'backImageId',
  licence: 'licenceImageId',
  permit: 'permitImageId',
} as const satisfies Record<Side, string>;

function Images(props: PartProps) {
  const text = useHolderText();
  const { values } = props;
  const labels = labelsOf(text, values);
  return (
    <Field id="holder-images" label={labels.images} isRequired isGroup isWide hint={text.imageHint}>
      {() => (
        <div className="id-images">
          {values.nature === 'ORGANISATION' ? (
            <Image side="licence" label={text.licenceUpload} {...props} />
          ) : (
            <>
              <Image side="front" label={values.documentType === 'PASSPORT' ? text.page : text.front} {...props} />
              {values.documentType !== 'PASSPORT' && <Image side="back" label={text.back} {...props} />}
            </>
          )}
        </div>
      )}
    </Field>
  );
}

function Permit(props: PartProps) {
  const text = useHolderText();
  const { homeProvince = '' } = useRightHolderRules().data ?? {};
  const isNeeded = needsPermit(props.values, homeProvince);
  const hint = homeProvince === '37' ? text.permitHint : text.permitHintElsewhere;
  return (
    <Field id="holder-permit" label={text.permit} isRequired={isNeeded} isGroup isWide hint={hint}>
      {() => (
        <div className="id-images">
          <Image side="permit" label={text.permitUpload} {...props} />
        </div>
      )}
    </Field>
  );
}

function Image({ side, label, values, change, faults, pictures, holder }: PartProps & { side: Side; label: string }) {
  const text = useHolderText();
  const field = FIELDS[side];
  return (
    <IdImage
      id={faults.idOf(field)}
      label={label}
      imageId={values[field]}
      fault={faults.sentenceOf(field)}
      send={(bytes) => call('post', '/right-holder-images', { query: { side }, bytes })}
      onUploaded={(imageId) => change({ [field]: imageId })}
      pictures={pictures}
      {...(holder && { uploadedNote: text.onRecord })}
    />
  );
}
