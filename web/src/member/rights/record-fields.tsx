// SPDX-License-Identifier: Apache-2.0
// The fields of each kind of record.
import { Checkbox, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { EconomicRight, RightsTimeline } from '../../api/rights-events.ts';
import { fill } from '../../i18n/fill.ts';
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { Choice, DayInput, TextArea, TextInput, todayInChina } from '../../kit/inputs.tsx';
import { useRightsText } from './i18n.ts';
import type { Choice as Kind, RecordValues } from './record-values.ts';

export interface FieldsProps {
  values: RecordValues;
  faults: FormFaults;
  /** Changes one value, and clears the fault of its field. */
  change: (field: string, part: Partial<RecordValues>) => void;
}

export function LicenceFields(props: FieldsProps) {
  const text = useRightsText();
  const { values, faults, change } = props;
  return (
    <>
      <Name field="licensee" label={text.licensee} {...props} />
      <TextInput
        {...{ field: 'facts.territory', label: text.territory, value: values.territory, faults, isRequired: true }}
        maxLength={100}
        hint={text.territoryHint}
        onChange={(territory) => change('territory', { territory })}
      />
      <Exclusivities {...props} />
      <Rights {...props} />
      <DayInput
        {...{ field: 'facts.from', label: text.from, value: values.from, faults, isRequired: true }}
        onChange={(from) => change('from', { from })}
      />
      <DayInput
        {...{ field: 'facts.to', label: text.to, value: values.to, faults }}
        hint={text.toHint}
        onChange={(to) => change('to', { to })}
      />
    </>
  );
}

export function TransferFields(props: FieldsProps) {
  const text = useRightsText();
  return (
    <>
      <Name field="transferee" label={text.transferee} {...props} />
      <On field="transferredOn" label={text.transferredOn} {...props} />
      <Rights {...props} />
    </>
  );
}

export function DisputeFields(props: FieldsProps) {
  const text = useRightsText();
  return (
    <>
      <Name field="claimant" label={text.claimant} {...props} />
      <On field="raisedOn" label={text.raisedOn} {...props} />
      <Words field="matter" label={text.matter} {...props} />
      <Where {...props} />
    </>
  );
}

export function SettlementFields({ disputes, ...props }: FieldsProps & { disputes: RightsTimeline['steps'] }) {
  const text = useRightsText();
  const { values, faults, change } = props;
  const options = disputes.flatMap(({ event }) => {
    if (event?.facts?.kind !== 'DISPUTE' || event.facts.status !== 'OPEN') return [];
    const { claimant, raisedOn: date } = event.facts;
    return [{ value: event.id, label: fill(text.citesOption, { date, claimant, number: event.recordNumber }) }];
  });
  return (
    <>
      <Choice
        {...{ field: 'facts.cites', label: text.cites, value: values.cites, faults, isRequired: true, options }}
        onChange={(cites) => change('cites', { cites })}
      />
      <On field="settledOn" label={text.settledOn} {...props} />
      <Words field="outcome" label={text.outcome} {...props} />
      <Where {...props} />
    </>
  );
}

export const FIELDS: Record<Exclude<Kind, 'SETTLEMENT'>, (props: FieldsProps) => ReactNode> = {
  LICENCE: LicenceFields,
  TRANSFER: TransferFields,
  DISPUTE: DisputeFields,
};

interface NamedProps extends FieldsProps {
  /** In the facts of the API. */
  field: string;
  label: string;
}

function Name({ field, label, values, faults, change }: NamedProps) {
  return (
    <TextInput
      {...{ field: `facts.${field}`, label, value: values.name, faults, isRequired: true }}
      maxLength={100}
      isPrinted
      onChange={(name) => change(field, { name })}
    />
  );
}

function On({ field, label, values, faults, change }: NamedProps) {
  return (
    <DayInput
      {...{ field: `facts.${field}`, label, value: values.on, faults, isRequired: true }}
      max={todayInChina()}
      onChange={(on) => change(field, { on })}
    />
  );
}

function Words({ field, label, values, faults, change }: NamedProps) {
  return (
    <TextArea
      {...{ field: `facts.${field}`, label, value: values.words, faults, isRequired: true, isWide: true }}
      maxLength={1_000}
      onChange={(words) => change(field, { words })}
    />
  );
}

function Where({ values, faults, change }: FieldsProps) {
  const text = useRightsText();
  return (
    <>
      <TextInput
        {...{ field: 'facts.court', label: text.court, value: values.court, faults }}
        maxLength={100}
        onChange={(court) => change('court', { court })}
      />
      <TextInput
        {...{ field: 'facts.caseNumber', label: text.caseNumber, value: values.caseNumber, faults }}
        maxLength={100}
        onChange={(caseNumber) => change('caseNumber', { caseNumber })}
      />
    </>
  );
}

function Exclusivities({ values, faults, change }: FieldsProps) {
  const text = useRightsText();
  const id = faults.idOf('facts.exclusivity');
  const error = faults.sentenceOf('facts.exclusivity');
  const hint = values.exclusivity && text.exclusivityHints[values.exclusivity];
  return (
    <Field {...{ id, label: text.exclusivity, error, hint }} isRequired isGroup isWide>
      {() => (
        <Radio.Group
          aria-labelledby={`${id}-label`}
          value={values.exclusivity}
          options={(['EXCLUSIVE', 'SOLE', 'NON_EXCLUSIVE'] as const).map((value) => ({
            value,
            label: text.exclusivities[value],
          }))}
          onChange={({ target }) => change('exclusivity', { exclusivity: target.value })}
        />
      )}
    </Field>
  );
}

/** 发表权, 署名权, 修改权 and 保护作品完整权 stay with the author. */
const PERSONAL = new Set(['R01', 'R02', 'R03', 'R04']);

function Rights({ values, faults, change }: FieldsProps) {
  const text = useRightsText();
  const names = Object.entries(text.rightNames).filter(([right]) => !PERSONAL.has(right));
  const all = names.map(([right]) => right as EconomicRight); // the keys of the catalogue are the codes
  const hasAll = values.rights.length === all.length;
  return (
    <>
      <Field
        id={faults.idOf('facts.rights')}
        label={text.rights}
        error={faults.sentenceOf('facts.rights')}
        hint={text.rightsHint}
        isRequired
        isGroup
        isWide
      >
        {({ id }) => (
          <>
            <Checkbox
              checked={hasAll}
              indeterminate={values.rights.length > 0 && !hasAll}
              onChange={({ target }) => change('rights', { rights: target.checked ? all : [] })}
            >
              {text.allRights}
            </Checkbox>
            <Checkbox.Group
              className="rights-checklist"
              role="group"
              aria-labelledby={`${id}-label`}
              value={values.rights}
              options={names.map(([value, label]) => ({ value, label }))}
              onChange={(rights) => change('rights', { rights: rights as EconomicRight[] })} // of the options above
            />
          </>
        )}
      </Field>
      <TextArea
        {...{ field: 'facts.rightsNote', label: text.rightsNote, value: values.rightsNote, faults, isWide: true }}
        maxLength={200}
        rows={2}
        isRequired={values.rights.includes('R17')}
        hint={text.rightsNoteHint}
        onChange={(rightsNote) => change('rightsNote', { rightsNote })}
      />
    </>
  );
}
