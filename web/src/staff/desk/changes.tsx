// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned: one sentence for each change, pictures side by side.
import type { Change } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { Section } from '../../kit/section.tsx';
import { formatSize } from '../../ui/format.ts';
import type { AddressOf } from './files.ts';
import { useDeskText } from './i18n.ts';

interface Words {
  /** The name of a field of the form by its path. */
  labelOf: (field: string) => string;
  /** A value as the form shows it: choices by their names, a list in one line. */
  shownAs: (field: string, value: string) => string;
}

interface ChangesProps extends Words {
  /** Without one, they are those since the last round. */
  title?: string;
  changes: readonly Change[];
  addressOf: AddressOf;
}

export function Changes({ title, changes, addressOf, ...words }: ChangesProps) {
  const text = useDeskText();
  return (
    <Section title={title ?? text.compare} aside={fill(text.changed, { count: changes.length })}>
      <ul className="changes">
        {changes.map((change) => (
          <li key={`${change.field} ${change.kind} ${change.before} ${change.after}`}>
            <Sentence change={change} {...words} />
            {change.files && change.kind !== 'renamed' && <Files change={change} addressOf={addressOf} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Sentence({ change: { field, kind, before, after }, labelOf, shownAs }: Words & { change: Change }) {
  const { change: words } = useDeskText();
  const old = before === null ? null : <del>{shownAs(field, before)}</del>;
  const recent = after === null ? null : <ins>{shownAs(field, after)}</ins>;
  const verb = kind !== 'changed' ? words[kind] : old === null ? words.filled : recent === null ? words.emptied : '';
  return (
    <p>
      <strong>
        {verb}
        {labelOf(field)}
      </strong>
      {words.colon}
      {kind === 'replaced' ? shownAs(field, after ?? '') : old}
      {old && recent && kind !== 'replaced' && ' → '}
      {kind !== 'replaced' && recent}
      {(kind === 'renamed' || kind === 'replaced') && <span className="small"> {words.note[kind]}</span>}
    </p>
  );
}

/** Both sides of a file; digests only for whoever asks for them. */
function Files({ change: { kind, before, after, files }, addressOf }: { change: Change; addressOf: AddressOf }) {
  const text = useDeskText();
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
              source={file.mediaType?.startsWith('image/') ? addressOf('thumbnail', file.uploadId) : undefined}
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
