// SPDX-License-Identifier: Apache-2.0
// Whom the visitor trusts. One question is judged under each of several trust files: what counts is the worst
// answer, the first where they are alike, as `inkseal-verify` has it.
import type { Signing, TrustKey } from '@inkseal/verifier/signatures';

export interface Trust {
  readonly origin: 'portal' | 'visitor' | 'none';
  readonly bytes?: Uint8Array;
  /** All that the visitor chose; `bytes` is then one of its files. */
  readonly given?: GivenTrust;
}

/** What the visitor chose, and may remove again. */
export interface GivenTrust {
  readonly files: readonly NamedTrust[];
  readonly signatures: readonly NamedBytes[];
  /** Where there are any, each file must be signed by one of them. */
  readonly keys: readonly NamedKey[];
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface NamedTrust extends NamedBytes {
  /** Who signed it; absent while no signature was given. */
  readonly signing?: Signing<NamedKey>;
}

/** By the name of its file. */
export interface NamedKey extends TrustKey {
  readonly name: string;
}

export const NOTHING_GIVEN: GivenTrust = { files: [], signatures: [], keys: [] };

export const isNothingGiven = ({ files, signatures, keys }: GivenTrust): boolean =>
  files.length + signatures.length + keys.length === 0;

/** By exit code: verified, then not verified for sure, then not decided between them. */
const SEVERITY = { 0: 0, 2: 1, 1: 2 } as const;

interface Judged {
  readonly report: { readonly exitCode: 0 | 1 | 2 };
}

/** The trust as it is, or as it would be with each file alone. */
export function eachOf(trust: Trust): readonly Trust[] {
  const files = trust.given?.files ?? [];
  return files.length < 2 ? [trust] : files.map(({ bytes }) => ({ ...trust, bytes }));
}

/** Undefined where the visitor chose no trust file. */
export function visitorTrust(given: GivenTrust): Trust | undefined {
  const [first] = given.files;
  return first && { origin: 'visitor', bytes: first.bytes, given };
}

/** Why nothing is judged under what was given, as `inkseal-verify` refuses it. */
export function refusalOf({ files, keys }: GivenTrust): 'trust-key-alone' | 'trust-not-signed' | undefined {
  if (keys.length === 0) return undefined;
  if (files.length === 0) return 'trust-key-alone';
  return files.every(({ signing }) => signing?.standing === 'good') ? undefined : 'trust-not-signed';
}

export function worstOf<T extends Judged>(judged: readonly [T, ...T[]]): T {
  return judged.reduce((worst, next) =>
    SEVERITY[next.report.exitCode] > SEVERITY[worst.report.exitCode] ? next : worst,
  );
}

/** What is given again stands where it did, under its newest name. */
export function withOne<T extends NamedBytes>(all: readonly T[], added: T): readonly T[] {
  const isSame = ({ bytes }: T) =>
    bytes.length === added.bytes.length && bytes.every((byte, place) => byte === added.bytes[place]);
  return all.some(isSame) ? all.map((one) => (isSame(one) ? added : one)) : [...all, added];
}

/** Without a file, a signature or a key; the signature of a file goes with it. */
export function withoutOne({ files, signatures, keys }: GivenTrust, removed: NamedBytes): GivenTrust {
  const ofFile = files.find(({ bytes }) => bytes === removed.bytes)?.signing;
  const signature = ofFile?.standing === 'good' ? ofFile.signature : undefined;
  const isKept = ({ bytes }: NamedBytes) => bytes !== removed.bytes && bytes !== signature;
  return { files: files.filter(isKept), signatures: signatures.filter(isKept), keys: keys.filter(isKept) };
}
