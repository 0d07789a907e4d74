// SPDX-License-Identifier: Apache-2.0
// What goes, or went, on record: read only.
import type { Attestation } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Section } from '../../kit/section.tsx';
import { ContentFacts } from '../../orders/content-facts.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { FileList } from '../orders/file-list.tsx';
import { useSelf } from '../orders/use-self.ts';

export function OrderContent({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const self = useSelf();
  const { id } = attestation;
  return (
    <>
      <Section title={text.content} aside={fill(text.fromWork, { number: attestation.workSerial })}>
        <ContentFacts form={attestation.form} self={self} rightHolders={attestation.rightHolders} />
      </Section>
      <Section title={text.files}>
        <FileList
          label={text.files}
          files={attestation.files}
          contentOf={(uploadId) => link('/attestations/{id}/files/{uploadId}/content', { id, uploadId })}
          thumbnailOf={(uploadId) => link('/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId })}
        />
      </Section>
    </>
  );
}
