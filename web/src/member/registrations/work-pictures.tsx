// SPDX-License-Identifier: Apache-2.0
import { link } from '../../api/client.ts';
import type { RegistrationSummary } from '../../api/registrations.ts';
import { useWork } from '../../api/works.ts';
import { Loaded } from '../../kit/states.tsx';
import { PictureSheet, PicturesDialog } from '../orders/pictures.tsx';

interface WorkPicturesProps {
  registration: RegistrationSummary | undefined;
  onClose: () => void;
}

/** The display images of the registered work. */
export function WorkPictures({ registration, onClose }: WorkPicturesProps) {
  return (
    <PicturesDialog of={registration} onClose={onClose}>
      {registration && <Pictures id={registration.workId} />}
    </PicturesDialog>
  );
}

function Pictures({ id }: { id: string }) {
  const sourceOf = (uploadId: string) => link('/works/{id}/files/{uploadId}/thumbnail', { id, uploadId });
  return (
    <Loaded query={useWork(id)}>
      {({ display }) => (
        <PictureSheet pictures={display.map(({ uploadId, name }) => ({ source: sourceOf(uploadId), name }))} />
      )}
    </Loaded>
  );
}
