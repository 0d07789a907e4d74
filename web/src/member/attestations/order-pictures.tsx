// SPDX-License-Identifier: Apache-2.0
// 图册: the pictures of an order over its list.
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { AttestationSummary } from '../../api/attestations.ts';
import { call, link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import './attestations.css';

export function OrderPictures({ order, onClose }: { order: AttestationSummary | undefined; onClose: () => void }) {
  const text = useAttestationText();
  const title = order?.title || text.untitled;
  return (
    <Modal
      open={order !== undefined}
      title={fill(text.picturesOf, { name: title })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      {order && <Pictures id={order.id} />}
    </Modal>
  );
}

function Pictures({ id }: { id: string }) {
  const attestation = useQuery({
    queryKey: ['attestation', id],
    queryFn: ({ signal }) => call('get', '/attestations/{id}', { params: { id }, signal }),
  });
  return (
    <Loaded query={attestation}>
      {({ display }) => (
        <ul className="picture-sheet">
          {display.map(({ uploadId, name }) => (
            <li key={uploadId}>
              <figure>
                <img src={link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId })} alt={name} />
                <figcaption>{name}</figcaption>
              </figure>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
