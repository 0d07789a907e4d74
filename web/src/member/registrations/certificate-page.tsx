// SPDX-License-Identifier: Apache-2.0
import { Link, useParams } from 'react-router';
import { type Registration, useRegistration } from '../../api/registrations.ts';
import { useKitText } from '../../kit/i18n.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { ReceiptSection } from '../../orders/receipt-section.tsx';
import { aboutRegistration, useRegistrationNames } from '../../orders/registration-labels.ts';
import { RegistrationStateText } from '../../orders/state-text.tsx';
import { Certificate } from '../orders/certificate.tsx';
import { useNameOf } from '../orders/people.tsx';
import { ShareLinks } from '../share-links/share-links.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { RegistrationSteps } from './steps.tsx';

export function RegistrationCertificatePage() {
  const { id = '' } = useParams();
  const { certificateTitle } = useAttestationText();
  return (
    <Loaded query={useRegistration(id)}>
      {(found) => (
        <>
          <PageTitle title={certificateTitle} about={aboutRegistration(found)} aside={found.orderNumber} />
          <RegistrationSteps registration={found} />
          {found.certificate ? (
            <>
              <Issued registration={found} certificate={found.certificate} />
              <ShareLinks kind="registration" id={id} />
            </>
          ) : (
            <NotReady {...found} />
          )}
          <ReceiptSection address={`/registrations/${id}`} receipt={found.receipt} />
        </>
      )}
    </Loaded>
  );
}

interface IssuedProps {
  registration: Registration;
  certificate: NonNullable<Registration['certificate']>;
}

function Issued({ registration, certificate }: IssuedProps) {
  const text = useMyRegistrationText();
  const { comma } = useKitText();
  const { fields, states } = useRegistrationNames();
  const { id, workId, form, state, registrationNumber, rightHolders } = registration;
  const nameOf = useNameOf(rightHolders);
  return (
    <Certificate
      of={`/registrations/${id}`}
      workId={workId}
      certificate={certificate}
      title={text.certificateName}
      state={<RegistrationStateText state={state} />}
      subject={[
        [fields.title, form.title],
        [fields.owners, form.owners.map(nameOf).join(comma)],
        [text.registrationNumber, <code key="registration">{registrationNumber}</code>],
      ]}
      stamp={state === 'REGISTERED' ? states.REGISTERED : undefined}
    />
  );
}

function NotReady({ id, state }: Registration) {
  const text = useMyRegistrationText();
  const { notReady } = useAttestationText();
  return (
    <Section title={text.certificateName}>
      <Empty title={notReady}>
        <p role="status">
          <RegistrationStateText state={state} /> {text.nextSteps[state]}
        </p>
        <Link to={`/member/registrations/${id}`}>{text.goOrder}</Link>
      </Empty>
    </Section>
  );
}
