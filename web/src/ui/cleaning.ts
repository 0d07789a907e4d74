// SPDX-License-Identifier: Apache-2.0
// A text is cleaned when its field is left, and the field says what was changed: nobody signs a text that they did not see.
import { useState } from 'react';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { cleaningNote, cleaningTexts, cleanLine, cleanNumber, cleanParagraphs, shorten } from './clean.ts';

const CLEANERS = { line: cleanLine, paragraphs: cleanParagraphs, number: cleanNumber };

/** The text of a field, and what the portal will take it for. */
export interface Cleanable {
  as: keyof typeof CLEANERS;
  value: string;
  onChange: (value: string) => void;
  /** In UTF-16 units, as the portal counts. */
  maxLength?: number;
}

/** For inputs of the UI kit, which call it for a text that is too long, but not before a character is composed. */
export interface Limit {
  max: number;
  exceedFormatter: (text: string) => string;
}

export interface Cleaning {
  onBlur: () => void;
  /** Until the text is changed again. */
  note: string | undefined;
  limit: Limit | undefined;
}

export function useCleaning(text: Cleanable | undefined): Cleaning {
  const words = useText(cleaningTexts);
  const [last, setLast] = useState<{ before: string; clean: string; after: string }>();
  const max = text?.maxLength;
  const cleanUp = ({ as }: Cleanable, before: string): string => {
    const clean = CLEANERS[as](before);
    const after = max === undefined ? clean : shorten(clean, max);
    if (after !== before) setLast({ before, clean, after });
    return after;
  };
  const onBlur = () => {
    if (!text) return;
    const after = cleanUp(text, text.value);
    if (after !== text.value) text.onChange(after);
  };
  // What nobody sees is taken out before the length counts: otherwise the end of a pasted text would be lost for it.
  const limit =
    text && max !== undefined ? { max, exceedFormatter: (typed: string) => cleanUp(text, typed) } : undefined;
  return { onBlur, limit, note: last && last.after === text?.value ? noteOf(last, words, max) : undefined };
}

function noteOf(
  { before, clean, after }: { before: string; clean: string; after: string },
  words: (typeof cleaningTexts)['zh'],
  max = 0,
): string | undefined {
  const cut = after === clean ? undefined : fill(words.cut, { max });
  return [cleaningNote(before, clean, words), cut].filter(Boolean).join(words.join) || undefined;
}
