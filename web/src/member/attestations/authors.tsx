// SPDX-License-Identifier: Apache-2.0
// Who deposits, and who made the work.
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { hintOf } from '../orders/hint-of.tsx';
import { KnownPeople, NamedPeople } from '../orders/people.tsx';
import type { AttestFormState } from './use-attest-form.ts';

export function Depositors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults, attestation } = form;
  return (
    <KnownPeople
      field="depositors"
      label={text.depositors}
      words={{ none: text.noDepositors, self: text.depositMyself, add: text.addDepositor }}
      people={values.depositors}
      known={attestation.rightHolders}
      faults={faults}
      hint={hintOf(form, text.reviewerSays, 'depositors', text.depositorHint)}
      onChange={(edit) => change(({ depositors }) => ({ depositors: edit(depositors) }))}
    />
  );
}

export function Authors({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { values, change, faults, attestation } = form;
  return (
    <NamedPeople
      field="authors"
      as="AUTHOR"
      label={text.authors}
      isRequired
      words={{ none: text.noAuthors, self: text.addSelf, add: text.addAuthor }}
      nameLabelOf={(number) => fill(text.author, { number })}
      people={values.authors}
      known={attestation.rightHolders}
      faults={faults}
      hint={hintOf(form, text.reviewerSays, 'authors')}
      onChange={(edit) => change(({ authors }) => ({ authors: edit(authors) }))}
    />
  );
}
