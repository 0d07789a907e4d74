// Changes of a released token, and which of them would be accepted in its place.
import { readFileSync } from 'node:fs';
import { fromBase64, fromHex, parseBundle, parseTrustFile, VerificationError } from '../../src/index.ts';
import { judgeToken, readAuthorities } from '../../src/timestamp/rfc3161.ts';
import type { IndexEntry } from '../support/vectors.ts';

type Change = readonly [name: string, token: Uint8Array];

const read = (name: string): Buffer => readFileSync(new URL(`../v2/${name}`, import.meta.url));
const { cases }: { cases: IndexEntry[] } = JSON.parse(read('index.json').toString());

/** The first token of a case. */
export function tokenOf(name: string): Uint8Array {
  const [witness] = parsed(name).witnesses ?? [];
  return fromBase64(witness?.kind === 'rfc3161' ? witness.token : '');
}

/** Each byte inverted or changed by a bit, each range of eight bytes set to zero, left out or doubled. */
export function* changesOf(token: Uint8Array): Generator<Change> {
  for (let at = 0; at < token.length; at++) {
    const byte = token[at] ?? 0;
    yield [`bit of ${at}`, token.with(at, byte ^ (1 << (at % 8)))];
    yield [`${at} inverted`, token.with(at, byte ^ 0xff)];
    if (at % 8 !== 0) continue;
    const [before, range, after] = [token.subarray(0, at), token.subarray(at, at + 8), token.subarray(at + 8)];
    const isZero = range.every((each) => each === 0);
    if (!isZero) yield [`${at} zero`, Buffer.concat([before, Buffer.alloc(range.length), after])];
    yield [`${at} left out`, Buffer.concat([before, after])];
    yield [`${at} doubled`, Buffer.concat([before, range, range, after])];
  }
}

/** The names of those changes that would be trusted under the case's trust file. */
export async function acceptedOf(name: string, changes: Iterable<Change>): Promise<string[]> {
  const { trust = '' } = entryOf(name);
  const root = fromHex(parsed(name).anchor.batch.root);
  const authorities = readAuthorities(parseTrustFile(read(trust)).timestampAuthorities);
  const isTrusted = async (token: Uint8Array) => (await judgeToken(token, root, authorities)).authority !== undefined;
  if (!(await isTrusted(tokenOf(name)))) throw new RangeError(`${name} is not trusted as it is`);
  const accepted: string[] = [];
  for (const [change, token] of changes) {
    const isAccepted = await isTrusted(token).catch((error: unknown) => {
      if (error instanceof VerificationError) return false;
      throw error;
    });
    if (isAccepted) accepted.push(change);
  }
  return accepted;
}

const parsed = (name: string) => parseBundle(read(entryOf(name).file));

function entryOf(name: string): IndexEntry {
  const entry = cases.find((each) => each.name === name);
  if (!entry) throw new RangeError(`no case ${name}`);
  return entry;
}
