// SPDX-License-Identifier: Apache-2.0
// 作品文件: every file that the proof lists, and which of them were compared now.
import type { ListedFile } from '@inkseal/verifier';
import { fill } from '../../i18n/fill.ts';
import { Hex } from '../../ui/digits.tsx';
import { formatCount, formatSize, shortName } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import type { Texts } from '../texts/index.ts';
import { listedOf, type Verification } from '../verification.ts';

export function FilesView({ verification, texts }: { verification: Verification; texts: Texts }) {
  const { page } = texts;
  const listed = listedOf(verification.bundle);
  if (!listed) return null;
  const compared = verification.report.facts?.files.length ?? 0;
  const matched = new Set(
    verification.report.facts?.files.flatMap(({ outcome, sha256 }) => (outcome === 'match' ? [sha256] : [])),
  );
  return (
    <section className="block" aria-labelledby="files-title">
      <h2 id="files-title">
        {page.files} <small>{fill(page.filesNote, { listed: listed.length, compared })}</small>
      </h2>
      <div className="sheet files">
        <div className="files-head" aria-hidden="true">
          <span>{page.fileName}</span>
          <span>{page.size}</span>
          <span>{page.sha256}</span>
          <span>{page.yours}</span>
        </div>
        <ul>
          {listed.map((file) => (
            <FileRow
              key={`${file.sha256} ${file.name}`}
              file={file}
              isMatched={matched.has(file.sha256)}
              texts={texts}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}

function FileRow({ file, isMatched, texts: { page } }: { file: ListedFile; isMatched: boolean; texts: Texts }) {
  return (
    <li>
      <span className="file-name" title={file.name}>
        {shortName(file.name, 40)}
      </span>
      <span className="file-size numeric" title={fill(page.bytes, { n: formatCount(file.size) })}>
        {formatSize(file.size)}
      </span>
      <span className="file-digest">
        <Hex value={file.sha256} texts={page} />
      </span>
      <span className={`file-result ${isMatched ? 'is-passed' : 'is-open-question'}`}>
        <Mark kind={isMatched ? 'passed' : 'not-run'} /> {isMatched ? page.same : page.notChosen}
      </span>
    </li>
  );
}
