// SPDX-License-Identifier: Apache-2.0
// The files of an order: read only.
import type { WorkFile } from '../../api/works.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { formatSize } from '../../ui/format.ts';
import { useUploadText } from '../uploads/i18n.ts';

interface FileListProps {
  label: string;
  files: readonly WorkFile[];
  contentOf: (uploadId: string) => string;
  thumbnailOf: (uploadId: string) => string;
  /** One more column. */
  note?: { title: string; of: (index: number) => string };
}

export function FileList({ label, files, contentOf, thumbnailOf, note }: FileListProps) {
  const text = useUploadText();
  const columns = [text.id, text.thumbnail, ...(note ? [note.title] : []), text.fileName, text.size, text.sha256];
  return (
    <table className="rows" aria-label={label}>
      <TableHead columns={columns} />
      <tbody>
        {files.map(({ uploadId, name, size, sha256, mediaType }, index) => (
          <tr key={uploadId}>
            <td data-label={text.id}>{index + 1}</td>
            <td data-label={text.thumbnail}>
              <Picture
                source={mediaType?.startsWith('image/') ? thumbnailOf(uploadId) : undefined}
                extension={extensionOf(name)}
              />
            </td>
            {note && <td data-label={note.title}>{note.of(index)}</td>}
            <td data-label={text.fileName} className="file-name">
              <a href={contentOf(uploadId)}>{name}</a>
            </td>
            <td data-label={text.size}>{formatSize(size)}</td>
            <td data-label={text.sha256}>{sha256 && <Copyable value={sha256} label={`${name} SHA-256`} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
