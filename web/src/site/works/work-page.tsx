// SPDX-License-Identifier: Apache-2.0
// A public work: its pictures, the first one large; who made it; its certificates with their status now.
import { useState } from 'react';
import { fill } from '../../i18n/fill.ts';
import { Digits } from '../../ui/digits.tsx';
import { formatTime } from '../../ui/format.ts';
import { useSiteTitle } from '../../ui/site-facts.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Floating, SiteFooter, SiteHeader } from '../frame.tsx';
import { type PublicWork, pictureAddress, readWork } from './portal.ts';
import { ReportBox } from './report-box.tsx';
import { Failure, Loading } from './states.tsx';
import { useAnswer } from './use-answer.ts';
import { categoryName, useWords } from './words.ts';
import '../site.css';
import './works.css';

export function WorkPage({ id }: { id: string }) {
  const words = useWords();
  const { answer: work, error, retry } = useAnswer(id, () => readWork(id));
  useSiteTitle(work?.title ?? words.title);
  return (
    <>
      <SiteHeader current={undefined} />
      <Main className="column content-page work-page">
        <h1>{work?.title ?? words.title}</h1>
        <div className="double-rule" />
        {error && <Failure error={error} onRetry={retry} />}
        {!error && !work && <Loading text={words.workLoading} />}
        {work && <Shown work={work} />}
        <p>
          <a href="/works">{words.back}</a>
        </p>
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}

function Shown({ work }: { work: PublicWork }) {
  const words = useWords();
  return (
    <>
      <div className="work-columns">
        <Pictures work={work} />
        <div>
          <dl className="work-facts">
            <Fact name={words.author}>{work.author}</Fact>
            <Fact name={words.category}>{categoryName(words, work.category)}</Fact>
            {work.tags.length > 0 && <Fact name={words.tags}>{work.tags.join(words.between)}</Fact>}
            <Fact name={words.publishedAt}>{formatTime(work.publishedAt)}</Fact>
          </dl>
          <Certificates certificates={work.certificates} />
        </div>
      </div>
      {work.intro && (
        <section>
          <h2>{words.intro}</h2>
          <p className="work-intro">{work.intro}</p>
        </section>
      )}
      <p className="muted">
        {words.disclaimer} {words.beijing}
      </p>
      <ReportBox id={work.id} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pictures({ work: { id, title, images } }: { work: PublicWork }) {
  const words = useWords();
  const [place, setPlace] = useState(0);
  const shown = images[place];
  if (!shown) return <p className="works-picture">{words.noPicture}</p>;
  return (
    <div>
      <img
        className="work-picture"
        src={pictureAddress(id, shown.id, 'picture')}
        width={shown.width}
        height={shown.height}
        alt={fill(words.picture, { title, place: place + 1, count: images.length })}
      />
      {images.length > 1 && (
        <ul className="work-pictures">
          {images.map((image, each) => (
            <li key={image.id}>
              <button
                type="button"
                aria-label={fill(words.showPicture, { place: each + 1 })}
                aria-pressed={each === place}
                onClick={() => setPlace(each)}
              >
                <img src={pictureAddress(id, image.id, 'small')} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Certificates({ certificates }: Pick<PublicWork, 'certificates'>) {
  const words = useWords();
  return (
    <section>
      <h2>{words.certificates}</h2>
      {certificates.length === 0 && <p>{words.noCertificate}</p>}
      <ul className="work-certificates">
        {certificates.map(({ number, status, certifiedAt }) => (
          <li key={number}>
            <a href={`/v/${number}`}>
              <Digits number={number} />
            </a>
            <b className={status === 'final' ? 'is-passed' : 'is-failed'}>{words.status[status]}</b>
            {certifiedAt && (
              <span className="muted">
                {words.certifiedAt} {formatTime(certifiedAt)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {certificates.length > 0 && <p className="muted">{words.certificateHint}</p>}
    </section>
  );
}
