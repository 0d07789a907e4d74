// SPDX-License-Identifier: Apache-2.0
// What goes, or went, on record: read only.
import type { Attestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { Section } from '../../kit/section.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { ContentFacts } from '../../orders/content-facts.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatSize } from '../../ui/format.ts';
import { useUploadText } from '../uploads/i18n.ts';
import { useSelf } from './use-self.ts';

export function OrderContent({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const self = useSelf();
  return (
    <>
      <Section title={text.content} aside={fill(text.fromWork, { number: attestation.workSerial })}>
        <ContentFacts form={attestation.form} self={self} rightHolders={attestation.rightHolders} />
      </Section>
      <Section title={text.files}>
        <FileList attestation={attestation} />
      </Section>
    </>
  );
}

function FileList({ attestation: { id, files } }: { attestation: Attestation }) {
  const text = useUploadText();
  return (
    <table className="rows">
      <TableHead columns={[text.id, text.thumbnail, text.fileName, text.size, text.sha256]} />
      <tbody>
        {files.map(({ uploadId, name, size, sha256, mediaType }, index) => {
          const thumbnail = link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId });
          return (
            <tr key={uploadId}>
              <td data-label={text.id}>{index + 1}</td>
              <td data-label={text.thumbnail}>
                <Picture
                  source={mediaType?.startsWith('image/') ? thumbnail : undefined}
                  extension={extensionOf(name)}
                />
              </td>
              <td data-label={text.fileName} className="file-name">
                <a href={link('/attestations/{id}/files/{uploadId}/content', { id, uploadId })}>{name}</a>
              </td>
              <td data-label={text.size}>{formatSize(size)}</td>
              <td data-label={text.sha256}>{sha256 && <Copyable value={sha256} label={`${name} SHA-256`} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
