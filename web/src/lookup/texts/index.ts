// SPDX-License-Identifier: Apache-2.0
// Everything the look-up page and the one-file verifier say, in both languages.
import type { Language } from '../../i18n/language.ts';
import { checksEn } from './checks.en.ts';
import { type CheckTexts, checksZh } from './checks.zh.ts';
import { earlierEn } from './earlier.en.ts';
import { type EarlierTexts, earlierZh } from './earlier.zh.ts';
import { headlineEn } from './headline.en.ts';
import { type HeadlineTexts, headlineZh } from './headline.zh.ts';
import { historyEn } from './history.en.ts';
import { type HistoryTexts, historyZh } from './history.zh.ts';
import { lookupEn } from './lookup.en.ts';
import { type LookupTexts, lookupZh } from './lookup.zh.ts';
import { numbersEn } from './numbers.en.ts';
import { type NumberTexts, numbersZh } from './numbers.zh.ts';
import { packageEn } from './package.en.ts';
import { type PackageTexts, packageZh } from './package.zh.ts';
import { recordEn } from './record.en.ts';
import { type RecordTexts, recordZh } from './record.zh.ts';
import { statedEn } from './stated.en.ts';
import { type StatedTexts, statedZh } from './stated.zh.ts';
import { trustEn } from './trust.en.ts';
import { type TrustTexts, trustZh } from './trust.zh.ts';

export type Texts = LookupTexts & {
  readonly check: CheckTexts;
  readonly record: RecordTexts;
  readonly parts: PackageTexts;
  readonly headline: HeadlineTexts;
  readonly history: HistoryTexts;
  readonly stated: StatedTexts;
  readonly earlier: EarlierTexts;
  readonly numbers: NumberTexts;
  readonly trusts: TrustTexts;
  readonly listOf: (names: string[]) => string;
};

export const lookupTexts: Record<Language, Texts> = {
  zh: {
    ...lookupZh,
    check: checksZh,
    record: recordZh,
    parts: packageZh,
    headline: headlineZh,
    history: historyZh,
    stated: statedZh,
    earlier: earlierZh,
    numbers: numbersZh,
    trusts: trustZh,
    listOf: (names) => names.join('、'),
  },
  en: {
    ...lookupEn,
    check: checksEn,
    record: recordEn,
    parts: packageEn,
    headline: headlineEn,
    history: historyEn,
    stated: statedEn,
    earlier: earlierEn,
    numbers: numbersEn,
    trusts: trustEn,
    listOf: (names) => names.join(', '),
  },
};
