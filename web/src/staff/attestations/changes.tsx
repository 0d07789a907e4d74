// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned: one sentence for each change, pictures side by side.
import { link } from '../../api/client.ts';
import type { Change, StaffAttestation } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { Section } from '../../kit/section.tsx';
import { type AttestationText, useAttestationText } from '../../orders/i18n.ts';
import { useKinds } from '../../orders/kinds.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { formatSize } from '../../ui/format.ts';
import { useStaffText } from './i18n.ts';

export function Changes({ order: { id, changes } }: { order: StaffAttestation }) {
  const text = useStaffText();
  return (
    <Section title={text.compare} aside={fill(text.changed, { count: changes.length })}>
      <ul className="changes">
        {changes.map((change) => (
          <li key={`${change.field} ${change.kind} ${change.before} ${change.after}`}>
            <Sentence change={change} />
            {change.files && change.kind !== 'renamed' && <Files id={id} change={change} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Sentence({ change: { field, kind, before, after } }: { change: Change }) {
  const { change: words } = useStaffText();
  const label = useLabelOf()(field);
  const shownAs = useShownAs(field);
  const old = before === null ? null : <del>{shownAs(before)}</del>;
  const recent = after === null ? null : <ins>{shownAs(after)}</ins>;
  const verb = kind !== 'changed' ? words[kind] : old === null ? words.filled : recent === null ? words.emptied : '';
  return (
    <p>
      <strong>
        {verb}
        {label}
      </strong>
      {words.colon}
      {kind === 'replaced' ? shownAs(after ?? '') : old}
      {old && recent && kind !== 'replaced' && ' → '}
      {kind !== 'replaced' && recent}
      {(kind === 'renamed' || kind === 'replaced') && <span className="small"> {words.note[kind]}</span>}
    </p>
  );
}

/** A value as the form shows it: choices by their names, a term by its days, a list in one line. */
function useShownAs(field: string): (value: string) => string {
  const text = useAttestationText();
  const { workTypes } = useKinds();
  const { change: words } = useStaffText();
  const names: Record<string, Readonly<Record<string, string>>> = {
    creationNature: text.creationNatures,
    workType: workTypes,
    acquisition: text.acquisitions,
  };
  return (value) => {
    if (field === 'term') return termOf(value, text);
    return names[field]?.[value] ?? value.split('\n').join(field === 'intro' ? '\n' : words.comma);
  };
}

function termOf(value: string, text: AttestationText): string {
  const [from = '', to] = value.split('/');
  return to === undefined ? text.permanent : fill(text.fixedTerm, { from, to });
}

/** Both sides of a file; digests only for whoever asks for them. */
function Files({ id, change: { kind, before, after, files } }: { id: string; change: Change }) {
  const text = useStaffText();
  const sides = [
    { name: before, file: files?.before, caption: text.before },
    { name: after, file: files?.after, caption: text.after },
  ].flatMap(({ name, file, caption }) => (name !== null && file ? [{ name, file, caption }] : []));
  return (
    <>
      <div className="change-files">
        {sides.map(({ name, file, caption }) => (
          <figure key={caption}>
            <Picture
              source={
                file.mediaType?.startsWith('image/')
                  ? link('/staff/attestations/{id}/files/{uploadId}/thumbnail', { id, uploadId: file.uploadId })
                  : undefined
              }
              extension={extensionOf(name)}
            />
            <figcaption className="small">
              {kind === 'replaced' && `${caption} · `}
              {formatSize(file.size)}
            </figcaption>
          </figure>
        ))}
      </div>
      <details>
        <summary>{text.technical}</summary>
        <ul>
          {sides.map(({ file, caption }) => (
            <li key={caption}>
              {caption} SHA-256 <Copyable value={file.sha256} label={`${caption} SHA-256`} />
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
