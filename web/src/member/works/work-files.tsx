// SPDX-License-Identifier: Apache-2.0
// Cover, work files and display images of the publish form.
import { link } from '../../api/client.ts';
import type { Work } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Section } from '../../kit/section.tsx';
import { FilePicker } from '../uploads/file-picker.tsx';
import { type FileRow, fileRows } from '../uploads/file-row.ts';
import { FileTable } from '../uploads/file-table.tsx';
import { useKnownFiles } from '../uploads/known-files.ts';
import { COVER_TYPES, MAX_FILES, MAX_IMAGE_BYTES, WORK_FILE_TYPES } from '../uploads/upload-item.ts';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { DisplayImages } from './display-images.tsx';
import { FromFiles, type ImagesProps } from './from-files.tsx';
import { useWorksText } from './i18n.ts';
import { Samples } from './samples.tsx';
import type { WorkFormState } from './use-work-form.ts';
import { filesOf, namedBy } from './work-values.ts';

interface WorkFilesProps {
  form: WorkFormState;
  work: Work | undefined;
  draftKey: string;
}

export function WorkFiles({ form, work, draftKey }: WorkFilesProps) {
  const text = useWorksText();
  const { values, change, faults } = form;
  const items = useUploads();
  const recorded = filesOf(work);
  const known = useKnownFiles(recorded, namedBy(values));
  const owner = `${draftKey}:files`;
  const rows = fileRows({ ids: values.files, items, known, owner });
  const thumbnailOf = (uploadId: string) =>
    recorded.has(uploadId) && work
      ? link('/works/{id}/files/{uploadId}/thumbnail', { id: work.id, uploadId })
      : undefined;
  const add = (files: File[]) => {
    for (const file of files) uploadQueue.add(file, owner);
  };
  const remove = (row: FileRow) => {
    if (row.item) uploadQueue.remove(row.item.key);
    change((last) => ({ files: last.files.filter((id) => id !== row.uploadId) }));
  };
  const shared = { form, known, draftKey, fileRows: rows, thumbnailOf };
  return (
    <>
      <Section title={text.files} aside={fill(text.filesAside, { count: rows.length })}>
        <FilePicker
          label={text.files}
          types={WORK_FILE_TYPES}
          max={MAX_FILES}
          present={rows}
          hint={text.filesHint}
          onChosen={add}
        />
        <p className="small">{text.advice}</p>
        <FileTable
          label={text.files}
          field="files"
          {...{ rows, faults, thumbnailOf }}
          onRemove={remove}
          onChooseAgain={(row, file) => uploadQueue.add(file, owner, row.uploadId)}
        />
        <Samples />
      </Section>
      <Cover {...shared} />
      <DisplayImages {...shared} />
    </>
  );
}

function Cover({ form: { values, change, faults }, known, draftKey, fileRows: files, thumbnailOf }: ImagesProps) {
  const text = useWorksText();
  const items = useUploads();
  const owner = `${draftKey}:cover`;
  const rows = fileRows({ ids: values.cover === null ? [] : [values.cover], items, known, owner });
  const replace = ([file]: File[]) => {
    for (const item of items.filter((each) => each.owner === owner)) uploadQueue.remove(item.key);
    change({ cover: null });
    if (file) uploadQueue.add(file, owner);
  };
  const remove = (row: FileRow) => {
    if (row.item?.owner === owner) uploadQueue.remove(row.item.key);
    change({ cover: null });
  };
  const choose = (cover: string) => {
    replace([]);
    change({ cover });
  };
  return (
    <Section title={text.cover}>
      <FilePicker
        label={text.cover}
        types={COVER_TYPES}
        max={1}
        maxBytes={MAX_IMAGE_BYTES}
        present={[]}
        hint={text.coverHint}
        onChosen={replace}
      />
      <FromFiles files={files} types={COVER_TYPES} onChoose={choose} />
      <FileTable label={text.cover} field="cover" {...{ rows, faults, thumbnailOf }} onRemove={remove} />
    </Section>
  );
}
