// SPDX-License-Identifier: Apache-2.0
// Documents that belong to a request, uploaded for it alone: the box to choose them, and the list of those chosen.
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { FilePicker } from './file-picker.tsx';
import { fileRows } from './file-row.ts';
import { FileTable } from './file-table.tsx';
import type { UploadItem } from './upload-item.ts';
import { uploadQueue } from './upload-queue.ts';

const TYPES = ['pdf', 'docx', 'jpg', 'jpeg', 'png'] as const;
const MAX_PAPERS = 10;

interface PapersFieldProps {
  label: string;
  hint: string;
  /** In the queue of uploads. */
  owner: string;
  items: readonly UploadItem[];
  faults: FormFaults;
  isRequired?: boolean;
}

export function PapersField({ label, hint, owner, items, faults, isRequired = false }: PapersFieldProps) {
  const ids = items.flatMap(({ uploadId }) => uploadId ?? []);
  const rows = fileRows({ ids, items, known: new Map(), owner });
  return (
    <Field
      id={faults.idOf('documents')}
      label={label}
      error={faults.sentenceOf('documents')}
      isRequired={isRequired}
      isGroup
      isWide
    >
      {() => (
        <>
          <FilePicker
            label={label}
            types={TYPES}
            max={MAX_PAPERS}
            present={rows}
            hint={hint}
            onChosen={(files) => {
              for (const file of files) uploadQueue.add(file, owner);
            }}
          />
          {rows.length > 0 && (
            <FileTable
              label={label}
              field="documents"
              {...{ rows, faults }}
              thumbnailOf={() => undefined}
              onRemove={({ item }) => item && uploadQueue.remove(item.key)}
            />
          )}
        </>
      )}
    </Field>
  );
}
