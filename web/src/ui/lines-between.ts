// SPDX-License-Identifier: Apache-2.0
// What changed between two texts, line by line. What stayed is folded, but for the lines beside a change.
import { diffLines } from 'diff';

export type ChangedLine =
  | { kind: 'removed' | 'added' | 'kept'; text: string }
  /** So many lines that stayed. */
  | { kind: 'folded'; count: number };

/** Lines that stayed, on each side of a change. */
const CONTEXT = 2;
/** Two long texts that have nothing in common take time that grows with their product. */
const TIMEOUT_MS = 1_000;

/** Empty when nothing changed. */
export function linesBetween(before: string, after: string): ChangedLine[] {
  if (before === after) return [];
  const parts = diffLines(ended(before), ended(after), { timeout: TIMEOUT_MS }) ?? [
    { value: ended(before), removed: true, added: false },
    { value: ended(after), removed: false, added: true },
  ];
  return parts.flatMap(({ value, removed, added }, place): ChangedLine[] => {
    const lines = value.replace(/\n$/, '').split('\n');
    if (removed || added) return lines.map((text) => ({ kind: removed ? 'removed' : 'added', text }));
    return folded(lines, { isFirst: place === 0, isLast: place === parts.length - 1 });
  });
}

/** So that a text without a last line break is no other text. */
const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function folded(lines: string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): ChangedLine[] {
  const [above, below] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT];
  const count = lines.length - above - below;
  const kept = (part: string[]) => part.map((text): ChangedLine => ({ kind: 'kept', text }));
  if (count < 2) return kept(lines);
  return [...kept(lines.slice(0, above)), { kind: 'folded', count }, ...kept(lines.slice(above + count))];
}
