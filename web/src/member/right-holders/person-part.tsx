// SPDX-License-Identifier: Apache-2.0
// Who the right holder is: role, kind, name, telephone; of an organisation also its representative and e-mail.
import { Checkbox, Radio } from 'antd';
import { call } from '../../api/client.ts';
import { useIdentity } from '../../api/identity.ts';
import { useOrganisation } from '../../api/organisations.ts';
import { useMe } from '../../api/session.ts';
import { Field } from '../../kit/field.tsx';
import { TextInput } from '../../kit/inputs.tsx';
import { useHolderText } from './i18n.ts';
import type { PartProps } from './part-props.ts';
import { labelsOf } from './values.ts';

export function PersonPart(props: PartProps) {
  const text = useHolderText();
  const { values, change, faults } = props;
  const labels = labelsOf(text, values);
  const isPerson = values.nature === 'PERSONAL';
  const input = (field: 'name' | 'contactPhone' | 'legalRepresentative' | 'email', maxLength: number) => (
    <TextInput
      {...{ field, label: labels[field], value: values[field], faults, isRequired: true, maxLength }}
      isPrinted={field === 'name'}
      onChange={(value) => change({ [field]: value })}
    />
  );
  return (
    <>
      <Roles {...props} />
      <Nature {...props} />
      <Self {...props} />
      {!values.isSelf && input('name', 100)}
      {input('contactPhone', 32)}
      {!isPerson && input('legalRepresentative', 50)}
      {!isPerson && input('email', 254)}
    </>
  );
}

function Roles({ values, change, faults }: PartProps) {
  const text = useHolderText();
  return (
    <Field
      id={faults.idOf('roles')}
      label={text.roles}
      isRequired
      isGroup
      error={faults.sentenceOf('roles')}
      hint={text.rolesHint}
    >
      {({ id }) => (
        <Checkbox.Group
          role="group"
          aria-labelledby={`${id}-label`}
          value={values.roles}
          options={(['OWNER', 'AUTHOR'] as const).map((value) => ({ value, label: text.roleNames[value] }))}
          onChange={(roles) => change({ roles })}
        />
      )}
    </Field>
  );
}

function Nature({ values, change, faults }: PartProps) {
  const text = useHolderText();
  const id = faults.idOf('nature');
  return (
    <Field id={id} label={text.nature} isRequired isGroup error={faults.sentenceOf('nature')}>
      {() => (
        <Radio.Group
          aria-labelledby={`${id}-label`}
          value={values.nature}
          options={(['PERSONAL', 'ORGANISATION'] as const).map((value) => ({ value, label: text.natures[value] }))}
          onChange={({ target }) =>
            change({
              nature: target.value,
              isSelf: false,
              documentType: target.value === 'PERSONAL' ? 'RESIDENT_ID' : 'BUSINESS_LICENCE',
            })
          }
        />
      )}
    </Field>
  );
}

/** The party that the member acts for: what was verified need not be typed again. */
function Self({ values, change, faults }: PartProps) {
  const text = useHolderText();
  const isOurs = values.nature === 'ORGANISATION';
  const party = useParty(isOurs);
  if (!party) return null;
  const fillIn = async (isSelf: boolean) => {
    if (!isSelf) return change({ isSelf, name: '', documentNumber: '' });
    const documentType = isOurs ? 'BUSINESS_LICENCE' : 'RESIDENT_ID';
    change({ isSelf, documentType, name: party.name });
    // The address on record is a beginning; the document decides.
    const address = await party.address();
    if (address) change((last) => (last.documentAddress === '' ? { documentAddress: address } : {}));
  };
  const [label, hint] = isOurs ? [text.isUs, text.isUsHint] : [text.isSelf, text.isSelfHint];
  return (
    <Field id={faults.idOf('isSelf')} label="" isGroup isWide hint={values.isSelf && hint}>
      {({ status, ...control }) => (
        <>
          <Checkbox {...control} checked={values.isSelf} onChange={({ target }) => void fillIn(target.checked)}>
            {label}
          </Checkbox>
          {values.isSelf && (
            <span className="person">
              {party.name} {party.number}
            </span>
          )}
        </>
      )}
    </Field>
  );
}

/** Nothing where the party acted for is of the other kind: a person is not the organisation, nor it one of its members. */
function useParty(isOrganisation: boolean) {
  const me = useMe().data;
  const isOurs = Boolean(me?.actingFor);
  const { fullName = '', idNumber = '' } = useIdentity(!isOurs).data ?? {};
  const organisation = useOrganisation(isOurs).data;
  if (!me || isOurs !== isOrganisation) return undefined;
  if (isOurs) {
    const { name = '', creditCode = '', address = '' } = organisation ?? {};
    return { name, number: creditCode, address: async () => address };
  }
  const address = async () => (await call('get', '/identity/form', {}).catch(() => undefined))?.form.address;
  return { name: fullName, number: idNumber, address };
}
