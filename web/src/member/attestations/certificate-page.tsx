// SPDX-License-Identifier: Apache-2.0
// 获取证书, and whether others find it by its files.
import { Link, useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { useKitText } from '../../kit/i18n.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { ReceiptSection } from '../../orders/receipt-section.tsx';
import { StateText } from '../../orders/state-text.tsx';
import { Certificate } from '../orders/certificate.tsx';
import { useNameOf } from '../orders/people.tsx';
import { ShareLinks } from '../share-links/share-links.tsx';
import { FileLookup } from './file-lookup.tsx';
import { OrderSteps } from './steps.tsx';

export function CertificatePage() {
  const { id = '' } = useParams();
  const text = useAttestationText();
  const attestation = useAttestation(id);
  return (
    <Loaded query={attestation}>
      {(found) => (
        <>
          <PageTitle title={text.certificateTitle} about={aboutOf(found)} aside={found.orderNumber} />
          <OrderSteps attestation={found} current={found.certificate ? 4 : 3} />
          {found.certificate ? <Issued attestation={found} certificate={found.certificate} /> : <NotReady {...found} />}
          {found.certificate && <ShareLinks kind="attestation" id={id} />}
          <ReceiptSection address={`/attestations/${id}`} receipt={found.receipt} />
          <FileLookup attestation={found} />
        </>
      )}
    </Loaded>
  );
}

function NotReady({ id, state }: Attestation) {
  const text = useAttestationText();
  return (
    <Section title={text.certificate}>
      <Empty title={text.notReady}>
        <p role="status">
          <StateText state={state} /> {text.nextSteps[state]}
        </p>
        <Link to={`/member/attestations/${id}`}>{text.goOrder}</Link>
      </Empty>
    </Section>
  );
}

interface IssuedProps {
  attestation: Attestation;
  certificate: NonNullable<Attestation['certificate']>;
}

function Issued({ attestation: { id, workId, form, state, rightHolders }, certificate }: IssuedProps) {
  const text = useAttestationText();
  const { comma } = useKitText();
  const nameOf = useNameOf(rightHolders);
  return (
    <Certificate
      of={`/attestations/${id}`}
      workId={workId}
      certificate={certificate}
      title={text.certificate}
      state={<StateText state={state} />}
      subject={[
        [text.name, form.title],
        [text.depositors, form.depositors.map(nameOf).join(comma)],
      ]}
      stamp={state === 'CERTIFIED' ? text.states.CERTIFIED : undefined}
    />
  );
}
