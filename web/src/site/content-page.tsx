// SPDX-License-Identifier: Apache-2.0
// A page of words: a names-only entry of the menu says what will be here, and what can be done meanwhile.
import { useEffect } from 'react';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { Floating, SiteFooter, SiteHeader, siteTexts } from './frame.tsx';
import type { Slug } from './pages.ts';
import type { PageText } from './site.zh.ts';
import { siteConfig } from './site-config.ts';
import { VerifierDownloads } from './verifier-downloads.tsx';
import './site.css';
import { Main } from '../ui/skip-link.tsx';

/** Pages that say all they have to say. */
const COMPLETE: readonly Slug[] = ['about', 'contact', 'reading-results', 'terms', 'privacy'];

export function ContentPage({ slug }: { slug: Slug | undefined }) {
  const text = useText(siteTexts);
  const page: PageText = slug ? text.pages[slug] : { title: text.missingTitle, lead: text.missingLead, more: [] };
  useEffect(() => {
    document.title = `${page.title} · ${siteConfig.short.zh}`;
  }, [page]);
  return (
    <>
      <SiteHeader current={slug} />
      <Main className="column content-page">
        <h1>{page.title}</h1>
        <div className="double-rule" />
        <p className="lead">{page.lead}</p>
        {page.more.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {slug === 'reading-results' && <VerifierDownloads />}
        {page.sections?.map(({ title, lines }) => (
          <section key={title}>
            <h2>{title}</h2>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </section>
        ))}
        {page.sections && <p className="muted">{fill(text.version, { day: siteConfig.documentsVersion })}</p>}
        {(slug === 'contact' || slug === 'about') && <p>{fill(text.phone, { phone: siteConfig.phone })}</p>}
        {slug && !COMPLETE.includes(slug) && <p className="muted">{text.notOpen}</p>}
        <p>
          <a href="/">{text.back}</a>
        </p>
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}
