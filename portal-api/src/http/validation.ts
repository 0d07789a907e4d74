// SPDX-License-Identifier: Apache-2.0
// Turns what a schema finds wrong into field errors with codes of the closed list, all of them at once.
import { z } from 'zod';
import { DomainError, FIELD_CODES, type FieldCode, type FieldError } from '../errors.ts';
import { cleanLine, cleanNumber } from './text.ts';

/** Longest text that is cleaned before it is judged, where a field does not say so itself. */
const MAX_PASTED = 200;

/** The parsed value, or one `invalid-request` that names every wrong field. */
export function parseFields<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  const unstorable = unstorableFields(input);
  if (parsed.success && unstorable.length === 0) return parsed.data;
  const others = parsed.success ? [] : fieldErrors(parsed.error.issues, input);
  const errors = [...unstorable, ...others.filter(({ field }) => !unstorable.some((each) => each.field === field))];
  throw new DomainError('invalid-request', {}, { errors });
}

/** PostgreSQL takes no NUL in a text, and half a surrogate pair is no character: whatever a schema says, neither comes in. */
export function unstorableFields(input: unknown): FieldError[] {
  const found: FieldError[] = [];
  // No recursion: a body may be nested deeper than the call stack.
  const rest = [{ field: '', value: input }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { field, value } = next;
    if (typeof value === 'string') {
      if (value.includes('\0') || !value.isWellFormed()) found.push({ field, code: 'malformed' });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value))
        rest.push({ field: field ? `${field}.${key}` : key, value: part });
    }
  }
  return found.reverse();
}

/**
 * A number, a code, a digest or a day, as people paste it from a PDF or a messenger: it is cleaned, and then judged by `schema`.
 * `more` cleans further, such as to capitals.
 */
export function pasted<S extends z.ZodType<unknown, string>>(schema: S, more = (text: string) => text) {
  return z
    .string()
    .max(MAX_PASTED)
    .transform((text) => more(cleanNumber(text)))
    .pipe(schema);
}

/** Text that is no id is not found, like an id that nothing has. */
export const recordId = z.uuid().catch('00000000-0000-0000-0000-000000000000');

/** A rule of ours inside a schema: `z.string().refine(isPhone, code('malformed'))`. */
export function code(fieldCode: FieldCode): { params: { code: FieldCode } } {
  return { params: { code: fieldCode } };
}

/** It goes into the audit log, which cannot forget: no telephone and no number of a document. */
export const auditReason = z
  .string()
  .max(400)
  .transform(cleanLine)
  .pipe(z.string().min(4).max(200))
  .refine((text) => !/\d{7}/.test(text.replaceAll(/[\s-]/g, '')), code('malformed'))
  .meta({ description: 'Why, for the audit log; no personal data' });

export function fieldErrors(issues: readonly z.core.$ZodIssue[], input: unknown): FieldError[] {
  const errors = issues.flatMap((issue): FieldError[] => {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, code: 'unknown' }));
    }
    return [{ field, code: codeOf(issue, input) }];
  });
  // The first finding about a field is the plainest one.
  const seen = new Set<string>();
  return errors.filter(({ field }) => !seen.has(field) && seen.add(field));
}

function codeOf(issue: z.core.$ZodIssue, input: unknown): FieldCode {
  if (valueAt(input, issue.path) === undefined) return 'missing';
  const isList = 'origin' in issue && issue.origin === 'array';
  const isText = 'origin' in issue && issue.origin === 'string';
  if (issue.code === 'too_small') return isList ? 'too-few' : isText ? 'too-short' : 'out-of-range';
  if (issue.code === 'too_big') return isList ? 'too-many' : isText ? 'too-long' : 'out-of-range';
  if (issue.code === 'invalid_value') return 'not-an-option';
  if (issue.code === 'custom') return FIELD_CODES.find((each) => each === issue.params?.code) ?? 'malformed';
  return 'malformed';
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
