// SPDX-License-Identifier: Apache-2.0
// The pictures that the public page would show, in its order.
import { link } from '../../api/client.ts';
import type { Work } from '../../api/works.ts';
import { Picture } from '../../kit/picture.tsx';
import { usePublicationText } from './i18n.ts';

export function WorkPictures({ work: { id, display, cover } }: { work: Work }) {
  const text = usePublicationText();
  const all = [...display, ...(cover ? [cover] : [])].map(({ uploadId }) => uploadId);
  const uploadIds = [...new Set(all)];
  if (uploadIds.length === 0) return text.noPictures;
  return (
    <>
      <span className="publication-pictures">
        {uploadIds.map((uploadId) => (
          <Picture key={uploadId} source={link('/works/{id}/files/{uploadId}/thumbnail', { id, uploadId })} />
        ))}
      </span>
      <span className="small">{text.picturesHint}</span>
    </>
  );
}
