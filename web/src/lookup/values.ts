// SPDX-License-Identifier: Apache-2.0
// The real values that the sentences of a verification name, ready to be put in.
import type { CheckName, CheckResult, PackageEntryFact } from '@inkseal/verifier';
import { formatTime, shortName } from '../ui/format.ts';
import type { Verification } from './verification.ts';

export type Values = Record<string, string | number>;

/** `list` joins file names as the language does. */
export function valuesOf({ report, bundle, files }: Verification, list: (names: string[]) => string): Values {
  const { facts } = report;
  const { batch } = bundle?.anchor ?? {};
  const validators = facts?.validators ?? [];
  const status = facts?.notRevokedAsOf ?? statusBlockOf(report.checks);
  const revocation = /^revoked at (\S+): (.+)$/.exec(checkOf(report.checks, 'status')?.found ?? '');
  return {
    number: facts?.number ?? '',
    chainId: facts?.registry.chainId ?? '',
    block: facts?.block?.number ?? '',
    blockTime: timeOr(facts?.block?.time),
    batch: batch?.id ?? '',
    count: batch?.count ?? '',
    place: (bundle?.inclusion.index ?? 0) + 1,
    validators: validators.length,
    sealed: validators.filter(({ sealed }) => sealed).length,
    quorum: Math.ceil((2 * validators.length) / 3),
    startBlock: bundle?.statement.notBefore.block ?? '',
    notBefore: timeOr(facts?.interval?.notBefore),
    anchoredAt: timeOr(facts?.interval?.anchoredAt),
    statusBlock: status?.number ?? '',
    statusTime: timeOr(status?.time),
    revokedAt: timeOr(revocation?.[1]),
    revocationCode: revocation?.[2] ?? '',
    next: checkOf(report.checks, 'next-number')?.found ?? '',
    names: list((facts?.files ?? []).map(({ listedAs, name }) => `“${shortName(listedAs ?? name ?? '', 28)}”`)),
    foreign: list(partsOf(facts?.package, ({ outcome }) => outcome === 'mismatch')),
    unaccounted: list(partsOf(facts?.package, ({ role }) => role === 'unaccounted')),
    listed: facts?.listedFiles ?? 0,
    compared: facts?.comparedFiles ?? files.length,
    sections: bundle?.manifest?.sections.length ?? 0,
    disclosed: bundle?.sections?.length ?? 0,
  };
}

export const checkOf = (checks: readonly CheckResult[], name: CheckName): CheckResult | undefined =>
  checks.find((check) => check.name === name);

/** Names of a package's entries, few enough to be read. */
function partsOf(entries: readonly PackageEntryFact[] = [], isWanted: (entry: PackageEntryFact) => boolean): string[] {
  const names = entries.filter(isWanted).map(({ name }) => `“${shortName(name, 40)}”`);
  return names.length > 5 ? [...names.slice(0, 5), '…'] : names;
}

const timeOr = (instant: string | undefined): string => (instant === undefined ? '' : formatTime(instant));

// On a chain without seals the facts leave the block of the status out; the check names it all the same.
function statusBlockOf(checks: readonly CheckResult[]): { number: string; time: string } | undefined {
  const status = checkOf(checks, 'status');
  if (status?.outcome !== 'passed') return undefined;
  const number = /at block (\d+)$/.exec(status.found ?? '')?.[1];
  const time = /as of (\S+)$/.exec(status.detail)?.[1];
  return number !== undefined && time !== undefined ? { number, time } : undefined;
}
