// SPDX-License-Identifier: Apache-2.0
// ID / 缩略图 / 文件名 / 大小 / 摘要 / 状态 / 操作.
import type { ReactNode } from 'react';
import { fieldSentence } from '../../api/sentences.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { FieldFault } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { TableHead } from '../../kit/table-head.tsx';
import { formatSize, shortName } from '../../ui/format.ts';
import { useArrivals } from './arrived.ts';
import type { FileRow } from './file-row.ts';
import { useUploadText } from './i18n.ts';
import { MoveButtons } from './move-buttons.tsx';
import { rowProblems } from './row-problems.ts';
import { RowActions, RowState } from './row-state.tsx';
import { Thumbnail } from './thumbnail.tsx';
import './uploads.css';

interface FileTableProps {
  label: string;
  rows: readonly FileRow[];
  /** Path of the list in the form: `files`. */
  field: string;
  faults: FormFaults;
  thumbnailOf: (uploadId: string) => string | undefined;
  /** Where a row is in the form, when not at its place below `field`. */
  pathOf?: (row: FileRow, index: number) => string;
  onRemove: (row: FileRow) => void;
  onChooseAgain?: (row: FileRow, file: File) => void;
  /** Where the order matters: moves the row so many places on. */
  onMove?: (index: number, step: 1 | -1) => void;
  /** More about a complete row, such as where a display image comes from. */
  note?: (row: FileRow, index: number) => ReactNode;
}

const LONGEST_NAME = 36;

export function FileTable(props: FileTableProps) {
  const text = useUploadText();
  const { label, rows, field, faults, pathOf = (_, index) => `${field}.${index}` } = props;
  useArrivals(faults, rows, pathOf);
  const fault = faults.sentenceOf(field);
  return (
    // Not a control, but the place that an error of the whole list is about.
    <div id={faults.idOf(field)} tabIndex={-1} className="file-table">
      {fault && <FieldFault text={fault} />}
      {rows.length === 0 ? (
        <p className="small">{text.none}</p>
      ) : (
        <table className="rows" aria-label={label}>
          <TableHead
            columns={[text.id, text.thumbnail, text.fileName, text.size, text.sha256, text.state, text.action]}
          />
          <tbody>
            {rows.map((row, index) => (
              <Row key={row.key} row={row} index={index} {...props} pathOf={pathOf} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

interface RowProps extends FileTableProps {
  pathOf: NonNullable<FileTableProps['pathOf']>;
  row: FileRow;
  index: number;
}

function Row({
  row,
  rows,
  index,
  field,
  faults,
  thumbnailOf,
  onRemove,
  onChooseAgain,
  onMove,
  note,
  pathOf,
}: RowProps) {
  const text = useUploadText();
  const path = pathOf(row, index);
  const refusal = faults.sentenceOf(path) ?? faults.sentenceOf(`${path}.uploadId`);
  const label = `“${shortName(row.name, LONGEST_NAME)}”`;
  const found = rowProblems(rows, index, field).map((problem) => fieldSentence(problem, label));
  // A save that was refused names the same problem with the number of the file.
  const sentences = found.length > 0 ? found : refusal ? [refusal] : [];
  return (
    <tr id={faults.idOf(path)} tabIndex={-1}>
      <td data-label={text.id}>{index + 1}</td>
      <td data-label={text.thumbnail}>
        <Thumbnail row={row} address={row.uploadId && row.isComplete ? thumbnailOf(row.uploadId) : undefined} />
      </td>
      <td data-label={text.fileName} className="file-name" title={row.name}>
        {shortName(row.name, LONGEST_NAME)}
      </td>
      <td data-label={text.size} className="file-size">
        {formatSize(row.size)}
      </td>
      <td data-label={text.sha256}>
        {row.sha256 ? (
          <Copyable value={row.sha256} label={fill('{name} SHA-256', { name: row.name })} />
        ) : (
          <span className="small">{text.afterUpload}</span>
        )}
      </td>
      <td data-label={text.state}>
        <div>
          {/* A file that cannot be used must not be called saved as well. */}
          {!(row.isComplete && sentences.length > 0) && <RowState row={row} />}
          {row.isComplete && note?.(row, index)}
          {sentences.map((sentence) => (
            <FieldFault key={sentence} text={sentence} />
          ))}
        </div>
      </td>
      <td data-label={text.action}>
        <RowActions row={row} onRemove={onRemove} {...(onChooseAgain && { onChooseAgain })} />
        {onMove && rows.length > 1 && <MoveButtons row={row} index={index} last={rows.length - 1} onMove={onMove} />}
      </td>
    </tr>
  );
}
