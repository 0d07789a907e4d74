// SPDX-License-Identifier: Apache-2.0
// A form's values, its submission, and the errors of the last one, each at its field until that field is changed.
import { useState } from 'react';
import { ApiError, type FieldError, toApiError } from '../api/api-error.ts';
import { call } from '../api/client.ts';
import { fieldSentence } from '../api/sentences.ts';
import type { FaultLine } from './error-list.tsx';

/**
 * What was left empty is left out, so that the answer says it is missing and not that it is malformed. The type stays
 * that of the whole form: the portal names what is missing.
 */
export function filledIn<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) as Values;
}

interface FormOptions {
  /** Of fields by their path without indexes; a function for entries of a list. */
  labelOf: (field: string) => string;
  /** Prefix of the ids of controls. */
  prefix: string;
  /** For places in sentences, such as `{today}`. */
  values?: Record<string, string>;
}

export interface FormFaults {
  error: ApiError | undefined;
  lines: FaultLine[];
  /** How often a submission was refused. */
  attempt: number;
  /** The sentence at this field, if the last submission found fault with it. */
  sentenceOf(field: string): string | undefined;
  idOf(field: string): string;
  /** Tells at the field which characters of its text a certificate cannot print. */
  checkPrinting(field: string, text: string): Promise<void>;
  fail(error: unknown): void;
  clear(field?: string): void;
}

export function useFaults({ labelOf, prefix, values = {} }: FormOptions): FormFaults {
  const [error, setError] = useState<ApiError>();
  const [attempt, setAttempt] = useState(0);
  const [unprintable, setUnprintable] = useState<Record<string, string>>({});
  const idOf = (field: string) => `${prefix}-${field.replaceAll('.', '-')}`;
  const sentence = (fault: FieldError) => fieldSentence(fault, labelOf(fault.field), { values });
  return {
    error,
    attempt,
    lines: (error?.errors ?? []).map((fault) => ({
      fieldId: idOf(fault.field),
      label: labelOf(fault.field),
      sentence: sentence(fault),
    })),
    sentenceOf(field) {
      const fault = error?.errors.find((each) => each.field === field);
      const characters = unprintable[field];
      return fault ? sentence(fault) : characters && sentence({ field, code: 'unprintable', characters });
    },
    async checkPrinting(field, text) {
      const characters = await unprintableIn(text);
      setUnprintable((last) => ({ ...last, [field]: characters }));
    },
    idOf,
    fail: (thrown) => {
      setError(toApiError(thrown));
      setAttempt((count) => count + 1);
    },
    clear(field) {
      setError((last) => (last && field !== undefined ? without(last, field) : undefined));
      setUnprintable((last) => keepOthers(last, field));
    },
  };
}

/** Nothing while the portal cannot be asked: the submission asks again. */
async function unprintableIn(text: string): Promise<string> {
  if (text === '') return '';
  const answer = await call('post', '/print-checks', { body: { texts: [text] } }).catch(() => undefined);
  return answer?.unprintable[0] ?? '';
}

function keepOthers(found: Record<string, string>, changed: string | undefined): Record<string, string> {
  if (changed === undefined) return {};
  const isOther = (field: string) => field !== changed && !field.startsWith(`${changed}.`);
  return Object.fromEntries(Object.entries(found).filter(([field]) => isOther(field)));
}

/** The error once this field, and with it the entries below, was changed; nothing when no other is left. */
function without(error: ApiError, field: string): ApiError | undefined {
  const errors = error.errors.filter((fault) => fault.field !== field && !fault.field.startsWith(`${field}.`));
  if (errors.length === error.errors.length) return error.errors.length > 0 ? error : undefined;
  if (errors.length === 0) return undefined;
  const { code, status, requestId, retryAfterSeconds } = error;
  return new ApiError(code, { status, errors, requestId, retryAfterSeconds });
}
