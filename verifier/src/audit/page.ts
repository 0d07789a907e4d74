// The report as a page to print: self-contained, Chinese first, then English. Every text is hostile until it is escaped: names of
// files come from whoever handed them in.
import type { AuditReport } from './audit-report.ts';
import type { AuditFinding } from './findings.ts';
import { type AuditLines, auditLines, type FindingGroup } from './lines.ts';
import type { AuditLanguage } from './sentence-types.ts';

/** Nothing may be loaded or run, whatever a name contains. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
@page { size: A4; margin: 18mm; }
body { font: 11pt/1.5 "Noto Serif SC", "Songti SC", SimSun, serif; color: #1a1a1a; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin: 0 0 .2em; } h2 { font-size: 1.15em; margin: 1.4em 0 .4em; border-bottom: 1px solid #999; }
.verdict { font-size: 1.15em; padding: .6em .8em; border: 2px solid; margin: .8em 0; }
.sound { border-color: #2c6e49; } .faulty { border-color: #a4161a; color: #a4161a; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: normal; color: #555; width: 32%; }
th, td { padding: .2em .5em; vertical-align: top; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
td.count { text-align: right; width: 8em; font-variant-numeric: tabular-nums; }
h3 { font-size: 1em; margin: 1em 0 .2em; } code { font: .85em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
li { margin: .25em 0; } section + section { break-before: page; border-top: 3px double #999; margin-top: 3em; padding-top: 1em; }
@media print { body { margin: 0; max-width: none; } }`;

/** The whole page. */
export function auditPage(report: AuditReport): string {
  const parts = (['zh', 'en'] as const).map((language) => sectionOf(report, language));
  return [
    '<!doctype html>',
    '<html lang="zh-Hans"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(auditLines(report, 'zh').sentences.title)}</title><style>${STYLE}</style></head><body>`,
    ...parts,
    '</body></html>\n',
  ].join('\n');
}

function sectionOf(report: AuditReport, language: AuditLanguage): string {
  const lines = auditLines(report, language);
  const { sentences, facts, judged } = lines;
  const { labels, limits } = sentences;
  return [
    `<section lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><h1>${escaped(sentences.title)}</h1>`,
    `<p class="verdict ${report.verdict}">${escaped(sentences.verdicts[report.verdict])}</p>`,
    tableOf(facts.map(([label, value]) => `<th>${escaped(label)}</th><td>${escaped(value)}</td>`)),
    `<h2>${escaped(labels.judged)}</h2>`,
    tableOf(judged.map(([label, count]) => `<td>${escaped(label)}</td><td class="count">${count}</td>`)),
    `<h2>${escaped(labels.findings)}</h2>`,
    findingsOf(lines),
    `<h2>${escaped(labels.limits)}</h2><ul>${limits.map((limit) => `<li>${escaped(limit)}</li>`).join('')}</ul>`,
    '</section>',
  ].join('\n');
}

const tableOf = (rows: readonly string[]): string =>
  `<table>${rows.map((row) => `<tr>${row}</tr>`).join('\n')}</table>`;

function findingsOf({ sentences, findings }: AuditLines): string {
  const { labels } = sentences;
  if (findings.length === 0) return `<p>${escaped(labels.none)}</p>`;
  return findings.map((group) => groupOf(group, labels)).join('\n');
}

function groupOf({ code, sentence, count, listed }: FindingGroup, labels: AuditLines['sentences']['labels']): string {
  const items = listed.map((finding) => `<li>${findingOf(finding, labels)}</li>`);
  const more = count - listed.length;
  const rest = more > 0 ? `<p>${escaped(labels['not-listed'].replace('{count}', String(more)))}</p>` : '';
  return `<h3>${escaped(sentence)} (<code>${code}</code>, ${count})</h3><ul>${items.join('\n')}</ul>${rest}`;
}

function findingOf(
  { subject, cause, expected, found }: AuditFinding,
  labels: AuditLines['sentences']['labels'],
): string {
  const values = [
    [labels.expected, expected],
    [labels.found, found],
  ].flatMap(([label, value]) =>
    value === undefined ? [] : [`${escaped(label ?? '')} <code>${escaped(value)}</code>`],
  );
  return [`<code>${escaped(subject)}</code>`, ...(cause ? [`(<code>${cause}</code>)`] : []), ...values].join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Control and direction characters could make a name read as something else. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text for a page of HTML, also between quotes of an attribute. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(HARMFUL, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
