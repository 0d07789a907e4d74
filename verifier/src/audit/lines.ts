// The facts of a report in the order in which people read them, for the terminal and for the page.
import { beijingTime } from '../beijing.ts';
import type { AuditReport } from './audit-report.ts';
import { TALLY_NAMES } from './context.ts';
import { AUDIT_CODES, type AuditCode, type AuditFinding } from './findings.ts';
import type { AuditLanguage, AuditSentences } from './sentence-types.ts';
import { sentencesOf } from './sentences.ts';

export interface AuditLines {
  readonly sentences: AuditSentences;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly judged: readonly (readonly [label: string, count: number])[];
  readonly findings: readonly FindingGroup[];
}

/** What was found under one code: all are counted, some listed. */
export interface FindingGroup {
  readonly code: AuditCode;
  readonly sentence: string;
  readonly count: number;
  readonly listed: readonly AuditFinding[];
}

export function auditLines(report: AuditReport, language: AuditLanguage): AuditLines {
  const sentences = sentencesOf(language);
  return {
    sentences,
    facts: factsOf(report, language),
    judged: TALLY_NAMES.flatMap((name) => {
      const count = report.tally[name];
      return count === undefined ? [] : [[sentences.tally[name], count] as const];
    }),
    findings: AUDIT_CODES.flatMap((code) => {
      const count = report.counts[code];
      const listed = report.listed.filter((finding) => finding.code === code);
      return count === undefined ? [] : [{ code, sentence: sentences.codes[code], count, listed }];
    }),
  };
}

function factsOf(report: AuditReport, language: AuditLanguage): [string, string][] {
  const { labels } = sentencesOf(language);
  const { registry, trustFile, backing, chain, sample, run } = report;
  const last = BigInt(chain.nextNumber) - 1n;
  const hasNumbers = last >= BigInt(chain.firstNumber);
  const drawn = labels.sample.replace('{size}', String(sample?.size)).replace('{seed}', () => sample?.seed ?? '');
  return [
    [labels.registry, `${registry.contract} (chain ${registry.chainId})`],
    [labels['trust-file'], `${trustFile.name} (SHA-256 ${trustFile.sha256})`],
    [labels.backing, labels[backing]],
    [labels.through, `${chain.throughBlock} (${timeIn(chain.throughTime, language)})`],
    [labels.batches, chain.batches],
    [labels.numbers, hasNumbers ? `${chain.firstNumber} – ${last}` : labels['no-numbers']],
    [labels.revocations, String(chain.revocations)],
    [labels.scope, sample ? drawn : labels.full],
    [
      labels.run,
      `${timeIn(run.startedAt, language)} – ${timeIn(run.endedAt, language)}, ${run.program} ${run.version}`,
    ],
  ];
}

/** Labelled, as everywhere: Beijing time in Chinese, UTC in English. */
function timeIn(instant: string, language: AuditLanguage): string {
  const shown = (time: string) => time.replace('T', ' ').replace(/(?:\.\d+)?(?:Z|\+08:00)$/, '');
  if (!/^\d{4}-.*Z$/.test(instant)) return instant;
  return language === 'zh' ? `${shown(beijingTime(instant))}（北京时间）` : `${shown(instant)} UTC`;
}
