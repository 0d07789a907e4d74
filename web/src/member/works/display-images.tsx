// SPDX-License-Identifier: Apache-2.0
import { Select } from 'antd';
import { fill } from '../../i18n/fill.ts';
import { leftByTab } from '../../kit/field.tsx';
import { Section } from '../../kit/section.tsx';
import { FilePicker } from '../uploads/file-picker.tsx';
import { type FileRow, fileRows } from '../uploads/file-row.ts';
import { FileTable } from '../uploads/file-table.tsx';
import { moved } from '../uploads/order.ts';
import { DISPLAY_TYPES, MAX_DISPLAY, MAX_IMAGE_BYTES } from '../uploads/upload-item.ts';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { FromFiles, type ImagesProps } from './from-files.tsx';
import { useWorksText } from './i18n.ts';

/** At most four, from the work files: one of them, or taken from one of them. The first is shown for the work. */
export function DisplayImages({ form, known, draftKey, fileRows: files, thumbnailOf }: ImagesProps) {
  const text = useWorksText();
  const { values, change, faults } = form;
  const items = useUploads();
  const owner = `${draftKey}:display`;
  const rows = fileRows({ ids: values.display.map(({ uploadId }) => uploadId), items, known, owner });
  const add = (chosen: File[]) => {
    for (const file of chosen) uploadQueue.add(file, owner);
  };
  const remove = (row: FileRow) => {
    if (row.item?.owner === owner) uploadQueue.remove(row.item.key);
    change(({ display }) => ({ display: display.filter(({ uploadId }) => uploadId !== row.uploadId) }));
  };
  const move = (index: number, step: 1 | -1) => {
    change(({ display }) => {
      const from = display.findIndex(({ uploadId }) => uploadId === rows[index]?.uploadId);
      return from < 0 ? {} : { display: moved(display, from, step) };
    });
  };
  const choose = (uploadId: string) => {
    change(({ display }) => {
      const isThere = display.some((image) => image.uploadId === uploadId);
      return isThere || display.length >= MAX_DISPLAY ? {} : { display: [...display, { uploadId }] };
    });
  };
  return (
    <Section title={text.display} aside={fill(text.displayAside, { count: rows.length })}>
      <FilePicker
        label={text.display}
        types={DISPLAY_TYPES}
        max={MAX_DISPLAY}
        maxBytes={MAX_IMAGE_BYTES}
        present={rows}
        hint={text.displayHint}
        onChosen={add}
      />
      <FromFiles files={files} types={DISPLAY_TYPES} onChoose={choose} />
      <FileTable
        label={text.display}
        field="display"
        {...{ rows, faults, thumbnailOf }}
        onRemove={remove}
        onMove={move}
        note={(row, index) => (
          <>
            {index === 0 && <div className="small">{text.first}</div>}
            <Source row={row} form={form} files={files} />
          </>
        )}
      />
    </Section>
  );
}

function Source({ row, form, files }: { row: FileRow; form: ImagesProps['form']; files: readonly FileRow[] }) {
  const text = useWorksText();
  const { values, change } = form;
  const same = files.findIndex(({ uploadId, sha256 }) => {
    return uploadId === row.uploadId || (sha256 !== null && sha256 === row.sha256);
  });
  if (same >= 0) return <div className="small">{fill(text.sameAs, { number: same + 1 })}</div>;
  const source = values.display.find(({ uploadId }) => uploadId === row.uploadId)?.derivedFrom;
  const setSource = (derivedFrom: string) =>
    change(({ display }) => ({
      display: display.map((image) => (image.uploadId === row.uploadId ? { ...image, derivedFrom } : image)),
    }));
  return (
    <div {...leftByTab}>
      <Select
        className="whole"
        aria-label={text.derivedFrom}
        placeholder={text.derivedFrom}
        value={files.find(({ uploadId }) => uploadId === source)?.uploadId ?? null}
        options={files.flatMap(({ uploadId, name }) => (uploadId ? [{ value: uploadId, label: name }] : []))}
        onChange={(derivedFrom: string | null) => derivedFrom && setSource(derivedFrom)}
      />
    </div>
  );
}
