// SPDX-License-Identifier: Apache-2.0
// The files side by side with their names; shown where a browser can, and fetched only when opened.
import { Button } from 'antd';
import { useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { download } from '../../api/download.ts';
import { errorSentence } from '../../api/sentences.ts';
import type { WorkFile } from '../../api/works.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { FieldFault } from '../../kit/field.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { formatSize } from '../../ui/format.ts';
import type { AddressOf } from './files.ts';
import { useDeskText } from './i18n.ts';
import { PdfView } from './pdf-view.tsx';

interface FileViewerProps {
  files: readonly WorkFile[];
  addressOf: AddressOf;
  /** What the file is here, such as the kind of a document. */
  captionOf?: (file: WorkFile) => string;
}

export function FileViewer({ files, addressOf, captionOf }: FileViewerProps) {
  const text = useDeskText();
  const [shown, setShown] = useState(0);
  const file = files[shown] ?? files[0];
  if (!file) return null;
  return (
    <div className="viewer">
      <ul className="viewer-list" aria-label={text.fileList}>
        {files.map((each, index) => (
          <li key={each.uploadId}>
            <button type="button" aria-pressed={each === file} title={each.name} onClick={() => setShown(index)}>
              <Picture
                source={each.mediaType?.startsWith('image/') ? addressOf('thumbnail', each.uploadId) : undefined}
                extension={extensionOf(each.name)}
              />
              <span className="visually-hidden">{each.name}</span>
              {captionOf && <span className="viewer-caption">{captionOf(each)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <div className="viewer-stage">
        <Preview key={file.uploadId} file={file} address={addressOf('content', file.uploadId)} />
      </div>
      <FileFacts key={`facts ${file.uploadId}`} file={file} address={addressOf('content', file.uploadId)} />
    </div>
  );
}

function Preview({ file, address }: { file: WorkFile; address: string }) {
  const text = useDeskText();
  const type = file.mediaType ?? '';
  if (type.startsWith('image/')) return <img src={address} alt={file.name} />;
  if (type.startsWith('video/')) {
    // biome-ignore lint/a11y/useMediaCaption: a member's work has no captions of ours
    return <video src={address} controls preload="metadata" aria-label={file.name} />;
  }
  if (type.startsWith('audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: as above
    return <audio src={address} controls preload="metadata" aria-label={file.name} />;
  }
  if (type === 'application/pdf') return <PdfView address={address} name={file.name} />;
  return <p className="viewer-none">{text.noPreview}</p>;
}

function FileFacts({ file, address }: { file: WorkFile; address: string }) {
  const text = useDeskText();
  const [fault, setFault] = useState<string>();
  const save = () =>
    download(address.replace(/^\/api\/v1/, '')).catch((error: unknown) =>
      setFault(errorSentence(toApiError(error).code)),
    );
  return (
    <div className="viewer-facts">
      <strong>{file.name}</strong>
      <span>{formatSize(file.size)}</span>
      <span>{file.mediaType}</span>
      {file.sha256 && <Copyable value={file.sha256} label={text.sha256} />}
      <Button onClick={() => void save()}>{text.download}</Button>
      {fault && <FieldFault text={fault} />}
    </div>
  );
}
