// SPDX-License-Identifier: Apache-2.0
// An acceptance receipt 受理回执: whether the promise was kept, what it says, and every check. Loaded when a receipt comes.
import type { ReceiptCheckResult, ReceiptFacts } from '@inkseal/verifier/receipts';
import { fill } from '../../i18n/fill.ts';
import { useText } from '../../i18n/language.ts';
import { Digits, Hex } from '../../ui/digits.tsx';
import { formatTime } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { WithheldStamp } from '../../ui/stamp.tsx';
import type { ReceiptJudgement } from '../receipt.ts';
import type { Texts } from '../texts/index.ts';
import { receiptEn } from '../texts/receipt.en.ts';
import { type ReceiptTexts, receiptZh } from '../texts/receipt.zh.ts';
import type { NamedBytes } from '../trust.ts';
import { Fact } from './checks-view.tsx';
import { PrintFooter } from './print-footer.tsx';
import { TrustList } from './trust-list.tsx';

interface ReceiptViewProps {
  readonly judgement: ReceiptJudgement;
  readonly texts: Texts;
  readonly onRemoveTrust?: (given: NamedBytes) => void;
}

export function ReceiptView({ judgement, texts, onRemoveTrust }: ReceiptViewProps) {
  const words = useText({ zh: receiptZh, en: receiptEn });
  const { report, checkedAt, trust, underEach = [judgement] } = judgement;
  const { verdict, facts, error } = report;
  const headline = headlineOf(judgement);
  const title = titleOf(judgement, words);
  const isRefusal = verdict === 'broken' || verdict === 'not-verified';
  const { page } = texts;
  return (
    <div className="result">
      <article className="sheet verdict-sheet">
        <header className={`verdict${isRefusal ? ' verdict-refusal' : ''}`}>
          <figure className="verdict-stamp">
            <WithheldStamp label={words.marks[headline]} />
            <figcaption>{words.kind}</figcaption>
          </figure>
          <div className="verdict-text">
            <p className="verdict-above">
              <span>{page.result}</span>{' '}
              <span className="numeric">{`${formatTime(checkedAt)}${page.open}${page.beijing}${page.close}`}</span>{' '}
              <span>{page.byBrowser}</span>
            </p>
            <div role="status">
              <h1 tabIndex={-1}>{title}</h1>
              <p className="lead">{error ? texts.check.unreadable[error.code] : words.leads[headline]}</p>
            </div>
          </div>
        </header>
      </article>
      {facts && <WhatItSays {...{ facts, judgement, texts, words }} />}
      {!error && (
        <section className="block" aria-labelledby="receipt-checks">
          <h2 id="receipt-checks">{words.checks}</h2>
          <div className="sheet plain-sheet">
            <ul className="said">
              {report.checks.map((check) => (
                <Check key={check.name} {...{ check, facts, texts, words }} />
              ))}
            </ul>
          </div>
        </section>
      )}
      {trust.given && (
        <section className="block trust" aria-labelledby="trust-title">
          <h2 id="trust-title">{page.trust}</h2>
          <div className="sheet trust-sheet">
            <TrustList
              given={trust.given}
              titles={underEach.map((each) => titleOf(each, words))}
              texts={texts}
              onRemove={onRemoveTrust}
            />
          </div>
        </section>
      )}
      <PrintFooter title={title} checkedAt={checkedAt} />
    </div>
  );
}

function headlineOf({ report: { verdict, facts } }: ReceiptJudgement) {
  return verdict === 'kept' && facts?.isLate ? 'kept-late' : verdict;
}

function titleOf(judgement: ReceiptJudgement, words: ReceiptTexts): string {
  const { facts } = judgement.report;
  return fill(words.titles[headlineOf(judgement)], { time: facts ? formatTime(facts.anchorBy) : '' });
}

interface Shared {
  readonly texts: Texts;
  readonly words: ReceiptTexts;
}

function WhatItSays({ facts, judgement, texts, words }: Shared & ReceiptViewProps & { facts: ReceiptFacts }) {
  const { page, kinds } = texts;
  const { number, kind, sha256, receivedAt, anchorBy, anchoredAt, key, trustFile } = facts;
  const time = (instant: string) => <span className="numeric">{formatTime(instant)}</span>;
  return (
    <section className="block" aria-labelledby="receipt-facts">
      <h2 id="receipt-facts">{words.kind}</h2>
      <div className="sheet plain-sheet">
        <dl className="facts">
          <Fact name={words.number}>
            <Digits number={number} texts={page} />
          </Fact>
          <Fact name={words.of}>{kinds[kind] ?? kind}</Fact>
          <Fact name={words.receivedAt}>{time(receivedAt)}</Fact>
          <Fact name={words.anchorBy}>{time(anchorBy)}</Fact>
          {anchoredAt !== undefined && <Fact name={words.anchoredAt}>{time(anchoredAt)}</Fact>}
          <Fact name={words.digest}>
            <Hex value={sha256} texts={page} />
          </Fact>
          <Fact name={words.key}>
            <Hex value={key} texts={page} />
          </Fact>
          <Fact name={words.proof}>{words.proofFrom[judgement.proofFrom]}</Fact>
          {trustFile && (
            <Fact name={page.trustSource}>
              {judgement.trust.origin === 'visitor' ? page.trustOwn : page.trustPortal}
              {page.colon}
              {trustFile.name}
            </Fact>
          )}
        </dl>
      </div>
    </section>
  );
}

function Check({
  check,
  facts,
  texts,
  words,
}: Shared & { check: ReceiptCheckResult; facts: ReceiptFacts | undefined }) {
  const { page } = texts;
  const marks = { passed: page.passedMark, failed: page.failedMark, 'not-run': page.notRunMark };
  const name = check.name === 'statement' ? texts.check.names.statement : words.names[check.name];
  return (
    <li>
      <Mark kind={check.outcome} label={marks[check.outcome]} />
      <span>
        <b>{name}</b>
        {page.colon}
        {sentenceOf(check, facts, { texts, words })}
      </span>
    </li>
  );
}

function sentenceOf(check: ReceiptCheckResult, facts: ReceiptFacts | undefined, { texts, words }: Shared): string {
  const { page } = texts;
  if (check.outcome === 'failed') {
    const sentence = check.name === 'statement' ? texts.check.failed[check.code] : words.failed[check.code];
    return page.failedPrefix + sentence + page.stop;
  }
  if (check.outcome === 'not-run') {
    const whys: Record<string, string> = words.reasons;
    const why = whys[check.reason] ?? texts.check.notRun[check.reason as keyof Texts['check']['notRun']].why;
    return page.notRunPrefix + why + page.stop;
  }
  if (check.name !== 'statement') return words.passed[check.name];
  return fill(texts.check.passed.statement, { chainId: facts?.registry.chainId ?? '' });
}
