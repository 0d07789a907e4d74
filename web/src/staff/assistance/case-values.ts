// SPDX-License-Identifier: Apache-2.0
// What the form of a case holds, and what is sent of it.
import type { AssistanceForm, AssistancePart } from '../../api/assistance.ts';
import { filledIn } from '../../kit/form.ts';
import { numbersIn } from '../desk/numbers.ts';

export const DAYS = ['3', '7', '14', '30'] as const;

export interface CaseValues {
  authority: string;
  fileNumber: string;
  contact: string;
  request: string;
  letters: readonly { id: string; name: string }[];
  /** One a line. */
  numbers: string;
  parts: readonly AssistancePart[];
  days: (typeof DAYS)[number];
  isSecret: boolean;
  secrecyReason: string;
  secrecyUntil: string | null;
}

export type Change = (part: Partial<CaseValues>) => void;

export const EMPTY: CaseValues = {
  authority: '',
  fileNumber: '',
  contact: '',
  request: '',
  letters: [],
  numbers: '',
  parts: [],
  days: '7',
  isSecret: false,
  secrecyReason: '',
  secrecyUntil: null,
};

export function formOf(values: CaseValues): AssistanceForm {
  const { authority, fileNumber, contact, request, letters, parts, isSecret, secrecyReason, secrecyUntil } = values;
  return {
    ...filledIn({ authority, fileNumber, contact, request }),
    letters: [...letters],
    numbers: numbersIn(values.numbers),
    parts: [...parts],
    days: Number(values.days),
    secrecy: isSecret ? filledIn({ reason: secrecyReason, until: secrecyUntil ?? '' }) : null,
  };
}
