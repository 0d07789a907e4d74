// SPDX-License-Identifier: Apache-2.0
// What changed between two texts: a list of lines, each with a sign and, for those who do not see it, a word.
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import './changed-lines.css';
import { type ChangedLine, linesBetween } from './lines-between.ts';

const zh = { removed: '删去：', added: '新增：', folded: '{count} 行没有改动', same: '没有改动。', empty: '（空行）' };
const en: typeof zh = {
  removed: 'Removed: ',
  added: 'Added: ',
  folded: '{count} lines without a change',
  same: 'Nothing changed.',
  empty: '(empty line)',
};

interface ChangedLinesProps {
  before: string;
  after: string;
  label: string;
  /** Of the texts, which need not be that of the page. */
  lang: string;
}

export function ChangedLines({ before, after, label, lang }: ChangedLinesProps) {
  const text = useText({ zh, en });
  const lines = linesBetween(before, after);
  if (lines.length === 0) return <p className="muted">{text.same}</p>;
  return (
    <ul className="changed-lines" aria-label={label}>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand in a text twice, and none moves
        <Line key={place} line={line} lang={lang} />
      ))}
    </ul>
  );
}

function Line({ line, lang }: { line: ChangedLine; lang: string }) {
  const text = useText({ zh, en });
  if (line.kind === 'folded') return <li className="is-folded">{fill(text.folded, { count: line.count })}</li>;
  const words = line.text === '' ? <span className="muted">{text.empty}</span> : <span lang={lang}>{line.text}</span>;
  if (line.kind === 'kept') return <li>{words}</li>;
  const isAdded = line.kind === 'added';
  const Change = isAdded ? 'ins' : 'del';
  return (
    <li className={isAdded ? 'is-added' : 'is-removed'}>
      <span className="changed-sign" aria-hidden="true">
        {isAdded ? '+' : '−'}
      </span>
      <span className="visually-hidden">{text[line.kind]}</span>
      <Change>{words}</Change>
    </li>
  );
}
