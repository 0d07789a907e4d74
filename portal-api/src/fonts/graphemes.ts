// SPDX-License-Identifier: Apache-2.0
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** What a reader takes for one character, marks and all. */
export const graphemesOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);
