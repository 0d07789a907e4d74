// SPDX-License-Identifier: Apache-2.0
// The language of the page: asked for by ?lang=, else chosen before, else Chinese. Each part brings its own two catalogues.
import { useSyncExternalStore } from 'react';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = 'inkseal-language';
export const HTML_LANG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };
const listeners = new Set<() => void>();
let current: Language | undefined;

/** The language, and a new rendering whenever it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage, currentLanguage);
}

/** The entry of a pair of catalogues that fits the language: `const text = useText({ zh, en })`. */
export function useText<T>(catalogues: Record<Language, T>): T {
  return catalogues[useLanguage()];
}

export function currentLanguage(): Language {
  current ??= chosenLanguage(window.location.search, readStored());
  document.documentElement.lang = HTML_LANG[current];
  return current;
}

export function setLanguage(language: Language): void {
  try {
    window.localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // A page opened from disk, or one that may not store: the choice lasts as long as the page.
  }
  speak(language);
}

/** What an address and a remembered choice ask for. */
export function chosenLanguage(search: string, stored: string | null): Language {
  const asked = new URLSearchParams(search).get('lang');
  return languageOf(asked) ?? languageOf(stored) ?? 'zh';
}

function languageOf(name: string | null): Language | undefined {
  return LANGUAGES.find((language) => language === name);
}

function speak(language: Language): void {
  current = language;
  document.documentElement.lang = HTML_LANG[language];
  for (const listener of listeners) listener();
}

/** All tabs of the site speak the language that was chosen last in one of them. */
function followOtherTabs({ key, newValue }: StorageEvent): void {
  const language = key === STORAGE_KEY ? languageOf(newValue) : undefined;
  if (language) speak(language);
}

function readStored(): string | null {
  try {
    return window.localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', followOtherTabs);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', followOtherTabs);
  };
}
