// SPDX-License-Identifier: Apache-2.0
// 图册: the pictures of an order over its list.
import { Modal } from 'antd';
import { type AttestationSummary, useAttestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
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
  return (
    <Loaded query={useAttestation(id)}>
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
