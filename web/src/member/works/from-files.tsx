// SPDX-License-Identifier: Apache-2.0
// Images of a work that may come from its files.
import { Select } from 'antd';
import { leftByTab } from '../../kit/field.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import type { FileRow } from '../uploads/file-row.ts';
import { MAX_IMAGE_BYTES } from '../uploads/upload-item.ts';
import { useWorksText } from './i18n.ts';
import type { WorkFormState } from './use-work-form.ts';
import type { filesOf } from './work-values.ts';

export interface ImagesProps {
  form: WorkFormState;
  known: ReturnType<typeof filesOf>;
  draftKey: string;
  /** Of the work files. */
  fileRows: readonly FileRow[];
  thumbnailOf: (uploadId: string) => string | undefined;
}

/** Nothing to upload twice: an image among the work files serves as well. */
export function FromFiles({
  files,
  types,
  onChoose,
}: {
  files: readonly FileRow[];
  types: readonly string[];
  onChoose: (uploadId: string) => void;
}) {
  const text = useWorksText();
  const images = files.filter(({ name, uploadId, size }) => {
    return uploadId !== undefined && types.includes(extensionOf(name)) && size <= MAX_IMAGE_BYTES;
  });
  if (images.length === 0) return null;
  return (
    <div {...leftByTab}>
      <Select
        aria-label={text.fromFiles}
        className="from-files"
        value={null}
        placeholder={text.fromFiles}
        options={images.map(({ uploadId = '', name }) => ({ value: uploadId, label: name }))}
        onChange={(uploadId: string | null) => uploadId && onChoose(uploadId)}
      />
    </div>
  );
}
