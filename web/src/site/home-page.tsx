// SPDX-License-Identifier: Apache-2.0
// The public home: verify first, then what there is to see, how to begin, and what evidence is worth.
import { useState } from 'react';
import { useText } from '../i18n/language.ts';
import { namesEn } from '../i18n/names.en.ts';
import { namesZh } from '../i18n/names.zh.ts';
import { Icon } from '../ui/icon.tsx';
import logoUrl from '../ui/logo.svg';
import { Mark } from '../ui/mark.tsx';
import { useSiteTitle } from '../ui/site-facts.ts';
import { Stamp } from '../ui/stamp.tsx';
import celadonUrl from './celadon.svg';
import craneUrl from './crane.svg';
import { Floating, SiteFooter, SiteHeader, siteTexts } from './frame.tsx';
import { SERVICE_PAGES } from './pages.ts';
import qrUrl from './sample-qr.svg';
import scoreUrl from './score.svg';
import { StepList } from './steps.tsx';
import { addressOf, CATEGORIES } from './works/query.ts';
import './site.css';
import { Main } from '../ui/skip-link.tsx';

const PICTURES = [craneUrl, celadonUrl, scoreUrl];

/** `onFiles` opens the look-up with files that were dropped here. */
export function HomePage({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const text = useText(siteTexts);
  useSiteTitle();
  return (
    <>
      <SiteHeader current="home" />
      <Main>
        <section className="hero">
          <div className="column hero-columns">
            <div>
              <p className="slogan">{text.slogan}</p>
              <h1>
                {text.headline.map((line) => (
                  <span key={line}>{line}</span>
                ))}
              </h1>
              <p className="lead">{text.lead}</p>
              <LookBox onFiles={onFiles} />
            </div>
            <SampleCertificate />
          </div>
        </section>
        <Works />
        <Steps />
        <Proof />
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}

function LookBox({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const text = useText(siteTexts);
  const [typed, setTyped] = useState('');
  const open = (number: string) => window.location.assign(`/v/${encodeURIComponent(number.replace(/\s/g, ''))}`);
  return (
    <form
      className="look-box"
      action="/v"
      onSubmit={(event) => {
        event.preventDefault();
        open(typed);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <label htmlFor="look">{text.lookLabel}</label>
      <div className="with-button">
        <input
          id="look"
          className="large"
          inputMode="numeric"
          autoComplete="off"
          placeholder={text.lookPlaceholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="button primary large">
          {text.look}
        </button>
      </div>
      <p className="privacy">
        <Icon name="lock" /> {text.lookPrivacy}
      </p>
    </form>
  );
}

function SampleCertificate() {
  const text = useText(siteTexts);
  return (
    <figure className="sample" aria-label={text.sample}>
      <div className="sample-top">
        <img src={logoUrl} alt="" width="25" height="44" />
        <img src={qrUrl} alt="" width="76" height="76" />
      </div>
      <p className="sample-title">{text.certificateTitle}</p>
      <div className="double-rule" />
      <dl>
        {text.sampleRows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="sample-foot">
        <figcaption>{text.sample}</figcaption>
        <Stamp label="" size={108} />
      </div>
    </figure>
  );
}

function Works() {
  const text = useText(siteTexts);
  const { categories } = useText({ zh: namesZh, en: namesEn });
  return (
    <section className="band sheet-band">
      <div className="column">
        <div className="band-head">
          <h2>
            {text.works} <small>{text.worksNote}</small>
          </h2>
          <form className="work-search" action="/works">
            <input
              name="q"
              type="search"
              maxLength={100}
              aria-label={text.searchLabel}
              placeholder={text.searchPlaceholder}
            />
            <button type="submit" className="button">
              <Icon name="search" /> {text.searchLabel}
            </button>
          </form>
        </div>
        <ul className="three">
          {CATEGORIES.map((category, place) => (
            <li key={category}>
              <h3>
                <a className="category" href={addressOf({ category })}>
                  {categories[category]}
                </a>
                <a href={addressOf({ category })} aria-label={`${text.more} ${categories[category]}`}>
                  {text.more} <Icon name="next" />
                </a>
              </h3>
              <img src={PICTURES[place]} alt="" width="352" height="208" loading="lazy" />
              <p>
                <b>{text.workSamples[place]}</b>
                <span className="muted">{text.sampleMark}</span>
              </p>
            </li>
          ))}
        </ul>
        <p className="band-foot">
          <a href="/notices">
            {text.registrationNotices} <Icon name="next" />
          </a>
        </p>
      </div>
    </section>
  );
}

function Steps() {
  const text = useText(siteTexts);
  return (
    <section className="band">
      <div className="column">
        <h2>
          {text.steps} <small>{text.stepsNote}</small>
        </h2>
        <div className="double-rule" />
        <StepList />
        <p className="muted">{text.audience}</p>
        <h3 className="visually-hidden">{text.services}</h3>
        <ul className="services">
          {SERVICE_PAGES.map((slug, place) => (
            <li key={slug}>
              <a href={`/pages/${slug}`}>
                <span>
                  <b>{text.titles[slug]}</b>
                  <small>{text.serviceNotes[place]}</small>
                </span>
                <Icon name="next" />
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Proof() {
  const text = useText(siteTexts);
  return (
    <section className="band sheet-band">
      <div className="column">
        <h2>
          {text.proof} <small>{text.proofNote}</small>
        </h2>
        <div className="proof-lists">
          <ProofList title={text.can} lines={text.canList} kind="passed" />
          <ProofList title={text.cannot} lines={text.cannotList} kind="not-run" />
        </div>
      </div>
    </section>
  );
}

function ProofList({ title, lines, kind }: { title: string; lines: readonly string[]; kind: 'passed' | 'not-run' }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <Mark kind={kind} /> {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
