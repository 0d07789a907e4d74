// SPDX-License-Identifier: Apache-2.0
// How many faults of each kind and package were caught, and which were not.
import { type Fault, KINDS } from './fault.ts';
import type { Result } from './results.ts';
import { packageOf } from './tests-of.ts';

export interface Tried {
  readonly fault: Fault;
  readonly result: Result | undefined;
}

export function reportOf(tried: readonly Tried[]): string {
  const judged = tried.filter(({ result }) => result?.verdict === 'caught' || result?.verdict === 'survived');
  const packages = [...new Set(tried.map(({ fault }) => packageOf(fault)))].sort();
  const kinds = KINDS.filter((kind) => tried.some(({ fault }) => fault.kind === kind));
  const cell = (isMeant: (fault: Fault) => boolean) => {
    const meant = judged.filter(({ fault }) => isMeant(fault));
    return meant.length === 0 ? '–' : `${meant.filter(isCaught).length} of ${meant.length}`;
  };
  const rows = [
    ['caught', ...packages, 'all'],
    ...kinds.map((kind) => [
      kind,
      ...packages.map((name) => cell((fault) => fault.kind === kind && packageOf(fault) === name)),
      cell((fault) => fault.kind === kind),
    ]),
    ['all', ...packages.map((name) => cell((fault) => packageOf(fault) === name)), cell(() => true)],
  ];
  return [tableOf(rows), ...listsOf(tried), summaryOf(tried, judged)].join('\n');
}

const isCaught = ({ result }: Tried): boolean => result?.verdict === 'caught';

function tableOf(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

function listsOf(tried: readonly Tried[]): string[] {
  return (['survived', 'undecided', 'does-not-apply', 'does-not-compile'] as const).flatMap((verdict) => {
    const meant = tried.filter(({ result }) => result?.verdict === verdict);
    if (meant.length === 0) return [];
    return ['', `${verdict}:`, ...meant.map(({ fault }) => `  ${fault.kind}  ${fault.file}: ${fault.sentence}`)];
  });
}

function summaryOf(tried: readonly Tried[], judged: readonly Tried[]): string {
  const untried = tried.filter(({ result }) => !result || result.verdict === 'unnoticed').length;
  const share = judged.length === 0 ? 0 : (100 * judged.filter(isCaught).length) / judged.length;
  const rest = untried === 0 ? '' : `; ${untried} not tried yet: run it again to go on`;
  return `\n${judged.filter(isCaught).length} of ${judged.length} faults caught (${share.toFixed(1)} %)${rest}`;
}
