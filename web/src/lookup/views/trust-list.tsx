// SPDX-License-Identifier: Apache-2.0
// The visitor's trust files side by side: each with its digest, who signed it and the verdict under it, and where they differ, in
// the words of `inkseal-verify`.
import { compareTrust, parseTrustFile, sha256, type TrustDifference, TrustFileError, toHex } from '@inkseal/verifier';
import { useMemo } from 'react';
import { fill } from '../../i18n/fill.ts';
import { Hex } from '../../ui/digits.tsx';
import { Mark } from '../../ui/mark.tsx';
import { strayOf } from '../signing.ts';
import type { Texts } from '../texts/index.ts';
import type { GivenTrust, NamedBytes, NamedTrust } from '../trust.ts';

export interface TrustListProps {
  readonly given: GivenTrust;
  /** The verdict under each; absent before anything was judged. */
  readonly titles?: readonly string[];
  readonly texts: Texts;
  readonly onRemove?: ((given: NamedBytes) => void) | undefined;
}

export function TrustList({ given, titles, texts, onRemove }: TrustListProps) {
  const { page, trusts: words } = texts;
  const { files } = given;
  return (
    <>
      {files.length > 0 && (
        <>
          <p>
            <b>{page.trustOwn}</b> {titles && files.length > 1 && words.worst}
          </p>
          <ol className="trust-files">
            {files.map((file, place) => (
              <OneFile
                key={digestOf(file)}
                file={file}
                title={titles?.[place]}
                isToBeSigned={given.keys.length > 0}
                {...{ texts, onRemove }}
              />
            ))}
          </ol>
        </>
      )}
      {files.length > 1 && <Differences files={files} texts={texts} />}
      {given.keys.length > 0 && <Keys {...{ given, texts, onRemove }} />}
      {given.signatures.length > 0 && <Strays {...{ given, texts, onRemove }} />}
    </>
  );
}

const digestOf = ({ bytes }: NamedBytes): string => toHex(sha256(bytes));

type Shared = Pick<TrustListProps, 'texts' | 'onRemove'>;

interface FileProps extends Shared {
  readonly file: NamedTrust;
  readonly title: string | undefined;
  /** There are keys. */
  readonly isToBeSigned: boolean;
}

function OneFile({ file, title, isToBeSigned, texts, onRemove }: FileProps) {
  const { page, trusts: words } = texts;
  const digest = useMemo(() => digestOf(file), [file]);
  const name = useMemo(() => nameOf(file), [file]);
  return (
    <li>
      <span className="file-name">{file.name}</span>
      {title !== undefined && <b>{title}</b>}
      {name !== undefined && <span className="trust-name">{fill(words.calledBy, { name })}</span>}
      <span>
        <span className="muted">SHA-256</span> <Hex value={digest} texts={page} />
      </span>
      <Remove given={file} {...{ texts, onRemove }} />
      <Signer {...{ file, isToBeSigned, texts }} />
    </li>
  );
}

const MARKS = { good: 'passed', bad: 'failed', unchecked: 'not-run', none: 'not-run' } as const;

/** The sentence says what the mark shows. */
function Signer({ file, isToBeSigned, texts: { page, trusts: words } }: Omit<FileProps, 'title' | 'onRemove'>) {
  const { signing = { standing: 'none' } } = file;
  return (
    <span className="trust-signer">
      <Mark kind={isToBeSigned && signing.standing === 'none' ? 'failed' : MARKS[signing.standing]} />
      <span>
        {signing.standing === 'good' ? fill(words.good, { key: signing.key.name }) : words[signing.standing]}
        {signing.standing === 'good' && (
          <>
            <br />
            <span className="muted">{words.fingerprint}</span>{' '}
            <Hex value={signing.key.fingerprint} texts={page} isWhole />
          </>
        )}
      </span>
    </span>
  );
}

function Remove({ given, texts: { trusts: words }, onRemove }: Shared & { given: NamedBytes }) {
  if (!onRemove) return null;
  return (
    <button
      type="button"
      className="link no-print"
      aria-label={`${words.remove} ${given.name}`}
      onClick={() => onRemove(given)}
    >
      {words.remove}
    </button>
  );
}

function Keys({ given, texts, onRemove }: Shared & { given: GivenTrust }) {
  const { page, trusts: words } = texts;
  const used = given.files.map(({ signing }) => (signing?.standing === 'good' ? signing.key.fingerprint : ''));
  return (
    <>
      <h3>{words.keys}</h3>
      <ul className="trust-files">
        {given.keys.map((key) => (
          <li key={key.fingerprint}>
            <span className="file-name">{key.name}</span>
            {!used.includes(key.fingerprint) && <b>{words.unused}</b>}
            <span>
              <span className="muted">{words.fingerprint}</span> <Hex value={key.fingerprint} texts={page} isWhole />
            </span>
            <Remove given={key} {...{ texts, onRemove }} />
          </li>
        ))}
      </ul>
      <p className="muted">{words.keyNote}</p>
    </>
  );
}

/** Signatures that hold for nothing: what is missing may be the file that each is of. */
function Strays({ given, texts, onRemove }: Shared & { given: GivenTrust }) {
  const stray = useMemo(() => strayOf(given), [given]);
  if (stray.length === 0) return null;
  return (
    <>
      <h3>{texts.trusts.stray}</h3>
      <ul className="trust-files">
        {stray.map((signature) => (
          <li key={digestOf(signature)}>
            <span className="file-name">{signature.name}</span>
            <Remove given={signature} {...{ texts, onRemove }} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Differences({ files, texts }: { files: readonly NamedTrust[]; texts: Texts }) {
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
            {files.map((each, file) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and their order stays
              <dd key={file}>
                {each.name}
                {page.open}
                {nameOf(each)}
                {page.close}
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
  return ifReadable(() => compareTrust(files.map(({ bytes }) => parseTrustFile(bytes))));
}

const nameOf = ({ bytes }: NamedTrust): string | undefined => ifReadable(() => parseTrustFile(bytes).name);

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TrustFileError) return undefined;
    throw error;
  }
}
