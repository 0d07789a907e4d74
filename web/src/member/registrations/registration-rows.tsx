// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { link } from '../../api/client.ts';
import type { RegistrationSummary } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { ChoiceCell, ChoiceRows, type Choosing } from '../orders/choosing.tsx';
import { DownloadButton } from '../orders/download-button.tsx';
import { paidWordOf } from '../orders/paid-word.ts';
import { PictureButton } from '../orders/pictures.tsx';
import { useMyRegistrationText } from './i18n.ts';

interface RegistrationRowsProps extends Choosing {
  registrations: readonly RegistrationSummary[];
  onLook: (registration: RegistrationSummary) => void;
}

export function RegistrationRows({ registrations, onLook, ...choosing }: RegistrationRowsProps) {
  const text = useMyRegistrationText();
  return (
    <ChoiceRows
      label={text.listTitle}
      columns={Object.values(text.column)}
      folded={[text.column.payment]}
      orders={registrations}
      {...choosing}
    >
      {registrations.map((registration) => (
        <Row key={registration.id} registration={registration} onLook={onLook} choosing={choosing} />
      ))}
    </ChoiceRows>
  );
}

interface RowProps extends Pick<RegistrationRowsProps, 'onLook'> {
  registration: RegistrationSummary;
  choosing: Choosing;
}

function Row({ registration, onLook, choosing }: RowProps) {
  const text = useMyRegistrationText();
  const orders = useAttestationText();
  const { id, workId, displayUploadId, submittedAt, workSerial } = registration;
  const title = registration.title || orders.untitled;
  const picture = displayUploadId
    ? link('/works/{id}/files/{uploadId}/thumbnail', { id: workId, uploadId: displayUploadId })
    : undefined;
  const number = registration.paymentNumber && <code>{registration.paymentNumber}</code>;
  const payment = registration.isFree ? text.free : number;
  const money = registration.isFree ? '' : paidWordOf(registration, orders);
  return (
    <tr>
      <ChoiceCell id={id} title={title} {...choosing} />
      <td data-label={text.column.name} className="work-name">
        {workSerial} {title}
      </td>
      <td data-label={text.column.gallery}>
        <PictureButton picture={picture} title={title} onLook={() => onLook(registration)} />
      </td>
      <td data-label={text.column.number} className="one-line">
        <code>{registration.orderNumber}</code>
        {registration.registrationNumber && (
          <div className="small second-line">
            {text.registrationNumber} <code>{registration.registrationNumber}</code>
          </div>
        )}
        {payment && (
          <span className="folded">
            {text.column.payment} {payment} {money}
          </span>
        )}
      </td>
      <td data-label={text.column.payment} className="one-line fold">
        {payment}
        {money && <div className="small second-line">{money}</div>}
      </td>
      <td data-label={text.column.certificate}>
        <CertificateState registration={registration} />
      </td>
      <td data-label={text.column.applied}>{submittedAt && <Moment at={submittedAt} />}</td>
      <td data-label={text.column.action}>
        <Actions registration={registration} title={title} />
      </td>
    </tr>
  );
}

/** Exactly one of the two: the certificate, or how the registration stands. */
function CertificateState({ registration: { id, state } }: { registration: RegistrationSummary }) {
  const text = useMyRegistrationText();
  const { states } = useRegistrationNames();
  if (state === 'REGISTERED') return <DownloadButton of={`/registrations/${id}`} kind="certificate" isLink />;
  return <Link to={`/member/registrations/${id}`}>{fill(text.stateNow, { state: states[state] })}</Link>;
}

function Actions({ registration: { id, state }, title }: { registration: RegistrationSummary; title: string }) {
  const text = useMyRegistrationText();
  const page = `/member/registrations/${id}`;
  const to = (address: string, label: string, mark?: ReactNode) => (
    <Link to={address} aria-label={`${label} ${title}`}>
      {mark} {label}
    </Link>
  );
  return (
    <span className="actions">
      {to(page, text.view, <Eye />)}
      {state === 'DRAFT' && to(`${page}/edit`, text.goOn)}
      {(state === 'INITIAL_RETURNED' || state === 'FINAL_RETURNED') && to(`${page}/edit`, text.modify)}
      {state === 'AWAITING_PAYMENT' && to(`${page}/payment`, text.pay)}
    </span>
  );
}

/** The mark of the guide for looking at something; drawn, as few systems have the character. */
function Eye() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d="M1.500 10c4-6.500 13-6.500 17 0c-4 6.500-13 6.500-17 0zM10 7.500a2.500 2.500 0 1 0 .01 0" />
    </svg>
  );
}
