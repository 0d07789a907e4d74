// SPDX-License-Identifier: Apache-2.0
// Header and footer of the public pages.
import { useState } from 'react';
import { HTML_LANG, setLanguage, useLanguage, useText } from '../i18n/language.ts';
import { Icon } from '../ui/icon.tsx';
import logoUrl from '../ui/logo.svg';
import { useSiteFacts, useTelephoneLine } from '../ui/site-facts.ts';
import { SkipLink } from '../ui/skip-link.tsx';
import { AccountLinks } from './account-links.tsx';
import { NAV_PAGES, type Slug } from './pages.ts';
import { siteEn } from './site.en.ts';
import { siteZh } from './site.zh.ts';

export const siteTexts = { zh: siteZh, en: siteEn };

/** The small header, of pages that are about one thing. */
export function PageHeader({ note }: { note: string }) {
  const text = useText(siteTexts);
  const { short } = useSiteFacts();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="page-header">
      <SkipLink />
      <div className="column">
        <a className="brand" href="/">
          <img src={logoUrl} alt="" width="22" height="38" />
          <b>{short[language]}</b>
          <span>{note}</span>
        </a>
        <button
          type="button"
          className="menu-button"
          aria-expanded={isOpen}
          aria-controls="page-links"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'cross' : 'menu'} /> <span className="visually-hidden">{text.menu}</span>
        </button>
        <nav id="page-links" className={isOpen ? 'is-open' : ''}>
          <a href="/pages/reading-results">{text.guide}</a>
          <a href="/verify.html">{text.offline}</a>
          <LanguageSwitch />
          <AccountLinks />
        </nav>
      </div>
    </header>
  );
}

/** The site's own header, with its name in both languages and the seven labels. */
export function SiteHeader({ current }: { current: 'home' | Slug | undefined }) {
  const text = useText(siteTexts);
  const { name } = useSiteFacts();
  return (
    <header className="site-header">
      <SkipLink />
      <div className="column site-header-top">
        <a className="brand" href="/">
          <img src={logoUrl} alt="" width="30" height="52" />
          <span>
            <b lang="zh-CN">{name.zh}</b>
            <small lang="en">{name.en}</small>
          </span>
        </a>
        <p className="site-account">
          <LanguageSwitch />
          <AccountLinks />
        </p>
      </div>
      <nav className="column site-nav" aria-label={text.nav}>
        <a href="/" aria-current={current === 'home' ? 'page' : undefined}>
          {text.home}
        </a>
        {NAV_PAGES.map((slug) => (
          <a key={slug} href={`/pages/${slug}`} aria-current={current === slug ? 'page' : undefined}>
            {text.titles[slug]}
          </a>
        ))}
      </nav>
    </header>
  );
}

export function LanguageSwitch() {
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button type="button" className="link language" lang={HTML_LANG[other]} onClick={() => setLanguage(other)}>
      {siteTexts[language].language}
    </button>
  );
}

export function PageFooter() {
  const language = useLanguage();
  const { name, filing } = useSiteFacts();
  const telephone = useTelephoneLine();
  return (
    <footer className="page-footer no-print">
      <div className="column">
        <span>
          {name[language]}　{telephone}
        </span>
        <DocumentLinks />
        <span>{filing[language]}</span>
      </div>
    </footer>
  );
}

function DocumentLinks() {
  const { titles, notices, registrationNotices, transparency } = useText(siteTexts);
  return (
    <span className="document-links">
      <a href="/notices">{registrationNotices}</a> <a href="/transparency">{transparency}</a>{' '}
      <a href="/pages/terms">{titles.terms}</a> <a href="/pages/privacy">{titles.privacy}</a>{' '}
      <a href="/third-party-notices.txt">{notices}</a>
    </span>
  );
}

export function SiteFooter() {
  const language = useLanguage();
  const text = siteTexts[language];
  const { name, filing } = useSiteFacts();
  const telephone = useTelephoneLine();
  return (
    <footer className="site-footer">
      <div className="column">
        <p>
          <b>{name[language]}</b>
          <span>{telephone}</span>
        </p>
        <p>
          <span>{filing[language]}</span>
          <DocumentLinks />
          <span>{text.browsers}</span>
        </p>
      </div>
    </footer>
  );
}

/** At the right edge, on phones a bar at the bottom. */
export function Floating() {
  const text = useText(siteTexts);
  return (
    <nav className="floating" aria-label={text.floating}>
      <a href="/member">
        <Icon name="person" /> {text.centre}
      </a>
      <a href="/pages/contact">
        <Icon name="talk" /> {text.contact}
      </a>
      <a href="/pages/cart">
        <Icon name="cart" /> {text.titles.cart}
      </a>
    </nav>
  );
}
