// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { Field } from '../../kit/field.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { type RegistrationNames, useRegistrationNames } from '../../orders/registration-labels.ts';
import { hintOf } from '../orders/hint-of.tsx';
import type { RegistrationFormState } from './use-registration-form.ts';

export interface PartProps {
  form: RegistrationFormState;
}

/** A field's hint, and before it what the reviewer said about it. */
export function useHints(form: RegistrationFormState): (field: string, usual?: ReactNode) => ReactNode {
  const { reviewerSays } = useAttestationText();
  return (field, usual) => hintOf(form, reviewerSays, field, usual);
}

interface GroupProps extends PartProps {
  field: keyof RegistrationNames['fields'];
  isRequired?: boolean;
  isWide?: boolean;
  /** Several boxes may be ticked; otherwise one choice. */
  isMany?: boolean;
  hint?: ReactNode;
  children: ReactNode;
}

/** Buttons or boxes under one name. */
export function Group({ form, field, hint, isMany = false, children, ...frame }: GroupProps) {
  const { fields } = useRegistrationNames();
  const hints = useHints(form);
  const id = form.faults.idOf(field);
  return (
    <Field
      id={id}
      label={fields[field]}
      isGroup
      error={form.faults.sentenceOf(field)}
      hint={hints(field, hint)}
      {...frame}
    >
      {(control) => (
        <div
          {...{ id, role: isMany ? 'group' : 'radiogroup', 'aria-labelledby': `${id}-label` }}
          aria-describedby={control['aria-describedby']}
        >
          {children}
        </div>
      )}
    </Field>
  );
}
