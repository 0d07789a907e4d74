// The report for people: the verdict, what is proven, every check with its mark, and what is not shown.

import { ContainerError } from '../src/containers/index.ts';
import {
  type CheckResult,
  type Facts,
  type Finding,
  headlineNotesOf,
  type PackageEntryFact,
  percentOf,
  type Report,
  type Stated,
} from '../src/index.ts';
import type { Catalogue, Label } from './catalogue.ts';
import type { InputError } from './input-error.ts';
import { withTimes } from './times.ts';
import { courtCommands, witnessFacts } from './witness-lines.ts';

const MARKS = { passed: '✓', failed: '✗', 'not-run': '–' } as const;
const TITLE_WIDTH = 14;
const LABEL_WIDTH = 24;
/** How many names of a package's entries a headline holds. */
const MAX_NAMES = 5;
/** Control and direction characters. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function renderReport(report: Report, catalogue: Catalogue): string {
  return [...reportLines(report, catalogue), '', ...runLines(report, catalogue)].join('\n');
}

function reportLines(report: Report, catalogue: Catalogue): string[] {
  const lines = [printable(headlineText(report, catalogue))];
  lines.push(...(report.error ? errorLines(report.error, catalogue) : [catalogue.backing[report.backing]]));
  const heading = report.verdict === 'verified' ? [] : [headingOf('claims', catalogue)];
  if (report.facts) lines.push('', ...heading, ...factLines(report.facts, catalogue));
  if (report.facts?.statedInProof) lines.push('', ...statedLines(report.facts.statedInProof, catalogue));
  lines.push(
    '',
    headingOf('checks', catalogue),
    ...report.checks.flatMap((check) => proofCheckLines(check, catalogue)),
  );
  if (report.notes.length > 0) {
    lines.push('', headingOf('notes', catalogue), ...report.notes.map((note) => `  - ${catalogue.notes[note]}`));
  }
  const commands = courtCommands(report);
  if (commands.length > 0) lines.push('', headingOf('court', catalogue), ...commands.map((each) => `  ${each}`));
  return lines;
}

export const headingOf = (label: Label, { labels, marks }: Catalogue): string =>
  (labels[label] + marks.colon).trimEnd();

/** Which rule the file breaks, and where it does. */
export function errorLines(
  { code, detail }: NonNullable<Report['error']>,
  { codes, marks, phrase }: Catalogue,
): string[] {
  const place = phrase(detail);
  return [`${code}${marks.colon}${codes[code]}`, ...(place === undefined ? [] : [printable(place)])];
}

export function runLines({ run }: Pick<Report, 'run'>, { labels, language }: Catalogue): string[] {
  return [
    line(labels['verified-at'], withTimes(run.at, language)),
    line(labels.program, `${run.program} ${run.version}`),
    line(labels['proof-digest'], run.proofSha256),
    ...(run.trustFileSha256 === undefined ? [] : [line(labels['trust-digest'], run.trustFileSha256)]),
  ];
}

/** Text of a hostile file made harmless on a terminal: no control or direction characters, and not endless. */
export function printable(text: string): string {
  // Never in the middle of a character.
  const characters = text.length > 200 ? [...text] : [];
  const shown = characters.length > 200 ? `${characters.slice(0, 200).join('')}…` : text;
  return shown.toWellFormed().replace(HARMFUL, '\ufffd');
}

/** The JSON of a report, as harmless on a terminal: what {@link printable} replaces is written as an escape. */
export function printableJson(value: unknown, indent = 0): string {
  // The line ends are those of the layout: in a string they stand escaped already.
  return JSON.stringify(value, null, indent).replace(HARMFUL, (found) => (found === '\n' ? found : escaped(found)));
}

// A character beyond U+FFFF takes two escapes.
const escaped = (character: string): string =>
  character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Why an input cannot be used, with what the file system or the container says of it. Not yet {@link printable}. */
export function inputSentence({ code, subject, cause }: InputError, catalogue: Catalogue): string {
  const { inputs, containers, marks, causeOf } = catalogue;
  const sentence = inputs[code].replace('{}', () => subject);
  if (cause instanceof ContainerError) return sentence + marks.colon + containers[cause.code];
  return cause instanceof Error ? sentence + marks.colon + causeOf(cause) : sentence;
}

/** One line: the headline and, where the proof holds, the number and what it stands for. */
export function summaryLine(report: Report, catalogue: Catalogue): string {
  const { facts, verdict } = report;
  const subject = facts && verdict === 'verified' ? catalogue.marks.comma + numberAndKind(facts, catalogue) : '';
  return headlineText(report, catalogue) + subject;
}

/** The headline with what it must not leave unsaid. Not yet {@link printable} in what it names. */
function headlineText(report: Report, { headlines, headlineNotes, language, marks }: Catalogue): string {
  const { headline, facts } = report;
  const names = (facts?.package ?? []).filter(({ role }) => role === 'unaccounted').map(({ name }) => name);
  const shown = names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES), '…'] : names;
  return [
    headlines[headline].replace('{time}', withTimes(facts?.block?.time ?? '', language)),
    ...headlineNotesOf(report).map((note) => headlineNotes[note].replace('{names}', () => shown.join(marks.and))),
  ].join(marks.semicolon);
}

const numberAndKind = ({ number, kind }: Facts, { kinds, marks }: Catalogue): string =>
  number + marks.open + kinds[kind ?? 'absence'] + marks.close;

