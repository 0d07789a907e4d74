// SPDX-License-Identifier: Apache-2.0
// Who the right holder is: role, kind, name, telephone; of an organisation also its representative and e-mail.
import { Checkbox, Radio } from 'antd';
import { call } from '../../api/client.ts';
import { useIdentity } from '../../api/identity.ts';
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
      {isPerson && <Self {...props} />}
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

/** Everything that was verified need not be typed again. */
function Self({ values, change, faults }: PartProps) {
  const text = useHolderText();
  const { fullName, idNumber } = useIdentity().data ?? {};
  const fillIn = async (isSelf: boolean) => {
    if (!isSelf) return change({ isSelf, name: '', documentNumber: '' });
    change({ isSelf, documentType: 'RESIDENT_ID', name: fullName ?? '' });
    // The address of the contact form is a beginning; the card decides.
    const left = await call('get', '/identity/form', {}).catch(() => undefined);
    const address = left?.form.address;
    if (address && values.documentAddress === '') change({ documentAddress: address });
  };
  return (
    <Field id={faults.idOf('isSelf')} label="" isGroup isWide hint={values.isSelf && text.isSelfHint}>
      {({ status, ...control }) => (
        <>
          <Checkbox {...control} checked={values.isSelf} onChange={({ target }) => void fillIn(target.checked)}>
            {text.isSelf}
          </Checkbox>
          {values.isSelf && (
            <span className="person">
              {fullName} {idNumber}
            </span>
          )}
        </>
      )}
    </Field>
  );
}
