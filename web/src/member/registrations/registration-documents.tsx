// SPDX-License-Identifier: Apache-2.0
import { link } from '../../api/client.ts';
import type { Registration } from '../../api/registrations.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { FileList } from '../orders/file-list.tsx';
import { useMyRegistrationText } from './i18n.ts';

/** What was uploaded, each with what it is. */
export function RegistrationDocuments({ registration: { id, documents } }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const { documentKinds } = useRegistrationNames();
  return (
    <FileList
      files={documents.map(({ file }) => file)}
      label={text.documents}
      note={{ title: text.kind, of: (index) => documentKinds[documents[index]?.kind ?? 'OTHER'] }}
      contentOf={(uploadId) => link('/registrations/{id}/files/{uploadId}/content', { id, uploadId })}
      thumbnailOf={(uploadId) => link('/registrations/{id}/files/{uploadId}/thumbnail', { id, uploadId })}
    />
  );
}
