// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import type { AttestationSummary } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { Rows } from '../../kit/rows.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { DownloadButton } from '../orders/download-button.tsx';
import { PictureButton } from '../orders/pictures.tsx';
import { useWorksText } from '../works/i18n.ts';
import { channelOf, paidWordOf } from './export-orders.ts';

interface OrderRowsProps {
  orders: readonly AttestationSummary[];
  chosen: readonly string[];
  onChoose: (edit: (last: readonly string[]) => readonly string[]) => void;
  onLook: (order: AttestationSummary) => void;
  onEnd: (id: string, how: 'cancel' | 'delete') => void;
}

export const UNPAID: readonly string[] = ['SUBMITTED', 'AWAITING_PAYMENT'];

export function OrderRows({ orders, chosen, onChoose, onLook, onEnd }: OrderRowsProps) {
  const text = useAttestationText();
  const works = useWorksText();
  const { select, ...columns } = text.column;
  const toggle = (id: string) =>
    onChoose((last) => (last.includes(id) ? last.filter((each) => each !== id) : [...last, id]));
  return (
    <Rows
      label={text.listTitle}
      columns={Object.values(columns)}
      folded={[columns.payment, columns.paid, columns.channel]}
      selectAll={works.selectAll}
      isAllChosen={orders.every(({ id }) => chosen.includes(id))}
      onAll={(isChosen) => onChoose(() => (isChosen ? orders.map(({ id }) => id) : []))}
    >
      {orders.map((order) => (
        <Row key={order.id} order={order} isChosen={chosen.includes(order.id)} {...{ toggle, onLook, onEnd }} />
      ))}
    </Rows>
  );
}

interface RowProps extends Pick<OrderRowsProps, 'onLook' | 'onEnd'> {
  order: AttestationSummary;
  isChosen: boolean;
  toggle: (id: string) => void;
}

function Row({ order, isChosen, toggle, onLook, onEnd }: RowProps) {
  const text = useAttestationText();
  const works = useWorksText();
  const { id, displayUploadId } = order;
  const title = order.title || text.untitled;
  const picture = displayUploadId
    ? link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: displayUploadId })
    : undefined;
  const paid = paidWordOf(order, text);
  const channel = channelOf(order, text);
  return (
    <tr>
      <td data-label={text.column.select}>
        <Checkbox aria-label={fill(works.selectOne, { name: title })} checked={isChosen} onChange={() => toggle(id)} />
      </td>
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
