// SPDX-License-Identifier: Apache-2.0
// 创作性质 and 作品类型, and what some of their choices have to explain.
import type { ReactNode } from 'react';
import type { AttestationForm } from '../../api/attestations.ts';
import type { FormFaults } from '../../kit/form.ts';
import { Choice, TextArea, TextInput } from '../../kit/inputs.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { optionsOf } from '../../orders/kinds.ts';
import { hintOf, type ReviewedForm } from './hint-of.tsx';

type KindValues = Pick<AttestationForm, 'creationNature' | 'creationNote' | 'workType' | 'workTypeNote'>;

interface KindFieldsProps {
  form: ReviewedForm & {
    values: KindValues;
    change: (edit: Partial<KindValues>) => void;
    faults: FormFaults;
  };
  /** Those to choose from. */
  workTypes: Readonly<Record<string, string>>;
}

export function KindFields({ form, workTypes }: KindFieldsProps) {
  const text = useAttestationText();
  const { values, change, faults } = form;
  const hint = (field: string, usual?: ReactNode) => hintOf(form, text.reviewerSays, field, usual);
  return (
    <>
      <Choice
        {...{ field: 'creationNature', label: text.creationNature, value: values.creationNature, faults }}
        isRequired
        options={optionsOf(text.creationNatures)}
        hint={hint('creationNature')}
        onChange={(creationNature) => change({ creationNature })}
      />
      <Choice
        {...{ field: 'workType', label: text.workType, value: values.workType, faults, isRequired: true }}
        options={optionsOf(workTypes)}
        hint={hint('workType')}
        onChange={(workType) => change({ workType })}
      />
      {values.creationNature !== null && values.creationNature !== 'ORIGINAL' && (
        <TextArea
          {...{ field: 'creationNote', label: text.creationNote, value: values.creationNote, faults }}
          isRequired
          isWide
          rows={2}
          maxLength={200}
          hint={hint('creationNote', text.creationNoteHint)}
          onChange={(creationNote) => change({ creationNote })}
        />
      )}
      {values.workType === 'OTHER' && (
        <TextInput
          {...{ field: 'workTypeNote', label: text.workTypeNote, value: values.workTypeNote, faults }}
          isRequired
          isWide
          isPrinted
          maxLength={100}
          hint={hint('workTypeNote')}
          onChange={(workTypeNote) => change({ workTypeNote })}
        />
      )}
    </>
  );
}
