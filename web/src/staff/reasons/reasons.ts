// SPDX-License-Identifier: Apache-2.0
// Why something is returned: each item names a field, what is wrong with it, and what to do.
import type { FieldError } from '../../api/api-error.ts';
import { fill } from '../../i18n/fill.ts';
import { useFaults } from '../../kit/form.ts';

export interface Reason {
  field: string;
  code: string;
  text: string;
}

/** A reason being written: what is not chosen yet is empty. */
export type DraftOf<R extends Reason> = { field: R['field'] | ''; code: R['code'] | ''; text: string };

export const EMPTY_REASON = { field: '', code: '', text: '' } as const;

const PARTS = ['field', 'code', 'text'] as const;

type Chosen<D> = { [Part in keyof D]: Exclude<D[Part], ''> };

export function isComplete<D extends Reason>(draft: D): draft is D & Chosen<D> {
  return draft.field !== '' && draft.code !== '' && draft.text.trim() !== '';
}

/** What is left to fill in, each at its place; an empty list lacks a reason. */
export function missingIn(reasons: readonly Reason[]): FieldError[] {
  if (reasons.length === 0) return [{ field: 'reasons', code: 'missing' }];
  return reasons.flatMap((reason, index) =>
    PARTS.flatMap((part): FieldError[] =>
      reason[part].trim() === '' ? [{ field: `reasons.${index}.${part}`, code: 'missing' }] : [],
    ),
  );
}

export interface ReasonTexts {
  /** Names what is not of one item. */
  decision: string;
  item: string;
  remove: string;
  addItem: string;
  choosePlease: string;
  /** Labels of field, code and text. */
  where: string;
  problem: string;
  what: string;
}

export function useReasonFaults(text: ReasonTexts) {
  const names: Record<string, string> = { field: text.where, code: text.problem, text: text.what };
  return useFaults({
    prefix: 'decision',
    labelOf: (field) => {
      const [, index, part = ''] = field.split('.');
      if (index === undefined) return text.decision;
      return `${fill(text.item, { number: Number(index) + 1 })} ${names[part] ?? ''}`;
    },
  });
}
