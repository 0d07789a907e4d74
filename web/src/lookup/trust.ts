// SPDX-License-Identifier: Apache-2.0
// Whom the visitor trusts. One question is judged under each of several trust files: what counts is the worst
// answer, the first where they are alike, as `inkseal-verify` has it.

export interface Trust {
  readonly origin: 'portal' | 'visitor' | 'none';
  readonly bytes?: Uint8Array;
  /** All that the visitor chose, by name; `bytes` is then one of them. */
  readonly files?: readonly NamedTrust[];
}

export interface NamedTrust {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** By exit code: verified, then not verified for sure, then not decided between them. */
const SEVERITY = { 0: 0, 2: 1, 1: 2 } as const;

interface Judged {
  readonly report: { readonly exitCode: 0 | 1 | 2 };
}

/** The trust as it is, or as it would be with each file alone. */
export function eachOf(trust: Trust): readonly Trust[] {
  const { files = [] } = trust;
  return files.length < 2 ? [trust] : files.map(({ bytes }) => ({ ...trust, bytes }));
}

/** Undefined where the visitor chose none. */
export function visitorTrust(files: readonly NamedTrust[]): Trust | undefined {
  const [first] = files;
  return first && { origin: 'visitor', bytes: first.bytes, files };
}

export function worstOf<T extends Judged>(judged: readonly [T, ...T[]]): T {
  return judged.reduce((worst, next) =>
    SEVERITY[next.report.exitCode] > SEVERITY[worst.report.exitCode] ? next : worst,
  );
}

/** A file that is given again stands where it did, under its newest name. */
export function withTrust(files: readonly NamedTrust[], added: NamedTrust): readonly NamedTrust[] {
  const isSame = ({ bytes }: NamedTrust) =>
    bytes.length === added.bytes.length && bytes.every((byte, place) => byte === added.bytes[place]);
  return files.some(isSame) ? files.map((file) => (isSame(file) ? added : file)) : [...files, added];
}
