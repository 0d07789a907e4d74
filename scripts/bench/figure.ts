// SPDX-License-Identifier: Apache-2.0
// One figure: what we need, beside what a peer or the bare work underneath needs in the same run.
import { performance } from 'node:perf_hooks';

/** `faster`: the peer's time over ours, or our rate over the peer's. `cost`: our time or size over the peer's. */
export type Comparison = 'faster' | 'cost';

export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'MB' | 'entries/s' | 'certificates/s' | 'MB/s' | '%';
  readonly ours: number;
  /** Whose value stands beside ours; undefined where only the target bounds it. */
  readonly peer?: { readonly name: string; readonly value: number };
  readonly comparison: Comparison;
  readonly target: Target;
  /** What explains the figure: sizes, rounds, shares of the stages. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A bound on our own value or on its ratio to the peer's. */
export interface Target {
  readonly on: 'ours' | 'ratio';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

export type Result = Figure | Skipped;

export function ratioOf({ unit, ours, peer, comparison }: Figure): number | undefined {
  if (!peer) return undefined;
  const isRate = unit.endsWith('/s');
  return (comparison === 'faster') === isRate ? ours / peer.value : peer.value / ours;
}

export function isMet(figure: Figure): boolean {
  const { on, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = figure.target;
  const value = on === 'ours' ? figure.ours : (ratioOf(figure) ?? Number.NaN);
  return value <= atMost && value >= atLeast;
}

export type Timed = () => unknown;

/**
 * Milliseconds of each contender in each round, after one round to warm up. They take turns, so that what else the
 * machine does falls on all of them alike.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Timed>>,
): Promise<Record<Name, number[]>> {
  const times = {} as Record<Name, number[]>; // each name gets its list in the first round
  for (const name in contenders) times[name] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const name in contenders) {
      const ms = await timed(contenders[name]);
      if (round > 0) times[name].push(ms);
    }
  }
  return times;
}

export async function timed(work: Timed): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** The smallest value that `percent` of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

const COLUMNS = ['figure', 'ours', 'peer or limit', 'ratio', 'target', 'met?'];

/** A table that reads as text and as Markdown. */
export function tableOf(results: readonly Result[]): string {
  const rows = [COLUMNS, COLUMNS.map(() => '---'), ...results.map(rowOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: string[]) => {
    const cells = widths.map((width, column) => (row[column] ?? '').padEnd(width, row[0] === '---' ? '-' : ' '));
    return `| ${cells.join(' | ')} |`;
  };
  return rows.map(lineOf).join('\n');
}

function rowOf(result: Result): string[] {
  if ('skipped' in result) return [result.name, '', '', '', '', `skipped: ${result.skipped}`];
  const { name, unit, ours, peer, comparison, target } = result;
  const ratio = ratioOf(result);
  const of = comparison === 'faster' ? '× as fast' : '× its cost';
  return [
    name,
    `${ours} ${unit}`,
    peer ? `${peer.value} ${unit} (${peer.name})` : '',
    ratio === undefined ? '' : `${round(ratio, ratio < 10 ? 2 : 0)} ${of}`,
    `${target.atMost === undefined ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`} ${target.on === 'ours' ? unit : '×'}`,
    isMet(result) ? 'yes' : 'NO',
  ];
}
