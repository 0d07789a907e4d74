// The sentences that every language has. The types make every code have its own.
import type { TallyName } from './context.ts';
import type { AuditCode } from './findings.ts';

export type AuditLanguage = 'zh' | 'en';

export interface AuditSentences {
  readonly title: string;
  readonly verdicts: Readonly<Record<'sound' | 'faulty', string>>;
  readonly codes: Readonly<Record<AuditCode, string>>;
  readonly tally: Readonly<Record<TallyName, string>>;
  readonly labels: Readonly<Record<AuditLabel, string>>;
  readonly limits: readonly string[];
}

export type AuditLabel =
  | 'registry'
  | 'trust-file'
  | 'backing'
  | 'seals'
  | 'node'
  | 'through'
  | 'batches'
  | 'numbers'
  | 'no-numbers'
  | 'revocations'
  | 'scope'
  | 'full'
  | 'sample'
  | 'judged'
  | 'findings'
  | 'none'
  | 'not-listed'
  | 'subject'
  | 'expected'
  | 'found'
  | 'run'
  | 'limits';
