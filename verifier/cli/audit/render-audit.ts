// The report of an audit as lines for a terminal.
import { type AuditFinding, type AuditLines, type AuditReport, auditLines } from '../../src/audit/index.ts';
import type { Language } from '../arguments.ts';
import { printable } from '../render.ts';

const LABEL_WIDTH = 26;
/** Findings of one kind that are printed; all listed ones are in the JSON. */
const SHOWN = 20;

export function renderAudit(report: AuditReport, language: Language): string {
  const { sentences, facts, judged, findings } = auditLines(report, language);
  const { labels } = sentences;
  return [
    sentences.verdicts[report.verdict],
    '',
    ...facts.map(([label, value]) => `  ${label.padEnd(LABEL_WIDTH)}${printable(value)}`),
    '',
    labels.judged,
    ...judged.map(([label, count]) => `  ${String(count).padStart(8)}  ${label}`),
    '',
    labels.findings,
    ...(findings.length === 0 ? [`  ${labels.none}`] : findings.flatMap((group) => groupLines(group, labels))),
  ].join('\n');
}

function groupLines(
  { code, sentence, count, listed }: AuditLines['findings'][number],
  labels: AuditLines['sentences']['labels'],
): string[] {
  const shown = listed.slice(0, SHOWN);
  const more = count - shown.length;
  return [
    `  ✗ ${sentence} (${code}, ${count})`,
    ...shown.flatMap((finding) => findingLines(finding, labels)),
    ...(more > 0 ? [`      ${labels['not-listed'].replace('{count}', String(more))}`] : []),
  ];
}

function findingLines(
  { subject, cause, expected, found }: AuditFinding,
  labels: AuditLines['sentences']['labels'],
): string[] {
  return [
    `      ${printable(subject)}${cause ? ` (${cause})` : ''}`,
    ...(expected === undefined ? [] : [`        ${labels.expected}: ${printable(expected)}`]),
    ...(found === undefined ? [] : [`        ${labels.found}: ${printable(found)}`]),
  ];
}
