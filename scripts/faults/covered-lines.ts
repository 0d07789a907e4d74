// SPDX-License-Identifier: Apache-2.0
// Which lines of which files ran, from what V8 writes into the folder NODE_V8_COVERAGE. Node strips types in place, so an
// offset in the program is the same offset in the source.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Rising, and apart from each other. */
export type LineRanges = [first: number, last: number][];

const coverageSchema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(
        z.object({
          ranges: z.array(z.object({ startOffset: z.int(), endOffset: z.int(), count: z.int() })),
        }),
      ),
    }),
  ),
});
type Script = z.output<typeof coverageSchema>['result'][number];

/** Of the files under `root`, by their path from it; of several processes together. */
export function coveredLines(root: string, coverageFolder: string): Map<string, LineRanges> {
  const lines = new Map<string, Set<number>>();
  for (const script of scriptsIn(coverageFolder)) {
    const file = fileOf(root, script.url);
    if (file === undefined) continue;
    const found = lines.get(file) ?? new Set();
    for (const line of linesOf(readFileSync(path.join(root, file), 'utf8'), script)) found.add(line);
    lines.set(file, found);
  }
  return new Map([...lines].map(([file, found]) => [file, rangesOf(found)]));
}

function scriptsIn(folder: string): Script[] {
  return readdirSync(folder).flatMap((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    // A process that was killed while it wrote leaves half a file.
    return text.endsWith('}') ? coverageSchema.parse(JSON.parse(text)).result : [];
  });
}

function fileOf(root: string, url: string): string | undefined {
  if (!url.startsWith('file:')) return undefined;
  const file = path.relative(root, fileURLToPath(url.replace(/\?.*$/, '')));
  return /^\.\.|(^|\/)node_modules\//.test(file) || !/\.m?ts$|\.mjs$/.test(file) ? undefined : file;
}

/** A range inside another one says more than the outer one, and comes later. */
function linesOf(text: string, { functions }: Script): number[] {
  const counts = new Uint8Array(text.length);
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges))
    counts.fill(Math.min(count, 1), startOffset, endOffset);
  let end = 0;
  return text.split('\n').flatMap((line, index) => {
    const start = end;
    end += line.length + 1;
    const ran = [...line].some((sign, place) => sign.trim() !== '' && counts[start + place] === 1);
    return ran ? [index + 1] : [];
  });
}

function rangesOf(lines: ReadonlySet<number>): LineRanges {
  const ranges: LineRanges = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}
