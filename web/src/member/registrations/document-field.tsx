// SPDX-License-Identifier: Apache-2.0
// One kind of document: + 选择文件, and the table of its files with 删除.
import { link } from '../../api/client.ts';
import type { DocumentKind } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { hintOf } from '../orders/hint-of.tsx';
import { FilePicker } from '../uploads/file-picker.tsx';
import { type FileRow, fileRows } from '../uploads/file-row.ts';
import { FileTable } from '../uploads/file-table.tsx';
import { useKnownFiles } from '../uploads/known-files.ts';
import { MAX_FILES, WORK_FILE_TYPES } from '../uploads/upload-item.ts';
import { useUploads } from '../uploads/upload-queue.ts';
import { useMyRegistrationText } from './i18n.ts';
import type { RegistrationFormState } from './use-registration-form.ts';

interface DocumentFieldProps {
  form: RegistrationFormState;
  kind: DocumentKind;
  /** What the guide calls the place, where it does not name the document. */
  title?: string;
  isRequired?: boolean;
  /** Not called for any more: what is there can only be removed. */
  isNeedless?: boolean;
}

/** Those that the portal fills in, as the form was last saved: to be signed and sent back. */
const TEMPLATES: readonly DocumentKind[] = [
  'GUARANTEE',
  'NON_SERVICE_PLEDGE',
  'NON_SERVICE_PROOF',
  'COOPERATION_AGREEMENT',
  'LEGAL_ENTITY_STATEMENT',
  'SERVICE_AGREEMENT',
  'COMMISSION_CONTRACT',
  'POWER_OF_ATTORNEY',
  'WORK_DESCRIPTION',
];

/** Papers are read by reviewers: what can be shown, and Word files. */
const PAPER_TYPES = ['pdf', 'docx', 'jpg', 'jpeg', 'png'] as const;

export function DocumentField({ form, kind, title, isRequired = false, isNeedless = false }: DocumentFieldProps) {
  const text = useMyRegistrationText();
  const { reviewerSays } = useAttestationText();
  const { documentKinds } = useRegistrationNames();
  const label = documentKinds[kind];
  const rows = useDocumentRows(form, kind);
  const { documents } = form.values;
  const placeOf = ({ uploadId }: FileRow) =>
    documents.findIndex((each) => each.kind === kind && each.uploadId === uploadId);
  const isSample = kind === 'SAMPLE';
  const said = documents.flatMap((each, index) => (each.kind === kind ? [`documents.${index}`] : []));
  const { id } = form.registration;
  return (
    <div className="document-field">
      <p className={isRequired ? 'document-label is-required' : 'document-label'}>
        {title ?? label} {title && <span className="small">{label}</span>}
      </p>
      {TEMPLATES.includes(kind) && !isNeedless && (
        <a href={link('/registrations/{id}/templates/{kind}', { id, kind })} download>
          {fill(text.template, { name: kind === 'GUARANTEE' ? text.guarantee : label })}
        </a>
      )}
      {[`documents.${kind}`, ...said].map((field) => (
        <div key={field}>{hintOf(form, reviewerSays, field)}</div>
      ))}
      {!isNeedless && (
        <FilePicker
          label={label}
          types={isSample ? WORK_FILE_TYPES : PAPER_TYPES}
          max={MAX_FILES}
          present={rows}
          hint={isSample ? text.samplesHint : text.papersHint}
          onChosen={(files) => form.addFiles(kind, files)}
        />
      )}
      <FileTable
        label={label}
        field={`documents.${kind}`}
        rows={rows}
        faults={form.faults}
        pathOf={(row) => `documents.${placeOf(row)}`}
        thumbnailOf={(uploadId) => link('/registrations/{id}/files/{uploadId}/thumbnail', { id, uploadId })}
        onRemove={(row) => form.removeFile(kind, row)}
        onChooseAgain={(row, file) => form.sendAgain(kind, row, file)}
      />
    </div>
  );
}

function useDocumentRows(form: RegistrationFormState, kind: DocumentKind): FileRow[] {
  const items = useUploads();
  const recorded = new Map(form.registration.documents.map(({ file }) => [file.uploadId, file]));
  const ids = form.values.documents.filter((each) => each.kind === kind).map(({ uploadId }) => uploadId);
  return fileRows({ ids, items, known: useKnownFiles(recorded, ids), owner: form.ownerOf(kind) });
}
