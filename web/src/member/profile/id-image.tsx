// SPDX-License-Identifier: Apache-2.0
import { type ChangeEvent, useEffect, useState } from 'react';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useProfileText } from './i18n.ts';

interface IdImageProps {
  id: string;
  /** Of the empty box. */
  label: string;
  imageId: string;
  fault: string | undefined;
  /** Sends the picture, and answers with its id. */
  send: (file: File) => Promise<{ id: string }>;
  onUploaded: (imageId: string) => void;
  /** For a picture that was sent before. */
  uploadedNote?: string;
}

/** One picture of a document: sent as soon as it is chosen, shown from this device only. */
export function IdImage({ id, label, imageId, fault, send, onUploaded, uploadedNote }: IdImageProps) {
  const text = useProfileText();
  const [preview, setPreview] = usePreview();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError>();
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setError(undefined);
    setSending(true);
    setPreview(file);
    try {
      onUploaded((await send(file)).id);
    } catch (thrown) {
      setError(toApiError(thrown));
      setPreview(undefined);
    } finally {
      setSending(false);
    }
  };
  const sentence = error ? errorSentence(error.code) : fault;
  return (
    <div className="id-image">
      <label className="id-image-box">
        <input
          type="file"
          id={id}
          accept="image/png,image/jpeg"
          className="visually-hidden"
          aria-describedby={sentence ? `${id}-error` : undefined}
          onChange={(event) => void choose(event)}
        />
        {preview ? <img src={preview} alt={label} /> : <span className="id-image-empty">+</span>}
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
function usePreview(): [string | undefined, (file: File | undefined) => void] {
  const [url, setUrl] = useState<string>();
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return [url, (file) => setUrl(file && URL.createObjectURL(file))];
}
