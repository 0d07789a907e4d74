// The report on an acceptance receipt, for people.
import type { ReceiptCheckResult, ReceiptFacts, ReceiptReport } from '../src/receipts/index.ts';
import type { Catalogue } from './catalogue.ts';
import { checkLines, errorLines, headingOf, line, printable, runLines, summaryLine } from './render.ts';
import { withTimes } from './times.ts';

export function renderReceipt(report: ReceiptReport, catalogue: Catalogue): string {
  const { error, facts, checks, proof } = report;
  return [
    printable(headlineOf(report, catalogue)),
    ...(error ? errorLines(error, catalogue) : []),
    ...(facts ? ['', ...factLines(facts, catalogue)] : []),
    '',
    headingOf('checks', catalogue),
    ...checks.flatMap((check) => receiptCheckLines(check, catalogue)),
    ...(proof ? ['', `--proof${catalogue.marks.colon}${printable(summaryLine(proof, catalogue))}`] : []),
    '',
    ...runLines(report, catalogue),
  ].join('\n');
}

/** One line: the headline and the number. Not yet {@link printable}. */
export function receiptSummary(report: ReceiptReport, catalogue: Catalogue): string {
  const { facts } = report;
  return headlineOf(report, catalogue) + (facts ? catalogue.marks.comma + facts.number : '');
}

function headlineOf({ verdict, facts }: ReceiptReport, { receipts, language }: Catalogue): string {
  const headline = receipts.headlines[verdict === 'kept' && facts?.isLate ? 'kept-late' : verdict];
  return headline.replace('{time}', withTimes(facts?.anchorBy ?? '', language));
}

function factLines(facts: ReceiptFacts, catalogue: Catalogue): string[] {
  const { kinds, labels, language, marks, receipts } = catalogue;
  const { number, kind, sha256, registry, receivedAt, anchorBy, anchoredAt, key, trustFile } = facts;
  return [
    line(labels.number, number + marks.open + kinds[kind] + marks.close),
    line(labels.digest, sha256),
    line(labels.registry, `${registry.contract} @ ${registry.chainId}`),
    line(receipts.labels.received, withTimes(receivedAt, language)),
    line(receipts.labels['anchor-by'], withTimes(anchorBy, language)),
    ...(anchoredAt === undefined ? [] : [line(receipts.labels.anchored, withTimes(anchoredAt, language))]),
    line(receipts.labels.key, key),
    ...(trustFile
      ? [line(labels['trust-file'], `${printable(trustFile.name)}${marks.comma}SHA-256 ${trustFile.sha256 ?? '?'}`)]
      : []),
  ];
}

function receiptCheckLines(check: ReceiptCheckResult, catalogue: Catalogue): string[] {
  const { checks, receipts } = catalogue;
  const words = check.name === 'statement' ? checks.statement : receipts.checks[check.name];
  return checkLines(check, { ...words, sentence: sentenceOf(check, catalogue) }, catalogue);
}

function sentenceOf(check: ReceiptCheckResult, { codes, reasons, receipts }: Catalogue): string {
  if (check.outcome === 'passed') return '';
  if (check.outcome === 'failed') return { ...codes, ...receipts.codes }[check.code];
  return { ...reasons, ...receipts.reasons }[check.reason];
}
