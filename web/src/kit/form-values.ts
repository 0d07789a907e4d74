// SPDX-License-Identifier: Apache-2.0
// The values of a form. On a busy machine two edits come before the page is drawn again, so each is made to the values as
// they are by then, and never to those of the last drawing.
import { useRef, useState } from 'react';

/** Some of the values, or how to make them from the current ones. */
export type Edit<Values> = Partial<Values> | ((last: Values) => Partial<Values>);

export interface FormValues<Values> {
  values: Values;
  change: (edit: Edit<Values>) => void;
  /** The values by now, drawn or not: this is what a save sends. */
  current: () => Values;
}

/** `onChanged` is called with each field that an edit names. */
export function useFormValues<Values extends object>(
  initial: Values | (() => Values),
  onChanged: (field: string) => void,
): FormValues<Values> {
  const [values, setValues] = useState(initial);
  const newest = useRef(values);
  const change = (edit: Edit<Values>) => {
    const part = typeof edit === 'function' ? edit(newest.current) : edit;
    newest.current = { ...newest.current, ...part };
    setValues(newest.current);
    for (const field of Object.keys(part)) onChanged(field);
  };
  return { values, change, current: () => newest.current };
}
