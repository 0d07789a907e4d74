// SPDX-License-Identifier: Apache-2.0
// Tables of Markdown.

export type Row = readonly string[];

/** Each text is ours, or quoted by `quoted`. */
export function tableOf(head: Row, rows: readonly Row[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Somebody else's words inside a table of ours. */
export const quoted = (text: string): string => text.replace(/[\\|*_`<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
