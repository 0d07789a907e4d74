// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { AttestationSummary } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { ChoiceCell, ChoiceRows, type Choosing } from '../orders/choosing.tsx';
import { DownloadButton } from '../orders/download-button.tsx';
import { UNPAID } from '../orders/order-selection.tsx';
import { paidWordOf } from '../orders/paid-word.ts';
import { PictureButton } from '../orders/pictures.tsx';
import { channelOf } from './export-orders.ts';

interface OrderRowsProps extends Choosing {
  orders: readonly AttestationSummary[];
  onLook: (order: AttestationSummary) => void;
  onEnd: (id: string, how: 'cancel' | 'delete') => void;
}

export function OrderRows({ orders, onLook, onEnd, ...choosing }: OrderRowsProps) {
  const text = useAttestationText();
  const { select: _, ...columns } = text.column;
  return (
    <ChoiceRows
      label={text.listTitle}
      columns={Object.values(columns)}
      folded={[columns.payment, columns.paid, columns.channel]}
      orders={orders}
      {...choosing}
    >
      {orders.map((order) => (
        <Row key={order.id} order={order} {...{ onLook, onEnd, choosing }} />
      ))}
    </ChoiceRows>
  );
}

interface RowProps extends Pick<OrderRowsProps, 'onLook' | 'onEnd'> {
  order: AttestationSummary;
  choosing: Choosing;
}

function Row({ order, choosing, onLook, onEnd }: RowProps) {
  const text = useAttestationText();
  const { id, displayUploadId } = order;
  const title = order.title || text.untitled;
  const picture = displayUploadId
    ? link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: displayUploadId })
    : undefined;
  const paid = paidWordOf(order, text);
  const channel = channelOf(order, text);
  return (
    <tr>
      <ChoiceCell id={id} title={title} {...choosing} />
      <td data-label={text.column.name} className="work-name">
        {title}
      </td>
      <td data-label={text.column.gallery}>
        <PictureButton picture={picture} title={title} onLook={() => onLook(order)} />
      </td>
      <td data-label={text.column.number} className="one-line">
        <code>{order.orderNumber}</code>
        {order.paymentNumber && (
          <span className="folded">
            {text.column.payment} <code>{order.paymentNumber}</code>
          </span>
        )}
      </td>
      <td data-label={text.column.payment} className="one-line fold">
        <code>{order.paymentNumber}</code>
      </td>
      <td data-label={text.column.paid} className="one-line fold">
        {paid}
      </td>
      <td data-label={text.column.channel} className="one-line fold">
        {channel}
      </td>
      <td data-label={text.column.certificate} className="state-cell">
        <CertificateState order={order} />
        <span className="folded">
          {paid} {channel}
        </span>
      </td>
      <td data-label={text.column.applied}>{order.submittedAt && <Moment at={order.submittedAt} />}</td>
      <td data-label={text.column.action}>
        <RowActions order={order} title={title} onEnd={onEnd} />
      </td>
    </tr>
  );
}

/** Exactly one text: the state, or in its place what can be done with a certificate. */
function CertificateState({ order: { id, state, reasonCount } }: { order: AttestationSummary }) {
  const text = useAttestationText();
  if (state === 'CERTIFIED') return <DownloadButton of={`/attestations/${id}`} kind="certificate" isLink />;
  if (state === 'RETURNED') return <>{fill(text.returnedCount, { count: reasonCount })}</>;
  return <>{text.states[state]}</>;
}

function RowActions({
  order: { id, state },
  title,
  onEnd,
}: { order: AttestationSummary; title: string } & Pick<OrderRowsProps, 'onEnd'>) {
  const text = useAttestationText();
  const to = (path: string, label: string) => (
    <Link to={path} aria-label={`${label} ${title}`}>
      {label}
    </Link>
  );
  const end = (how: 'cancel' | 'delete', label: string) => (
    <button type="button" className="link-button" aria-label={`${label} ${title}`} onClick={() => onEnd(id, how)}>
      {label}
    </button>
  );
  return (
    <span className="actions">
      {state !== 'DRAFT' && to(`/member/attestations/${id}`, text.view)}
      {state === 'DRAFT' && to(`/member/attest/${id}`, text.goOn)}
      {state === 'RETURNED' && to(`/member/attest/${id}`, text.modify)}
      {UNPAID.includes(state) && to(`/member/attestations/${id}/payment`, text.pay)}
      {UNPAID.includes(state) && end('cancel', text.cancelOrder)}
      {state === 'DRAFT' && end('delete', text.remove)}
    </span>
  );
}
