// SPDX-License-Identifier: Apache-2.0
// What the applicant changed since the round that was returned, field by field.
import type { Content } from '../attestations/index.ts';
import type { Change } from './reviews.schema.ts';

export function changesOf(before: Content | undefined, after: Content | undefined): Change[] {
  if (!before || !after) return [];
  const old = fieldsOf(before);
  const recent = fieldsOf(after);
  return Object.keys(recent).flatMap((field): Change[] => {
    const change = { field, before: textOf(old[field]), after: textOf(recent[field]) };
    return change.before === change.after ? [] : [change];
  });
}

/** Files by name, size and digest: an upload's id says nothing to a reader. */
function fieldsOf({ form, files, display, depositors, authors }: Content): Record<string, unknown> {
  const shown = (list: Content['files']) => list.map(({ name, size, sha256 }) => `${name} (${size} B, ${sha256})`);
  const { files: _files, display: _display, depositors: _depositors, authors: _authors, ...rest } = form;
  return { ...rest, files: shown(files), display: shown(display), depositors, authors };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((each) => textOf(each) ?? '').join('\n');
  return JSON.stringify(value);
}
