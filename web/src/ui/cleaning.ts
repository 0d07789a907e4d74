// SPDX-License-Identifier: Apache-2.0
// A text is cleaned when its field is left, and the field says what was changed: nobody signs a text that they did not see.
import { useState } from 'react';
import { useText } from '../i18n/language.ts';
import { cleaningNote, cleaningTexts, cleanLine, cleanNumber, cleanParagraphs } from '../ui/clean.ts';

const CLEANERS = { line: cleanLine, paragraphs: cleanParagraphs, number: cleanNumber };

/** The text of a field, and what the portal will take it for. */
export interface Cleanable {
  as: keyof typeof CLEANERS;
  value: string;
  onChange: (value: string) => void;
}

export interface Cleaning {
  onBlur: () => void;
  /** Until the text is changed again. */
  note: string | undefined;
}

export function useCleaning(text: Cleanable | undefined): Cleaning {
  const words = useText(cleaningTexts);
  const [last, setLast] = useState<{ before: string; after: string }>();
  const onBlur = () => {
    if (!text) return;
    const after = CLEANERS[text.as](text.value);
    if (after === text.value) return;
    setLast({ before: text.value, after });
    text.onChange(after);
  };
  const isShown = last !== undefined && last.after === text?.value;
  return { onBlur, note: isShown ? cleaningNote(last.before, last.after, words) : undefined };
}
