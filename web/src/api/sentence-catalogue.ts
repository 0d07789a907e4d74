// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode, FieldCode } from './api-error.ts';

/** Typed by the portal's document: a code without a sentence does not compile. */
export interface Sentences {
  errors: Record<ErrorCode, string>;
  /** With `{label}` for the name of the field, and `{characters}` for those that it must not have. */
  fields: Record<FieldCode, string>;
  /** For one field, where more can be said: `completedOn.in-future`. */
  exact: Record<string, string>;
}
