// SPDX-License-Identifier: Apache-2.0
import { Field } from '../../kit/field.tsx';
import type { FormFaults } from '../../kit/form.ts';
import { FilePicker } from '../uploads/file-picker.tsx';
import { fileRows } from '../uploads/file-row.ts';
import { FileTable } from '../uploads/file-table.tsx';
import type { UploadItem } from '../uploads/upload-item.ts';
import { uploadQueue } from '../uploads/upload-queue.ts';
import { useVersionText } from './i18n.ts';

const TYPES = ['pdf', 'docx', 'jpg', 'jpeg', 'png'] as const;
const MAX_DOCUMENTS = 10;

interface ProofsProps {
  /** In the queue of uploads. */
  owner: string;
  items: readonly UploadItem[];
  faults: FormFaults;
  hint: string;
  isRequired: boolean;
}

export function Proofs({ owner, items, faults, hint, isRequired }: ProofsProps) {
  const text = useVersionText();
  const ids = items.flatMap(({ uploadId }) => uploadId ?? []);
  const rows = fileRows({ ids, items, known: new Map(), owner });
  return (
    <Field
      id={faults.idOf('documents')}
      label={text.documents}
      error={faults.sentenceOf('documents')}
      isRequired={isRequired}
      isGroup
      isWide
    >
      {() => (
        <>
          <FilePicker
            label={text.documents}
            types={TYPES}
            max={MAX_DOCUMENTS}
            present={rows}
            hint={hint}
            onChosen={(files) => {
              for (const file of files) uploadQueue.add(file, owner);
            }}
          />
          {rows.length > 0 && (
            <FileTable
              label={text.documents}
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
