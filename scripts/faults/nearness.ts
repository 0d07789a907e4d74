// SPDX-License-Identifier: Apache-2.0
// In which order the tests of a package are tried where no coverage says what they run: the fewest imports away from the file
// first. What a test starts as a process or opens in a browser it does not import: then by the words that both have.
import path from 'node:path';
import type { SourceFile } from '../checks/rule.ts';

const IMPORT = /(?:\bfrom|\bimport\(?|\bload<[^>]*>\()\s*['"]([^'"]+)['"]/g;
const PACKAGE = /^@inkseal\/([a-z-]+)$/;

export class Nearness {
  readonly #texts: ReadonlyMap<string, string>;
  /** Who imports a file. */
  readonly #importers = new Map<string, string[]>();

  constructor(sources: readonly SourceFile[]) {
    this.#texts = new Map(sources.map((source) => [source.path, source.text]));
    for (const { path: from, text } of sources)
      for (const [, specifier = ''] of text.matchAll(IMPORT)) {
        const to = this.#resolve(from, specifier);
        if (to !== undefined) this.#importers.set(to, [...(this.#importers.get(to) ?? []), from]);
      }
  }

  /** The nearest first. */
  sort(tests: readonly string[], file: string): string[] {
    const distances = this.#distancesFrom(file);
    const scores = new Map(tests.map((test) => [test, this.#sharedWords(test, file)]));
    const distanceOf = (test: string) => distances.get(test) ?? Number.MAX_SAFE_INTEGER;
    return tests.toSorted((a, b) => distanceOf(a) - distanceOf(b) || (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  }

  #resolve(from: string, specifier: string): string | undefined {
    const [, name] = PACKAGE.exec(specifier) ?? [];
    const candidates =
      name === undefined
        ? [path.posix.join(path.posix.dirname(from), specifier), path.posix.join('web/src', specifier)]
        : [`${name}/src/index.ts`];
    return candidates.find((each) => this.#texts.has(each));
  }

  #distancesFrom(file: string): Map<string, number> {
    const distances = new Map([[file, 0]]);
    // Grows while it is walked.
    for (const [found, distance] of distances)
      for (const importer of this.#importers.get(found) ?? [])
        if (!distances.has(importer)) distances.set(importer, distance + 1);
    return distances;
  }

  #sharedWords(test: string, file: string): number {
    const parts = [...path.basename(file).split(/[-.]/).slice(0, -1), path.basename(path.dirname(file))];
    const words = [...new Set(parts)].map((word) => word.replace(/s$/, ''));
    const countIn = (text: string) => words.filter((word) => text.includes(word)).length;
    return countIn(test) * 10 + countIn(this.#texts.get(test) ?? '');
  }
}
