// SPDX-License-Identifier: Apache-2.0
// What goes, or went, on record: read only.
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { Facts, Section } from '../../kit/section.tsx';
import { formatSize } from '../../ui/format.ts';
import { useUploadText } from '../uploads/i18n.ts';
import { Picture } from '../uploads/thumbnail.tsx';
import { extensionOf } from '../uploads/upload-item.ts';
import { useKinds } from '../works/kinds.ts';
import { type AttestationText, useAttestationText } from './i18n.ts';
import { useSelf } from './use-self.ts';

export function OrderContent({ attestation }: { attestation: Attestation }) {
  const text = useAttestationText();
  const self = useSelf();
  return (
    <>
      <Section title={text.content} aside={fill(text.fromWork, { number: attestation.workSerial })}>
        <ContentFacts form={attestation.form} self={self} />
      </Section>
      <Section title={text.files}>
        <FileList attestation={attestation} />
      </Section>
    </>
  );
}

/** `self` is the name of the member, in full or masked. */
export function ContentFacts({ form, self }: { form: AttestationForm; self: string }) {
  const text = useAttestationText();
  const kinds = useKinds();
  const namesOf = (people: readonly (AttestationForm['authors'] | AttestationForm['depositors'])[number][]) =>
    people.map((each) => (each.source === 'self' ? self : each.name)).join('、');
  return (
    <Facts
      rows={[
        [text.name, form.title],
        [text.depositors, namesOf(form.depositors)],
        [text.authors, namesOf(form.authors)],
        [text.intro, form.intro],
        [
          text.creationNature,
          `${form.creationNature ? text.creationNatures[form.creationNature] : ''} ${form.creationNote}`,
        ],
        [text.workType, `${form.workType ? kinds.workTypes[form.workType] : ''} ${form.workTypeNote}`],
        [text.tags, form.tags.join('、')],
        [text.acquisition, form.acquisition ? text.acquisitions[form.acquisition] : ''],
        [text.term, termOf(form, text)],
        [text.completedOn, form.completedOn ?? ''],
      ]}
    />
  );
}

function termOf({ term }: AttestationForm, text: AttestationText): string {
  if (!term) return '';
  if (term.kind === 'PERMANENT') return text.permanent;
  return fill(text.fixedTerm, { from: term.from ?? '', to: term.to ?? '' });
}

function FileList({ attestation: { id, files } }: { attestation: Attestation }) {
  const text = useUploadText();
  return (
    <table className="rows">
      <thead>
        <tr>
          {[text.id, text.thumbnail, text.fileName, text.size, text.sha256].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
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
