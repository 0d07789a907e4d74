// SPDX-License-Identifier: Apache-2.0
// What every page of words stands in.
import type { ReactNode } from 'react';
import { useText } from '../i18n/language.ts';
import { useSiteTitle } from '../ui/site-facts.ts';
import { Main } from '../ui/skip-link.tsx';
import { Floating, SiteFooter, SiteHeader, siteTexts } from './frame.tsx';
import type { Slug } from './pages.ts';
import './site.css';

export function PageFrame({ slug, title, children }: { slug?: Slug; title: string; children: ReactNode }) {
  const text = useText(siteTexts);
  useSiteTitle(title);
  return (
    <>
      <SiteHeader current={slug} />
      <Main className="column content-page">
        <h1>{title}</h1>
        <div className="double-rule" />
        {children}
        <p>
          <a href="/">{text.back}</a>
        </p>
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}
