// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import type { FormEvent } from 'react';
import type { Registration } from '../../api/registrations.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutRegistration } from '../../orders/registration-labels.ts';
import '../orders/orders.css';
import { Basics } from './basics.tsx';
import { Checklist, Proofs } from './documents.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { Modes } from './modes.tsx';
import { People } from './people-part.tsx';
import { usePriceWords } from './price-words.ts';
import { RegistrationNotice } from './registration-notice.tsx';
import './registrations.css';
import { Rights } from './rights.tsx';
import { Samples } from './samples.tsx';
import { RegistrationSteps } from './steps.tsx';
import { Submission } from './submission.tsx';
import { type RegistrationFormState, useRegistrationForm } from './use-registration-form.ts';

interface RegistrationFormProps {
  registration: Registration;
  onReload: () => Promise<void>;
}

export function RegistrationForm({ registration, onReload }: RegistrationFormProps) {
  const text = useMyRegistrationText();
  const { view } = useAttestationText();
  const form = useRegistrationForm(registration);
  const { faults } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.complete();
  };
  return (
    <form onSubmit={submit} noValidate>
      <PageTitle
        title={text.formTitle}
        about={aboutRegistration(registration)}
        aside={<DraftNote {...form.autosave} />}
      />
      <RegistrationNotice registration={registration} idOf={faults.idOf} />
      <ErrorList {...faults} />
      {faults.error?.code === 'version-conflict' && (
        <p>
          <Button onClick={() => void onReload()}>{view}</Button>
        </p>
      )}
      <Basics form={form} />
      <People form={form} />
      <Modes form={form} />
      <Proofs form={form} />
      <Rights form={form} />
      <Samples form={form} />
      <Checklist form={form} />
      <Bar form={form} />
      <Submission form={form} />
    </form>
  );
}

function Bar({ form }: { form: RegistrationFormState }) {
  const text = useMyRegistrationText();
  const { save, savedNow } = useAttestationText();
  const price = usePriceWords(form.registration);
  const { busy, isReturned } = form;
  return (
    <div className="sticky-bar">
      <div className="sticky-buttons">
        <Button type="primary" size="large" htmlType="submit" loading={busy === 'submit'}>
          {isReturned ? text.resubmit : text.submit}
        </Button>
        <Button size="large" loading={busy === 'save'} onClick={() => void form.save()}>
          {save}
        </Button>
        <div className="bar-note">
          <strong>{price}</strong>
          <span className="small" role="status">
            {form.isSaved ? savedNow : text.next}
          </span>
        </div>
      </div>
      <RegistrationSteps registration={form.registration} />
    </div>
  );
}
