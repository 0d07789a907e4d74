// SPDX-License-Identifier: Apache-2.0
// 获取证书: the certificate and what goes with it; the stamp, or the frame where the certificate has none either.
import { Link, useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { useKitText } from '../../kit/i18n.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { formatTime, numberGroups } from '../../ui/format.ts';
import { Stamp, WithheldStamp } from '../../ui/stamp.tsx';
import '../orders/orders.css';
import { holderName } from '../../orders/holder-name.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { StateText } from '../../orders/state-text.tsx';
import { DownloadButton } from '../orders/download-button.tsx';
import { useSelf } from '../orders/use-self.ts';
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
          {found.certificate ? (
            <Certificate attestation={found} certificate={found.certificate} />
          ) : (
            <NotReady {...found} />
          )}
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

interface CertificateProps {
  attestation: Attestation;
  certificate: NonNullable<Attestation['certificate']>;
}

function Certificate({ attestation: { id, form, state, rightHolders }, certificate }: CertificateProps) {
  const text = useAttestationText();
  const { comma } = useKitText();
  const self = useSelf();
  const { number, documentNumber, receivedAt, issuedAt, isStamped, lookupUrl, typedCode } = certificate;
  return (
    <>
      <Section title={text.certificate} aside={<StateText state={state} />}>
        <div className="certificate-head">
          <Facts
            rows={[
              [text.name, form.title],
              [
                text.depositors,
                form.depositors
                  .map((each) => (each.source === 'self' ? self : holderName(each.rightHolderId, rightHolders, text)))
                  .join(comma),
              ],
              [text.certificateNumber, <CertificateNumber key="number" number={number} />],
              [text.documentNumber, <code key="document">{documentNumber}</code>],
              [text.receivedAt, formatTime(receivedAt)],
              [text.issuedAt, formatTime(issuedAt)],
              [text.typedCode, <Copyable key="code" value={typedCode} label={text.typedCode} />],
            ]}
          />
          {state === 'CERTIFIED' &&
            (isStamped ? (
              <Stamp label={text.states.CERTIFIED} size={112} />
            ) : (
              <WithheldStamp label={text.notStamped} />
            ))}
        </div>
        <p className="small">{text.codeHint}</p>
        <a href={lookupUrl} target="_blank" rel="noopener">
          {text.openLookup}
        </a>
      </Section>
      <Section title={text.downloads}>
        <ul className="download-list">
          <li>
            <DownloadButton of={`/attestations/${id}`} kind="certificate" isMain />{' '}
            <span className="small">{text.certificateHint}</span>
          </li>
          <li>
            <DownloadButton of={`/attestations/${id}`} kind="package" />{' '}
            <span className="small">{text.packageHint}</span>
          </li>
          <li>
            <DownloadButton of={`/attestations/${id}`} kind="bundle" /> <span className="small">{text.bundleHint}</span>
          </li>
        </ul>
      </Section>
    </>
  );
}

function CertificateNumber({ number }: { number: string }) {
  return (
    <span className="certificate-number">
      {numberGroups(number).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a number never change their places
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}
