// SPDX-License-Identifier: Apache-2.0
// The sentences of a verification in one language, with their values put in.
import { type CheckName, type CheckResult, headlineNotesOf, type RevocationReason } from '@inkseal/verifier';
import { fill } from '../i18n/fill.ts';
import { isBacked, isRefusal } from './outcome.ts';
import { tallyOf } from './questions.ts';
import { isProcess, leadOf, saidOf, unsaidOf } from './said.ts';
import type { Texts } from './texts/index.ts';
import { type Values, valuesOf } from './values.ts';
import type { Verification } from './verification.ts';

export interface Sentences {
  readonly title: string;
  readonly lead: readonly string[];
  readonly said: readonly string[];
  readonly unsaid: readonly string[];
  readonly tally: string;
  readonly caption: string;
  /** In the frame, where the stamp is withheld. */
  readonly mark: string;
  readonly values: Values;
  readonly names: Readonly<Record<CheckName, string>>;
  check(check: CheckResult): { readonly sentence: string; readonly effect?: string };
}

export function sentencesOf(verification: Verification, texts: Texts): Sentences {
  const { report } = verification;
  const values = withWords(valuesOf(verification, texts.listOf), verification, texts);
  const lead = report.error
    ? [texts.check.unreadable[report.error.code], texts.page.undecidedNext]
    : [...leadOf(verification).map((key) => texts.lead[key]), ...unreadText(verification, texts)];
  return {
    title: fill(titleOf(verification, texts), values),
    lead: lead.map((sentence) => fill(sentence, values)),
    said: saidOf(verification).map((key) => fill(texts.said[key], values)),
    unsaid: unsaidOf(verification).map((key) => fill(texts.unsaid[key], values)),
    tally: tallySentence(verification, texts),
    caption: captionOf(verification, texts),
    mark: isRecordOfRights(verification) ? texts.headline.rightsMark : texts.verdicts[verification.outcome].mark,
    values,
    names: namesOf(verification, texts),
    check: (check) => checkSentence(check, texts, values),
  };
}

function titleOf(verification: Verification, { verdicts, headline }: Texts): string {
  const { outcome, report } = verification;
  if (outcome === 'never-issued') return isBacked(report) ? headline.neverIssued : headline.neverIssuedUnbacked;
  const isUnsaid = headlineNotesOf(report).includes('status-not-shown') && report.subject === 'bundle';
  const title = processTitle(verification, headline) ?? verdicts[outcome].title;
  const kind = isRefusal(outcome) ? processKind(report.facts?.kind, headline) : '';
  return title + kind + (isUnsaid ? headline.revocationNotShown : '');
}

/** Where a record of the process has another name than its verdict. */
function processTitle(verification: Verification, headline: Texts['headline']): string | undefined {
  if (isRecordOfRights(verification)) return headline.rightsEvent;
  const { outcome } = verification;
  return outcome === 'revoked' && isProcess(verification) ? headline.processRevoked : undefined;
}

const isRecordOfRights = ({ outcome, isRightsEvent }: Verification): boolean =>
  outcome === 'submission-record' && isRightsEvent === true;

/** Refusals of a certificate and of a record of the process look alike otherwise. */
function processKind(kind: string | undefined, { submission, auditHead }: Texts['headline']): string {
  return kind === 'submission' ? submission : kind === 'audit-head' ? auditHead : '';
}

function unreadText({ report }: Verification, { headline }: Texts): string[] {
  return headlineNotesOf(report).includes('printed-text-not-checked') ? [headline.textNotChecked] : [];
}

/** What the checks are called: a record of the process has no 证书状态. */
function namesOf(verification: Verification, { check, page }: Texts): Sentences['names'] {
  return isProcess(verification) ? { ...check.names, status: page.processStatus } : check.names;
}

function checkSentence(check: CheckResult, { check: texts, page }: Texts, values: Values) {
  if (check.outcome === 'passed') return { sentence: fill(texts.passed[check.name], values) };
  if (check.outcome === 'failed')
    return { sentence: page.failedPrefix + fill(texts.failed[check.code], values) + page.stop };
  const { why, effect } = texts.notRun[check.reason];
  return { sentence: page.notRunPrefix + why + page.stop, effect };
}

/** Words that other sentences quote: the first failed check, and the reason of a revocation. */
function withWords(values: Values, verification: Verification, texts: Texts): Values {
  const { report } = verification;
  const reason = texts.revocation[values.revocationCode as RevocationReason] ?? values.revocationCode ?? '';
  const known = { ...values, revocation: reason };
  // The file is compared last in importance: a record that does not hold decides before it.
  const failed = report.checks.filter((check) => check.outcome === 'failed');
  const first = failed.find(({ name }) => name !== 'file') ?? failed[0];
  if (!first) return known;
  return {
    ...known,
    failedName: namesOf(verification, texts)[first.name],
    failedSentence: fill(texts.check.failed[first.code], known),
  };
}

function tallySentence(verification: Verification, texts: Texts): string {
  const { report } = verification;
  const { page, listOf } = texts;
  const names = namesOf(verification, texts);
  const { total, passed, failed, notRun } = tallyOf(report.checks);
  const named = (outcome: CheckResult['outcome']) =>
    report.checks.filter((result) => result.outcome === outcome).map(({ name }) => names[name]);
  // Names are given while they are few enough to be read.
  const withNames = (text: string, names: string[]) =>
    names.length <= 2 ? text + page.open + listOf(names) + page.close : text;
  const parts = [
    ...(failed > 0 ? [withNames(fill(page.tallyFailed, { n: failed }), named('failed'))] : []),
    ...(passed > 0 ? [fill(page.tallyPassed, { n: passed })] : []),
    ...(notRun > 0 ? [withNames(fill(page.tallyNotRun, { n: notRun }), named('not-run'))] : []),
  ];
  return fill(page.tally, { total }) + parts.join(page.comma);
}

/** A stamp without a shown status must not read as valid. */
function captionOf(verification: Verification, { verdicts, page }: Texts): string {
  const { outcome, report } = verification;
  if (outcome === 'revoked' && isProcess(verification)) return page.processVoid;
  if (outcome !== 'matches' && outcome !== 'matches-no-file') return verdicts[outcome].caption;
  const isStatusShown = report.checks.some(({ name, outcome: result }) => name === 'status' && result === 'passed');
  return isStatusShown ? verdicts[outcome].caption : page.statusNotShown;
}
