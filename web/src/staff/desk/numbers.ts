// SPDX-License-Identifier: Apache-2.0
// Numbers of certificates and orders that staff type one a line, and their faults, which are shown at the field.
import type { FaultLine } from '../../kit/error-list.tsx';
import type { FormFaults } from '../../kit/form.ts';

export const numbersIn = (text: string): string[] =>
  text
    .split(/[\n,，、;；]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The first fault of an entry is shown at the list. */
export const ofList = (faults: FormFaults, entries: number): FormFaults => ({
  ...faults,
  sentenceOf: (field) =>
    faults.sentenceOf(field) ??
    Array.from({ length: entries }, (_, index) => faults.sentenceOf(`${field}.${index}`)).find(Boolean),
});

/** An entry has no field of its own: its line leads to the list. */
export const atList = (line: FaultLine): FaultLine => ({ ...line, fieldId: line.fieldId.replace(/-\d+$/, '') });
