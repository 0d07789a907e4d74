// SPDX-License-Identifier: Apache-2.0
// 逐项核验: every check under its question, with its sentence, and the technical details one step away.
import { type CheckResult, chinesePhrase } from '@inkseal/verifier';
import { useState } from 'react';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { Hex } from '../../ui/digits.tsx';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/mark.tsx';
import { groupsOf, type QuestionGroup, type Tally } from '../questions.ts';
import type { Sentences } from '../sentences.ts';
import type { Texts } from '../texts/index.ts';
import type { Verification } from '../verification.ts';

interface Shared {
  readonly texts: Texts;
  readonly sentences: Sentences;
  readonly verification: Verification;
}

export function ChecksView(shared: Shared) {
  const { texts, verification } = shared;
  return (
    <section className="block" aria-labelledby="checks-title">
      <h2 id="checks-title">
        {texts.page.checks} <small>{texts.page.checksNote}</small>
      </h2>
      <div className="sheet groups">
        {groupsOf(verification.report).map((group) => (
          // Another result opens what failed in it, whatever was open before.
          <Group key={`${group.question} ${group.tally.failed > 0}`} group={group} {...shared} />
        ))}
      </div>
    </section>
  );
}

/** On a phone a group opens on demand, one with a failure at once; on a wide screen and on paper all are open. */
function Group({ group, ...shared }: Shared & { group: QuestionGroup }) {
  const { texts, sentences } = shared;
  const [isOpen, setOpen] = useState(group.tally.failed > 0);
  const id = `group-${group.question}`;
  return (
    <div className={`group${isOpen ? ' is-open' : ''}`}>
      <h3>
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          <span className="group-name">
            {texts.check.questions[group.question]}
            <small>{texts.listOf(group.checks.map(({ name }) => sentences.names[name]))}</small>
          </span>
          <TallyText tally={group.tally} texts={texts} />
          <Icon name={isOpen ? 'close' : 'open'} />
        </button>
      </h3>
      <ul id={id} className="checks">
        {group.checks.map((check) => (
          <Check key={`${check.name} ${check.outcome}`} check={check} {...shared} />
        ))}
      </ul>
    </div>
  );
}

function TallyText({ tally, texts: { page } }: { tally: Tally; texts: Texts }) {
  const { failed, passed, notRun } = tally;
  const tone = failed > 0 ? 'is-failed' : notRun > 0 ? 'is-open-question' : 'is-passed';
  const parts = [
    { kind: 'failed', count: failed, text: page.tallyFailed },
    { kind: 'passed', count: passed, text: page.tallyPassed },
    { kind: 'not-run', count: notRun, text: page.tallyNotRun },
  ].filter(({ count }) => count > 0);
  return (
    <span className={`group-tally ${tone}`}>
      {parts.map(({ kind, count, text }) => (
        <span key={kind} className={`tally-${kind}`} data-comma={page.comma}>
          {fill(text, { n: count })}
        </span>
      ))}
    </span>
  );
}

function Check({ check, ...shared }: Shared & { check: CheckResult }) {
  const { texts, sentences } = shared;
  const [isOpen, setOpen] = useState(check.outcome === 'failed');
  const { sentence, effect } = sentences.check(check);
  const id = `details-${check.name}`;
  const marks = { passed: texts.page.passedMark, failed: texts.page.failedMark, 'not-run': texts.page.notRunMark };
  return (
    <li className={`check is-${check.outcome}`}>
      <Mark kind={check.outcome} label={marks[check.outcome]} />
      <span className="check-name">{sentences.names[check.name]}</span>
      <span className="check-sentence">
        {sentence}
        {effect !== undefined && <small>{effect}</small>}
      </span>
      <button
        type="button"
        className="link"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${isOpen ? texts.page.less : texts.page.details}${texts.page.colon}${sentences.names[check.name]}`}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? texts.page.less : texts.page.details} <Icon name={isOpen ? 'close' : 'open'} />
      </button>
      <div id={id} className={`check-details${isOpen ? ' is-open' : ''}`}>
        <Details check={check} {...shared} />
      </div>
    </li>
  );
}

function Details({ check, texts, verification }: Shared & { check: CheckResult }) {
  const { page } = texts;
  const language = useLanguage();
  const result =
    check.outcome === 'failed'
      ? `failed(${check.code})`
      : check.outcome === 'not-run'
        ? `not-run(${check.reason})`
        : 'passed';
  const { trustFile, validators } = verification.report.facts ?? { validators: [] };
  return (
    <dl className="facts">
      <Fact name={page.checkCode}>
        <code>{check.name}</code>
      </Fact>
      <Fact name={page.checkResult}>
        <code>{result}</code>
      </Fact>
      {check.expected !== undefined && (
        <Fact name={page.expected}>
          <Value text={check.expected} texts={texts} />
        </Fact>
      )}
      {check.found !== undefined && (
        <Fact name={page.found}>
          <Value text={check.found} texts={texts} />
        </Fact>
      )}
      {language === 'en' && <Fact name={page.explanation}>{check.detail}</Fact>}
      {check.name === 'seals' &&
        validators.map(({ address, organisation, sealed }) => (
          <Fact key={address} name={sealed ? page.sealedBy : page.notSealedBy}>
            <Hex value={address} texts={page} /> {organisation}
          </Fact>
        ))}
      {USES_TRUST.includes(check.name) && trustFile && (
        <Fact name={page.trustSource}>
          {verification.trust.origin === 'visitor' ? page.trustOwn : page.trustPortal}
          {page.colon}
          {trustFile.name} {trustFile.sha256 !== undefined && <Hex value={trustFile.sha256} texts={page} />}
        </Fact>
      )}
    </dl>
  );
}

const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const USES_TRUST: readonly string[] = ['statement', 'account', 'seals', 'not-before', 'status'];

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/**
 * Values of the report: hex is cut and copied, the library's English phrases are put into the language of the page, and its
 * times into those of Beijing.
 */
function Value({ text, texts }: { text: string; texts: Texts }) {
  const phrase = useLanguage() === 'zh' ? chinesePhrase(text) : undefined;
  const timed = (phrase ?? text).replace(INSTANT, formatTime);
  return timed.split(/(\b0x[0-9a-f]{40,}\b|\b[0-9a-f]{64}\b)/).map((part, place) => {
    const key = `${place} ${part}`;
    return /^(0x)?[0-9a-f]{40,}$/.test(part) ? (
      <Hex key={key} value={part} texts={texts.page} />
    ) : (
      <span key={key}>{part}</span>
    );
  });
}
