// SPDX-License-Identifier: Apache-2.0
// The business licence: sent as soon as it is chosen, shown from this device only.
import { type ChangeEvent, useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import { useOrganisationText } from './i18n.ts';

interface LicenceImageProps {
  id: string;
  imageId: string;
  onUploaded: (imageId: string) => void;
  onFault: (sentence: string | undefined) => void;
}

export function LicenceImage({ id, imageId, onUploaded, onFault }: LicenceImageProps) {
  const text = useOrganisationText();
  const [preview, setPreview] = usePreview();
  const [isSending, setSending] = useState(false);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    onFault(undefined);
    setSending(true);
    try {
      const picture = file;
      setPreview(picture);
      const { id: sent } = await call('post', '/organisations/licences', { bytes: picture });
      onUploaded(sent);
    } catch (thrown) {
      const error: ApiError = toApiError(thrown);
      onFault(errorSentence(error.code));
      setPreview(undefined);
    } finally {
      setSending(false);
    }
  };
  return (
    <div className="id-image">
      <label className="id-image-box">
        <input
          type="file"
          id={id}
          accept="image/png,image/jpeg"
          className="visually-hidden"
          aria-label={text.licence}
          onChange={(event) => void choose(event)}
        />
        {preview ? <img src={preview} alt={text.licence} /> : <span className="id-image-empty">+</span>}
        <span>{preview || imageId ? text.replace : text.licence}</span>
      </label>
      <span role="status" className="small">
        {isSending ? text.uploading : imageId && text.uploaded}
      </span>
    </div>
  );
}

/** An address for a picture of this device, given back when another is shown. */
function usePreview(): [string | undefined, (file: Blob | undefined) => void] {
  const [url, setUrl] = useState<string>();
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return [url, (file) => setUrl(file && URL.createObjectURL(file))];
}
