// SPDX-License-Identifier: Apache-2.0
// The words of a text message. Operators in China send only what they have approved before: a template and its values.

export interface SmsText {
  text: string;
  /** What differs from message to message, in order. */
  values: readonly string[];
  /** The words between, with `{1}`, `{2}`, … where the values go: what the operator is asked to approve. */
  template: string;
}

/** Tag of a template literal. */
export function sms(parts: readonly string[], ...given: (string | number)[]): SmsText {
  const values = given.map(String);
  const joined = (between: (index: number) => string) =>
    parts.map((part, index) => (index === 0 ? part : between(index - 1) + part)).join('');
  return { text: joined((index) => values[index] ?? ''), values, template: joined((index) => `{${index + 1}}`) };
}