function factLines(facts: Facts, catalogue: Catalogue): string[] {
  const { labels, language, marks } = catalogue;
  const time = (instant = '') => withTimes(instant, language);
  const { interval, digests, block, notRevokedAsOf, trustFile, statedByOperator, unverifiedHints } = facts;
  const sentence = labels['interval-sentence']
    .replace('{from}', time(interval?.notBefore))
    .replace('{to}', time(interval?.anchoredAt))
    .replace('{width}', interval?.widthSeconds ?? '');
  const hints = [unverifiedHints.transaction, unverifiedHints.anchorBlockHash].filter((hint) => hint !== undefined);
  return [
    line(labels.number, numberAndKind(facts, catalogue)),
    ...(interval ? [line(labels[interval.isProven ? 'interval' : 'claimed-interval'], sentence)] : []),
    ...(notRevokedAsOf ? [line(labels['not-revoked'], time(notRevokedAsOf.time))] : []),
    ...witnessFacts(facts, catalogue).map(([label, text]) => line(labels[label], printable(text))),
    ...(digests ? [line(labels.digest, digests.sha256)] : []),
    ...(digests?.sm3 !== undefined ? [line(labels.sm3, digests.sm3)] : []),
    ...facts.files.map(({ name = '', outcome, listedAs = '' }) =>
      line(labels.files, `${printable(name)} ${labels[outcome]} ${printable(listedAs)}`.trim()),
    ),
    ...(facts.package ?? []).map((entry) =>
      line(labels.package, printable(entry.name) + marks.colon + roleText(entry, catalogue)),
    ),
    ...(facts.files.length > 0 ? [line(labels.compared, `${facts.comparedFiles} / ${facts.listedFiles}`)] : []),
    line(labels.registry, `${facts.registry.contract} @ ${facts.registry.chainId}`),
    ...(block ? [line(labels.block, block.number + marks.comma + time(block.time))] : []),
    ...facts.validators.map(({ address, organisation, sealed }) =>
      line(
        labels.validators,
        `${labels[sealed ? 'sealed' : 'not-sealed']} ${address} ${printable(organisation ?? '')}`.trim(),
      ),
    ),
    ...(trustFile
      ? [line(labels['trust-file'], `${printable(trustFile.name)}${marks.comma}SHA-256 ${trustFile.sha256 ?? '?'}`)]
      : []),
    ...(statedByOperator.receivedAt !== undefined ? [line(labels.stated, time(statedByOperator.receivedAt))] : []),
    ...(hints.length > 0 ? [line(labels.hints, hints.join(marks.and))] : []),
  ];
}

/** For someone holding the printed certificate. */
function statedLines({ title, workType, workTypeNote, people, files }: Stated, catalogue: Catalogue): string[] {
  const { labels, workTypes, marks } = catalogue;
  const bracketed = (text: string) => marks.open + text + marks.close;
  const type = [workType && (workTypes[workType] ?? workType), workTypeNote && bracketed(workTypeNote)].join('').trim();
  const value = (label: string, text: string) => line(label, printable(text));
  return [
    headingOf('stated-in-proof', catalogue),
    ...(title === undefined ? [] : [value(labels.title, title)]),
    ...(type === '' ? [] : [value(labels['work-type'], type)]),
    ...people.map(({ role, name = '?', idNumber, shareBasisPoints }) => {
      const person = idNumber === undefined ? name : name + bracketed(idNumber);
      const share = shareBasisPoints === undefined ? [] : [`${labels.share} ${percentOf(shareBasisPoints)}%`];
      return value(labels[role], [person, ...share].join(marks.comma));
    }),
    ...files.map(({ name, size, sha256 }) =>
      line(labels['listed-file'], [printable(name), `${size} B`, `SHA-256 ${sha256}`].join(marks.comma)),
    ),
  ];
}

function roleText({ role, outcome }: PackageEntryFact, { roles }: Catalogue): string {
  const text = roles[role];
  return typeof text === 'string' ? text : text[outcome];
}

function proofCheckLines(check: CheckResult, catalogue: Catalogue): string[] {
  const { checks, codes, reasons } = catalogue;
  const sentence =
    check.outcome === 'failed' ? codes[check.code] : check.outcome === 'not-run' && reasons[check.reason];
  return checkLines(check, { ...checks[check.name], sentence: sentence || '' }, catalogue);
}

type ShownCheck = Finding &
  (
    | { readonly outcome: 'passed' }
    | { readonly outcome: 'failed'; readonly code: string }
    | { readonly outcome: 'not-run'; readonly reason: string }
  );

/** `shows` is said of a check that passed, `sentence` of one that did not. */
export function checkLines(
  check: ShownCheck,
  { title, shows, sentence }: { readonly title: string; readonly shows: string; readonly sentence: string },
  { labels, language, marks, phrase }: Catalogue,
): string[] {
  const first = `  ${MARKS[check.outcome]} ${padded(title, TITLE_WIDTH)}`;
  if (check.outcome === 'passed') return [`${first}${shows}`];
  const coded = (code: string) => first + sentence + marks.open + code + marks.close;
  if (check.outcome === 'not-run') return [coded(check.reason)];
  const value = (label: 'expected' | 'found', text: string | undefined) =>
    text === undefined
      ? []
      : [`      ${labels[label]}${marks.colon}${printable(withTimes(phrase(text) ?? text, language))}`];
  return [coded(check.code), ...value('expected', check.expected), ...value('found', check.found)];
}

export const line = (label: string, text: string): string => `  ${padded(label, LABEL_WIDTH)}${text}`;

// Chinese characters take two columns of a terminal.
function padded(text: string, width: number): string {
  const columns = [...text].reduce((total, character) => total + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(1, width - columns));
}
