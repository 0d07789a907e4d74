// SPDX-License-Identifier: Apache-2.0
// A soak's result in words: Markdown for docs and people.
import os from 'node:os';
import type { SoakResult } from './run-soak.ts';

type Row = readonly (string | number)[];

export function soakReport(result: SoakResult): string {
  const { seed, setUp, startSeconds, seconds, orders, made, faults, ownEnds, audit } = result;
  const all = Object.values(orders).reduce((sum, count) => sum + count, 0);
  const { taken, kept, back } = result.money;
  return `# Soak

${all} orders in ${minutesOf(seconds)} with ${made} faults made, seed ${seed}, on ${os.cpus().length} cores: ${
    faults.length === 0 ? 'nothing lost, nothing doubled' : `**${faults.length} invariants broke**`
  }. Started in ${startSeconds} s: ${setUp.join('; ')}.

Ends: ${listOf(orders)}. ${result.certificates} certificates for ${result.paidOrders} orders that stayed paid; ${taken} fen came in, ${kept} kept, ${back} back; ${result.anchored} numbers anchored; audit: exit code ${audit.exitCode}.
${section('What broke', faults)}${section('Services that ended by themselves', ownEnds)}
## Invariants

${tableOf(['invariant', 'looked at'], Object.entries(result.looks))}

## Faults made

${tableOf(['what', 'times'], Object.entries(result.faultsMade))}

## How long people waited

${tableOf(
  ['act', 'times', 'requests repeated', 'p50 ms', 'p99 ms', 'longest ms'],
  Object.entries(result.latencies).map(([act, { acts, retries, p50, p99, longest }]) => [
    act,
    acts,
    retries,
    p50,
    p99,
    longest,
  ]),
)}

## Memory

${tableOf(
  [
    'part',
    'processes',
    'first quarter MB',
    'last quarter MB',
    'most MB',
    'held MB, first and last',
    'most open files',
    'grows',
  ],
  Object.entries(result.growth).map(([part, { processes, firstMb, lastMb, mostMb, heldMb, mostOpenFiles, grows }]) => [
    ...[part, processes, firstMb, lastMb, mostMb],
    heldMb ? `${heldMb.first}, ${heldMb.last}` : '',
    mostOpenFiles,
    grows ? 'yes' : 'no',
  ]),
)}

## What happened when

${tableOf(
  ['s', 'what'],
  result.events.map(({ atSeconds, what }) => [atSeconds, what]),
)}
`;
}

const minutesOf = (seconds: number): string => `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

const listOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `\n## ${title}\n\n${lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n')}\n`;
}

function tableOf(head: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
