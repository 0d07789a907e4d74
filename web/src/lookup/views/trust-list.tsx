// SPDX-License-Identifier: Apache-2.0
// Several trust files side by side: each with its digest and the verdict under it, and where they differ, in the words of
// `inkseal-verify`.
import { compareTrust, parseTrustFile, sha256, type TrustDifference, TrustFileError, toHex } from '@inkseal/verifier';
import { useMemo } from 'react';
import { Hex } from '../../ui/digits.tsx';
import type { Texts } from '../texts/index.ts';
import type { NamedTrust } from '../trust.ts';

export interface TrustListProps {
  readonly files: readonly NamedTrust[];
  /** The verdict under each; absent before anything was judged. */
  readonly titles?: readonly string[];
  readonly texts: Texts;
  readonly onRemove?: (file: NamedTrust) => void;
}

export function TrustList({ files, titles, texts, onRemove }: TrustListProps) {
  const { page, trusts: words } = texts;
  const digests = useMemo(() => files.map(({ bytes }) => toHex(sha256(bytes))), [files]);
  return (
    <>
      <p>
        <b>{page.trustOwn}</b> {titles && files.length > 1 && words.worst}
      </p>
      <ol className="trust-files">
        {files.map((file, place) => (
          <li key={digests[place]}>
            <span className="file-name">{file.name}</span>
            {titles && <b>{titles[place]}</b>}
            <span>
              <span className="muted">SHA-256</span> <Hex value={digests[place] ?? ''} texts={page} />
            </span>
            {onRemove && (
              <button
                type="button"
                className="link no-print"
                aria-label={`${words.remove} ${file.name}`}
                onClick={() => onRemove(file)}
              >
                {words.remove}
              </button>
            )}
          </li>
        ))}
      </ol>
      {files.length > 1 && <Differences files={files} texts={texts} />}
    </>
  );
}

function Differences({ files, texts }: Pick<TrustListProps, 'files' | 'texts'>) {
  const { page, trusts: words } = texts;
  const differences = useMemo(() => differencesOf(files), [files]);
  if (!differences) return <p>{words.unreadable}</p>;
  if (differences.length === 0) return <p>{words.agree}</p>;
  return (
    <>
      <h3>{words.differ}</h3>
      <dl className="trust-differences">
        {differences.map(({ place, values }) => (
          <div key={place}>
            <dt lang="en">{place}</dt>
            {files.map(({ name }, file) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and their order stays
              <dd key={file}>
                {name}
                {page.colon}
                <Value value={values[file] ?? null} nothing={words.nothing} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </>
  );
}

/** As the files have it, which is no language of the page. */
function Value({ value, nothing }: { value: string | null; nothing: string }) {
  return value === null ? nothing : <span lang="en">{value}</span>;
}

/** Undefined where one cannot be read: the verdict under it says why. */
function differencesOf(files: readonly NamedTrust[]): readonly TrustDifference[] | undefined {
  try {
    return compareTrust(files.map(({ bytes }) => parseTrustFile(bytes)));
  } catch (error) {
    if (error instanceof TrustFileError) return undefined;
    throw error;
  }
}
