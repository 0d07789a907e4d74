// A sample that anybody can draw again: the items whose digests under the seed are lowest, whatever order they come in.
import { toHex, utf8 } from '../encoding/bytes.ts';
import { sha256 } from '../hash.ts';

export interface Sample {
  readonly size: number;
  readonly seed: string;
}

/** Which of the names are in the sample; all without one. Reads all names once and keeps those chosen. */
export async function chooseSample(
  names: AsyncIterable<string>,
  sample: Sample | undefined,
): Promise<(name: string) => boolean> {
  if (!sample) return () => true;
  const lowest: { rank: string; name: string }[] = [];
  for await (const name of names) {
    const rank = rankOf(name, sample.seed);
    const last = lowest.at(-1);
    if (lowest.length >= sample.size && last && last.rank <= rank) continue;
    lowest.splice(placeOf(lowest, rank), 0, { rank, name });
    if (lowest.length > sample.size) lowest.pop();
  }
  const chosen = new Set(lowest.map(({ name }) => name));
  return (name) => chosen.has(name);
}

const rankOf = (name: string, seed: string): string => toHex(sha256(utf8(`${seed}\n${name}`)));

function placeOf(sorted: readonly { readonly rank: string }[], rank: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.rank ?? '') <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}
