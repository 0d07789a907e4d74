// SPDX-License-Identifier: Apache-2.0
// The content pages of the public site: which there are, and what a version of one is.

/** `web/src/site/pages.ts` has the same ones. */
export const PAGE_SLUGS = [
  'registration',
  'licensing',
  'management',
  'maintenance',
  'digital-centre',
  'shandong-crafts',
  'design-contest',
  'about',
  'contact',
  'terms',
  'privacy',
] as const;

export type PageSlug = (typeof PAGE_SLUGS)[number];

/** Members agree to these, so each of their versions can be read by anybody. */
export const AGREEMENTS = ['terms', 'privacy'] as const satisfies readonly PageSlug[];

export const isAgreement = (slug: PageSlug): boolean => AGREEMENTS.some((each) => each === slug);

/** Comes with the product. */
export const FIRST_VERSION = 1;

export interface PageText {
  title: string;
  /** Markdown. */
  body: string;
}

export interface PageTexts {
  zh: PageText;
  en: PageText;
}
