// SPDX-License-Identifier: Apache-2.0
// 确认存证内容: all that goes on record and is printed, the preview of the certificate and the price, before the order cannot be
// changed any more.
import { Button } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { type Attestation, useAttestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import '../orders/orders.css';
import { DownloadButton } from '../orders/download-button.tsx';
import { ChainNotice } from './chain-notice.tsx';
import { NotEditable } from './not-editable.tsx';
import { OrderContent } from './order-content.tsx';
import { PriceNote, usePrice } from './price-note.tsx';
import { OrderSteps } from './steps.tsx';
import { useSubmission } from './use-submission.ts';

export function SummaryPage() {
  const { id = '' } = useParams();
  const text = useAttestationText();
  return (
    <Loaded query={useAttestation(id)}>
      {(found) =>
        found.allowed.includes('edit') ? (
          <Summary attestation={found} />
        ) : (
          <NotEditable attestation={found} title={text.summaryTitle} />
        )
      }
    </Loaded>
  );
}

function Summary({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const submission = useSubmission(attestation);
  const { id } = attestation;
  return (
    <>
      <PageTitle title={text.summaryTitle} about={aboutOf(attestation)} aside={attestation.orderNumber} />
      <ChainNotice id={id} />
      <ErrorList {...submission.faults} page={`/member/attest/${id}`} />
      <p className="summary-lead">{text.summaryLead}</p>
      <Section title={text.preview}>
        <DownloadButton of={`/attestations/${id}`} kind="preview" />
        <p className="small">{text.previewHint}</p>
      </Section>
      <OrderContent attestation={attestation} />
      <Display attestation={attestation} />
      <Confirmation attestation={attestation} submission={submission} />
    </>
  );
}

function Display({ attestation: { id, display } }: { attestation: Attestation }) {
  const text = useAttestationText();
  if (display.length === 0) return null;
  return (
    <Section title={text.display}>
      <ul className="picture-row">
        {display.map(({ uploadId, name }) => (
          <li key={uploadId}>
            <figure>
              <img src={link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId })} alt="" />
              <figcaption>{name}</figcaption>
            </figure>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ConfirmationProps {
  attestation: Attestation;
  submission: ReturnType<typeof useSubmission>;
}

function Confirmation({ attestation, submission: { isBusy, submit } }: ConfirmationProps) {
  const text = useAttestationText();
  const navigate = useNavigate();
  const isReturned = attestation.state === 'RETURNED';
  const price = usePrice({ isReturned });
  return (
    <div className="sticky-bar">
      <div className="sticky-buttons">
        <Button
          type="primary"
          size="large"
          disabled={!isReturned && price.fen === undefined}
          loading={isBusy}
          onClick={() => void submit(price.fen)}
        >
          {text.confirm}
        </Button>
        <Button size="large" onClick={() => void navigate(`/member/attest/${attestation.id}`)}>
          {text.backToForm}
        </Button>
        <div className="bar-note">
          <PriceNote price={price} />
          <span className="small">{isReturned ? text.noSecondPayment : text.frozenHint}</span>
        </div>
      </div>
      <OrderSteps attestation={attestation} current={1} />
    </div>
  );
}
