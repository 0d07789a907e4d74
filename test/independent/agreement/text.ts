// SPDX-License-Identifier: Apache-2.0
// JSON with some of its text written by hand, so that it can be wrong in ways that no JSON value can.
import { canonicalText, type JsonValue } from '@inkseal/verifier';

export interface RawText {
  readonly raw: string;
}

export const raw = (text: string): RawText => ({ raw: text });

export function textOf(value: JsonValue | RawText): string {
  return isRaw(value) ? value.raw : canonicalText(value);
}

function isRaw(value: JsonValue | RawText): value is RawText {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value.raw === 'string';
}
