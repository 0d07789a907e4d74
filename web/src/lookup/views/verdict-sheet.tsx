// SPDX-License-Identifier: Apache-2.0
// The verdict: one sentence, what follows from it, the tally, and the stamp or the frame where it is withheld.

import { formatTime } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Stamp, WithheldStamp } from '../../ui/stamp.tsx';
import { isRefusal, isStamped, type Outcome } from '../outcome.ts';
import type { Sentences } from '../sentences.ts';
import type { Texts } from '../texts/index.ts';
import type { Verification } from '../verification.ts';
import { ComparisonView } from './comparison-view.tsx';

interface VerdictProps {
  readonly verification: Verification;
  readonly sentences: Sentences;
  readonly texts: Texts;
}

export function VerdictSheet({ verification, sentences, texts }: VerdictProps) {
  const { outcome, report, checkedAt, source } = verification;
  const isDifferent = outcome === 'file-differs';
  return (
    <article className="sheet verdict-sheet">
      <VerdictBanner
        outcome={outcome}
        title={sentences.title}
        lead={sentences.lead}
        caption={sentences.caption}
        mark={sentences.mark}
        texts={texts}
        above={`${formatTime(checkedAt)}${texts.page.open}${texts.page.beijing}${texts.page.close}`}
        note={source === 'portal' ? texts.page.byBrowser : texts.page.proofGiven}
      >
        {!report.error && (
          <p className="tally">
            <span className="tally-cells" aria-hidden="true">
              {report.checks.map(({ name, outcome: result }) => (
                <i key={name} className={`is-${result}`} />
              ))}
            </span>
            {sentences.tally}
          </p>
        )}
      </VerdictBanner>
      {isDifferent && <ComparisonView verification={verification} texts={texts} />}
      {isDifferent ? (
        <Advice texts={texts} />
      ) : (
        sentences.said.length > 0 && (
          <div className="two">
            <SaidList
              title={texts.page.said}
              lines={sentences.said}
              kind={outcome === 'failed' ? 'failed' : 'passed'}
            />
            <SaidList title={texts.page.unsaid} lines={sentences.unsaid} kind="not-run" />
          </div>
        )
      )}
    </article>
  );
}

export interface BannerProps {
  readonly outcome: Outcome;
  readonly title: string;
  readonly lead: readonly string[];
  readonly caption: string;
  /** By default that of the outcome. */
  readonly mark?: string;
  readonly texts: Texts;
  /** Time of the check, and who computed it. */
  readonly above: string;
  readonly note: string;
  readonly children?: React.ReactNode;
}

export function VerdictBanner(props: BannerProps) {
  const { outcome, title, lead, texts, above, note, children } = props;
  return (
    <header className={`verdict${isRefusal(outcome) ? ' verdict-refusal' : ''}`}>
      <StampOf {...props} />
      <div className="verdict-text">
        <p className="verdict-above">
          <span>{texts.page.result}</span> <span className="numeric">{above}</span> <span>{note}</span>
        </p>
        <div role="status">
          <h1 tabIndex={-1}>{title}</h1>
          {lead.map((sentence) => (
            <p key={sentence} className="lead">
              {sentence}
            </p>
          ))}
        </div>
        {children}
      </div>
    </header>
  );
}

function StampOf({ outcome, texts, caption, mark = texts.verdicts[outcome].mark }: BannerProps) {
  if (!isStamped(outcome) && mark === '') return null;
  return (
    <figure className="verdict-stamp">
      {isStamped(outcome) ? <Stamp label={texts.page.stampLabel} size={128} /> : <WithheldStamp label={mark} />}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function SaidList({
  title,
  lines,
  kind,
}: {
  title: string;
  lines: readonly string[];
  kind: 'passed' | 'failed' | 'not-run';
}) {
  return (
    <div>
      <h2>{title}</h2>
      <ul className="said">
        {lines.map((line) => (
          <li key={line}>
            <Mark kind={kind} />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Advice({ texts }: { texts: Texts }) {
  return (
    <div className="two">
      <div>
        <h2>{texts.page.causes}</h2>
        <ul className="dashes">
          {texts.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{texts.page.advice}</h2>
        <ol className="advice">
          {texts.advice.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
    </div>
  );
}
