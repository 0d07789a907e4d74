// SPDX-License-Identifier: Apache-2.0
// What a public work is found by. PostgreSQL takes a Chinese title for one word, so we cut texts ourselves: a run of Chinese
// characters into single ones and pairs, anything else into words. Index and query use the same cut, so 青花 finds
// 青花人偶文创产品, and a sign such as % is no wildcard: it is not a term at all.

/** Written without spaces between words. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3005\u3007]/u;
const RUNS = new RegExp(`${IDEOGRAPHS.source}+|(?:(?!${IDEOGRAPHS.source})[\\p{L}\\p{N}\\p{M}])+`, 'gu');
/** Longer words are cut: an index entry must stay small. */
const MAX_WORD = 40;
/** Marks the terms of an author's name. */
const AUTHOR = 'author:';

export interface SearchableTexts {
  texts: readonly string[];
  author: string;
}

/** All that a work is stored under. */
export function termsOf({ texts, author }: SearchableTexts): string[] {
  const all = [...texts, author].flatMap((text) => runsOf(text).flatMap(storedTerms));
  const ofAuthor = runsOf(author).flatMap(storedTerms);
  return [...new Set([...all, ...ofAuthor.map((term) => AUTHOR + term)])];
}

export interface SearchQuery {
  keyword?: string | undefined;
  author?: string | undefined;
}

/** All of these must be there. Undefined: something was asked for that no text can hold, so nothing is found. */
export function queryTerms({ keyword = '', author = '' }: SearchQuery): string[] | undefined {
  const ofKeyword = runsOf(keyword).flatMap(askedTerms);
  const ofAuthor = runsOf(author).flatMap(askedTerms);
  const isUnanswerable = (asked: string, terms: readonly string[]) => asked.trim() !== '' && terms.length === 0;
  if (isUnanswerable(keyword, ofKeyword) || isUnanswerable(author, ofAuthor)) return undefined;
  return [...new Set([...ofKeyword, ...ofAuthor.map((term) => AUTHOR + term)])];
}

function runsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(RUNS) ?? [];
}

function storedTerms(run: string): string[] {
  const characters = [...run];
  return isIdeographic(run) ? [...characters, ...pairsOf(characters)] : [wordOf(characters)];
}

function askedTerms(run: string): string[] {
  const characters = [...run];
  if (!isIdeographic(run)) return [wordOf(characters)];
  return characters.length === 1 ? characters : pairsOf(characters);
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

const wordOf = (characters: readonly string[]) => characters.slice(0, MAX_WORD).join('');

const isIdeographic = (run: string) => IDEOGRAPHS.test([...run][0] ?? '');
