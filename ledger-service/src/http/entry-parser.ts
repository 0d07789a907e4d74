// SPDX-License-Identifier: Apache-2.0
// Reads the body of POST /v1/entries by hand: ten thousand entries in milliseconds, every wrong field of every entry
// named. The rules are those of entryInputSchema; a property test keeps the two equal.
import { DomainError, type FieldError } from '../errors.ts';
import { ENTRY_KINDS, type EntryInput, MAX_ENTRIES, REFERENCE_PATTERN } from './schemas.ts';

const DIGEST_PATTERN = /^[0-9a-f]{64}$/;
const KINDS: ReadonlySet<unknown> = new Set(ENTRY_KINDS);

export interface ParsedEntries {
  inputs: EntryInput[];
  /** True for {"entries": […]}, whose answer is a list too. */
  isList: boolean;
}

/** One entry, or {"entries": [1 to 10,000 of them]}. Throws `invalid-request` or `entry-invalid`. */
export function parseEntries(body: unknown): ParsedEntries {
  if (!isObject(body)) throw invalid('', 'malformed');
  if (!('entries' in body)) return { inputs: readAll([body], false), isList: false };
  const { entries, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(unknown, 'unknown');
  if (!Array.isArray(entries)) throw invalid('entries', 'malformed');
  if (entries.length < 1 || entries.length > MAX_ENTRIES) throw invalid('entries', 'out-of-range');
  return { inputs: readAll(entries, true), isList: true };
}

function readAll(items: readonly unknown[], isList: boolean): EntryInput[] {
  const errors: FieldError[] = [];
  const inputs = items.map((item, index) => {
    const wrong = wrongFields(item);
    for (const { field, code } of wrong) errors.push(isList ? { index, field, code } : { field, code });
    return item as EntryInput; // Only returned when no field is wrong.
  });
  if (errors.length > 0) throw new DomainError('entry-invalid', {}, { errors });
  return inputs;
}

const NONE: readonly FieldError[] = [];

function wrongFields(item: unknown): readonly FieldError[] {
  if (!isObject(item)) return [{ field: '', code: 'malformed' }];
  const { reference, kind, sha256, sm3, ...others } = item;
  const isRight =
    isReference(reference) &&
    KINDS.has(kind) &&
    isDigest(sha256) &&
    (!('sm3' in item) || isDigest(sm3)) &&
    isEmpty(others);
  if (isRight) return NONE;
  return [
    ...wrong('reference', reference, isReference(reference)),
    ...wrong('kind', kind, KINDS.has(kind)),
    ...wrong('sha256', sha256, isDigest(sha256)),
    ...('sm3' in item ? wrong('sm3', sm3, isDigest(sm3)) : []),
    ...Object.keys(others).map((field): FieldError => ({ field, code: 'unknown' })),
  ];
}

function wrong(field: string, value: unknown, isRight: boolean): FieldError[] {
  if (isRight) return [];
  return [{ field, code: value === undefined ? 'missing' : 'malformed' }];
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' && REFERENCE_PATTERN.test(value);
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && DIGEST_PATTERN.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

function invalid(field: string, code: 'malformed' | 'unknown' | 'out-of-range'): DomainError {
  return new DomainError('invalid-request', {}, { errors: [{ field, code }] });
}
