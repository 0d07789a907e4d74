// SPDX-License-Identifier: Apache-2.0
import { useParams } from 'react-router';
import { link } from '../../api/client.ts';
import { type Registration, useRegistration } from '../../api/registrations.ts';
import { useWork } from '../../api/works.ts';
import { PaySection, PayWhenDue } from '../orders/payment.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { RegistrationSteps } from './steps.tsx';

export function RegistrationPaymentPage() {
  const { id = '' } = useParams();
  const { cannotPay, goOrder } = useMyRegistrationText();
  return (
    <PayWhenDue kind="registration" query={useRegistration(id)} words={{ cannotPay, goOrder }}>
      {(registration) => <Pay registration={registration} />}
    </PayWhenDue>
  );
}

function Pay({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const { workId } = registration;
  const [image] = useWork(workId).data?.display ?? [];
  return (
    <>
      <RegistrationSteps registration={registration} />
      <PaySection
        kind="registration"
        order={registration}
        picture={image && link('/works/{id}/files/{uploadId}/thumbnail', { id: workId, uploadId: image.uploadId })}
        about={text.paymentOf}
        labels={text}
      />
    </>
  );
}
