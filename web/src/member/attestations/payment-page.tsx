// SPDX-License-Identifier: Apache-2.0
import { useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { PaySection, PayWhenDue } from '../orders/payment.tsx';
import { ChainNotice } from './chain-notice.tsx';
import { OrderSteps } from './steps.tsx';

export function PaymentPage() {
  const { id = '' } = useParams();
  const { cannotPay, goOrder } = useAttestationText();
  return (
    <PayWhenDue kind="attestation" query={useAttestation(id)} words={{ cannotPay, goOrder }}>
      {(attestation) => <Pay attestation={attestation} />}
    </PayWhenDue>
  );
}

function Pay({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const { id, files, display } = attestation;
  const [image] = display;
  return (
    <>
      <ChainNotice id={id} />
      <OrderSteps attestation={attestation} current={2} />
      <PaySection
        kind="attestation"
        order={attestation}
        picture={image && link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: image.uploadId })}
        about={fill(text.fileCount, { count: files.length })}
        labels={text}
      />
    </>
  );
}
