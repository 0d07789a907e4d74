// SPDX-License-Identifier: Apache-2.0
// The files of the work, carried over; an order may have fewer of them.
import { Button } from 'antd';
import { link } from '../../api/client.ts';
import { useWork } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { hintOf } from '../orders/hint-of.tsx';
import { type FileRow, fileRows } from '../uploads/file-row.ts';
import { FileTable } from '../uploads/file-table.tsx';
import { useKnownFiles } from '../uploads/known-files.ts';
import { filesOf } from '../works/work-values.ts';
import type { AttestFormState } from './use-attest-form.ts';

export function AttestFiles({ form }: { form: AttestFormState }) {
  const text = useAttestationText();
  const { attestation, values, change, faults } = form;
  const work = useWork(attestation.workId);
  const recorded = filesOf(work.data);
  for (const file of [...attestation.files, ...attestation.display]) recorded.set(file.uploadId, file);
  const named = [...values.files, ...values.display].map(({ uploadId }) => uploadId);
  const known = useKnownFiles(recorded, named);
  const rowsOf = (list: readonly { uploadId: string }[]) =>
    fileRows({ ids: list.map(({ uploadId }) => uploadId), items: [], known, owner: '' });
  const thumbnailOf = (uploadId: string) =>
    link('/works/{id}/files/{uploadId}/thumbnail', { id: attestation.workId, uploadId });
  const without = (list: readonly { uploadId: string }[], row: FileRow) =>
    list.filter(({ uploadId }) => uploadId !== row.uploadId);
  const all = work.data?.files ?? [];
  const isFewer = all.some(({ uploadId }) => !values.files.some((file) => file.uploadId === uploadId));
  return (
    <>
      <Section title={text.files} aside={fill(text.filesAside, { count: values.files.length })}>
        {hintOf(form, text.reviewerSays, 'files')}
        <FileTable
          label={text.files}
          field="files"
          rows={rowsOf(values.files)}
          {...{ faults, thumbnailOf }}
          onRemove={(row) => change(({ files }) => ({ files: without(files, row) }))}
        />
        {isFewer && (
          <Button onClick={() => change({ files: all.map(({ uploadId }) => ({ uploadId })) })}>{text.restore}</Button>
        )}
      </Section>
      <Section title={text.display} aside={fill(text.displayAside, { count: values.display.length })}>
        {hintOf(form, text.reviewerSays, 'display')}
        <FileTable
          label={text.display}
          field="display"
          rows={rowsOf(values.display)}
          {...{ faults, thumbnailOf }}
          onRemove={(row) => change(({ display }) => ({ display: without(display, row) }))}
        />
      </Section>
    </>
  );
}
