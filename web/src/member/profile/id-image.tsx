// SPDX-License-Identifier: Apache-2.0
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import type { PictureUploads } from '../../kit/submission.ts';
import { CARD_PICTURES, cardPicture } from './card-picture.ts';
import { useProfileText } from './i18n.ts';

interface IdImageProps {
  id: string;
  /** Of the empty box. */
  label: string;
  imageId: string;
  fault: string | undefined;
  /** Sends the picture, and answers with its id. */
  send: (picture: Blob) => Promise<{ id: string }>;
  onUploaded: (imageId: string) => void;
  /** Of the form, whose save waits for this picture. */
  pictures: PictureUploads;
  /** For a picture that was sent before. */
  uploadedNote?: string;
}

/** One picture of a document: sent as soon as it is chosen, shown from this device only. */
export function IdImage({ id, label, imageId, fault, send, onUploaded, pictures, uploadedNote }: IdImageProps) {
  const text = useProfileText();
  const [preview, setPreview] = usePreview();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError>();
  /** A picture that was replaced while it was sent must not count, should it arrive after the other. */
  const newest = useRef<File>(undefined);
  const upload = async (file: File): Promise<boolean> => {
    try {
      const picture = await cardPicture(file);
      if (newest.current === file) setPreview(picture);
      const { id: sent } = await send(picture);
      if (newest.current === file) onUploaded(sent);
    } catch (thrown) {
      if (newest.current !== file) return true;
      setError(toApiError(thrown));
      setPreview(undefined);
      return false;
    } finally {
      if (newest.current === file) setSending(false);
    }
    return true;
  };
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    newest.current = file;
    setError(undefined);
    setSending(true);
    pictures.track(upload(file));
  };
  const sentence = error ? errorSentence(error.code) : fault;
  return (
    <div className="id-image">
      <label className="id-image-box">
        <input
          type="file"
          id={id}
          accept={CARD_PICTURES}
          className="visually-hidden"
          aria-describedby={sentence ? `${id}-error` : undefined}
          onChange={choose}
        />
        {preview ? (
          <img src={preview} alt={label} />
        ) : (
          <span className="id-image-empty" aria-hidden="true">
            +
          </span>
        )}
        <span>{preview ? text.replace : label}</span>
      </label>
      <span role="status" className="small">
        {isSending ? text.uploading : imageId && (preview ? text.uploaded : (uploadedNote ?? text.uploaded))}
      </span>
      {sentence && <FieldFault id={`${id}-error`} text={sentence} />}
    </div>
  );
}

/** An address for a file of this device, given back when another is shown. */
function usePreview(): [string | undefined, (picture: Blob | undefined) => void] {
  const [url, setUrl] = useState<string>();
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return [url, (picture) => setUrl(picture && URL.createObjectURL(picture))];
}
