// SPDX-License-Identifier: Apache-2.0
import { type AttestationSummary, useAttestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { Loaded } from '../../kit/states.tsx';
import { PictureSheet, PicturesDialog } from '../orders/pictures.tsx';

export function OrderPictures({ order, onClose }: { order: AttestationSummary | undefined; onClose: () => void }) {
  return (
    <PicturesDialog of={order} onClose={onClose}>
      {order && <Pictures id={order.id} />}
    </PicturesDialog>
  );
}

function Pictures({ id }: { id: string }) {
  const sourceOf = (uploadId: string) => link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId });
  return (
    <Loaded query={useAttestation(id)}>
      {({ display }) => (
        <PictureSheet pictures={display.map(({ uploadId, name }) => ({ source: sourceOf(uploadId), name }))} />
      )}
    </Loaded>
  );
}
