// SPDX-License-Identifier: Apache-2.0
// What is to be judged: documents, changes, the form, the applicant, the history.
import type { StaffRegistration } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { RegistrationFacts } from '../../orders/registration-facts.tsx';
import { aboutRegistration, useRegistrationNames } from '../../orders/registration-labels.ts';
import { RegistrationStateText } from '../../orders/state-text.tsx';
import { RegistrationTimeline } from '../../orders/timeline.tsx';
import { formatTime } from '../../ui/format.ts';
import { FileViewer } from '../desk/file-viewer.tsx';
import { Changes } from './changes.tsx';
import { addressIn } from './files.ts';
import { useRegistrationReviewText } from './i18n.ts';

export function Subject({ registration }: { registration: StaffRegistration }) {
  const text = useRegistrationReviewText();
  const { documentKinds } = useRegistrationNames();
  const { id, form, state, documents, changes, applicant, rightHolders, history } = registration;
  const kinds = new Map(documents.map(({ kind, file }) => [file.uploadId, documentKinds[kind]]));
  return (
    <>
      <PageTitle
        title={form.title}
        aside={<RegistrationStateText state={state} />}
        about={aboutRegistration(registration)}
      />
      <Numbers registration={registration} />
      <Section title={fill(text.documents, { count: documents.length })} aside={text.audited}>
        <FileViewer
          files={documents.map(({ file }) => file)}
          addressOf={addressIn(id)}
          captionOf={({ uploadId }) => kinds.get(uploadId) ?? ''}
        />
      </Section>
      {changes.length > 0 && <Changes registration={registration} />}
      <RegistrationFacts form={form} self={applicant.name} rightHolders={rightHolders} />
      <Section title={text.applicant} aside={text.applicantAside}>
        <Facts
          rows={[
            [text.userNumber, applicant.userNumber],
            [
              text.name,
              <span key="name">
                {applicant.name} <span className="state state-done">{text.verified}</span>
              </span>,
            ],
            [text.idNumber, <code key="id">{applicant.idNumber}</code>],
          ]}
        />
      </Section>
      <Section title={text.history}>
        <RegistrationTimeline history={history} form={form} />
      </Section>
    </>
  );
}

function Numbers({ registration }: { registration: StaffRegistration }) {
  const text = useRegistrationReviewText();
  const { orderNumber, registrationNumber, fee, payment, submittedAt, round } = registration;
  return (
    <p className="small subject-facts">
      <span>{fill(text.number, { number: orderNumber })}</span>
      {registrationNumber && <span>{fill(text.registrationNumber, { number: registrationNumber })}</span>}
      {fee.priceFen === 0 ? <span>{text.free}</span> : payment && <span>{text.paid}</span>}
      {submittedAt && <span>{fill(text.submittedAt, { time: formatTime(submittedAt) })}</span>}
      <span>{fill(text.round, { round })}</span>
    </p>
  );
}
