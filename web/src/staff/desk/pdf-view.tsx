// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { errorOf, toApiError } from '../../api/api-error.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useDeskText } from './i18n.ts';

/** The browser's own viewer. The portal sends originals as downloads, so the page hands it the bytes. */
export function PdfView({ address, name }: { address: string; name: string }) {
  const text = useDeskText();
  const [url, setUrl] = useState<string>();
  const [fault, setFault] = useState<string>();
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  const load = async () => {
    try {
      const response = await fetch(address, { credentials: 'same-origin' });
      if (!response.ok) throw await errorOf(response);
      setUrl(URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'application/pdf' })));
    } catch (error) {
      setFault(errorSentence(toApiError(error).code));
    }
  };
  if (url) return <iframe src={url} title={name} />;
  return (
    <div className="viewer-none">
      <Button onClick={() => void load()}>{text.loadPdf}</Button>
      {fault && <FieldFault text={fault} />}
    </div>
  );
}
