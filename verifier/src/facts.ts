// The facts and notes of a report, gathered once the checks have run, and never more than they showed.

import { beijingTime } from './beijing.ts';
import type { AbsenceProof, Bundle } from './bundle/bundle.ts';
import { listedFilesOf } from './bundle/parse.ts';
import type { Header } from './chain/header.ts';
import type { ChainView, State } from './checks/chain-view.ts';
import { compareFiles, countCompared, type FileDigest } from './checks/content.ts';
import { type PackageContents, rolesOf } from './checks/package.ts';
import type { captureSealers } from './checks/registry-state.ts';
import type { Captured } from './checks/run.ts';
import {
  type CheckName,
  type CheckResult,
  type Facts,
  formatSeconds,
  judge,
  type Note,
  partyOf,
  trustedTimeOf,
  type ValidatorFact,
} from './report.ts';
import { statedIn } from './stated.ts';
import type { JudgedWitnesses } from './timestamp/witnesses.ts';
import type { TrustFile } from './trust/trust-file.ts';

/** A trust file and, if it came as bytes, their SHA-256. */
export interface ReadTrust {
  readonly file: TrustFile | undefined;
  readonly sha256: string | undefined;
}

/** What the checks of either kind of proof worked on. */
export interface Shown {
  readonly view: ChainView;
  readonly trust: ReadTrust;
  readonly state: State;
  readonly seals: ReturnType<typeof captureSealers>;
  readonly checks: readonly CheckResult[];
}

export interface ShownBundle extends Shown {
  readonly bundle: Bundle;
  readonly notBefore: Captured<Header>;
  readonly status: State | undefined;
  readonly files: readonly FileDigest[];
  readonly witnesses: JudgedWitnesses;
}

export function factsOfBundle(shown: ShownBundle): Facts {
  const { bundle, status, files } = shown;
  const { statement, sections = [], hints = {} } = bundle;
  const listed = listedFilesOf(bundle);
  const isProven = isBacked(shown);
  const asOf = isProven && hasPassed(shown.checks, 'status') && status ? blockOf(status.header) : undefined;
  const interval = intervalOf(shown, isProven);
  const facts = {
    ...sharedFacts(shown),
    number: statement.number,
    kind: statement.kind,
    digests: { sha256: statement.sha256, ...(statement.sm3 !== undefined && { sm3: statement.sm3 }) },
    ...(interval && { interval }),
    ...(asOf && { notRevokedAsOf: asOf }),
    ...witnessFacts(shown),
    disclosedSections: sections.map(({ name }) => name),
    ...(listed && { listedFiles: listed.length, comparedFiles: countCompared(files, listed) }),
    files: listed ? compareFiles(files, listed) : [],
    ...(sections.length > 0 && { statedInProof: statedIn(bundle) }),
    statedByOperator: { receivedAt: statement.receivedAt },
    unverifiedHints: hints,
  };
  return { ...facts, beijing: inBeijing(facts) };
}

export function factsOfAbsence(shown: Shown, { number }: AbsenceProof): Facts {
  const facts = {
    ...sharedFacts(shown),
    number,
    disclosedSections: [],
    files: [],
    statedByOperator: {},
    unverifiedHints: {},
  };
  return { ...facts, beijing: inBeijing(facts) };
}

/** A witness is about the root, so what it shows of this number needs the number's place under the root, and no block. */
function witnessFacts({
  witnesses: { facts },
  checks,
}: ShownBundle): Pick<Facts, 'witnesses' | 'witnessedNoLaterThan'> {
  if (facts.length === 0) return {};
  const isShown = hasPassed(checks, 'witnesses') && hasPassed(checks, 'inclusion');
  const times = facts.flatMap((fact) => (partyOf(fact) === undefined ? [] : (trustedTimeOf(fact) ?? []))).sort();
  const [earliest] = isShown ? times : [];
  return { witnesses: facts, ...(earliest !== undefined && { witnessedNoLaterThan: earliest }) };
}

function inBeijing(facts: Omit<Facts, 'beijing'>): Facts['beijing'] {
  const { block, interval, notRevokedAsOf, statedByOperator, witnessedNoLaterThan } = facts;
  const times = {
    block: block?.time,
    notBefore: interval?.notBefore,
    anchoredAt: interval?.anchoredAt,
    notRevokedAsOf: notRevokedAsOf?.time,
    witnessedNoLaterThan,
    receivedAt: statedByOperator.receivedAt,
  };
  return Object.fromEntries(
    Object.entries(times).flatMap(([name, time]) => (time === undefined ? [] : [[name, beijingTime(time)]])),
  );
}

interface Noted {
  readonly bundle?: Bundle;
  readonly contents?: PackageContents | undefined;
}

export function notesOf(
  checks: readonly CheckResult[],
  backing: 'seals' | 'node' | 'none',
  { bundle, contents }: Noted,
): Note[] {
  const reasonOf = (name: CheckName) => {
    const check = checks.find((candidate) => candidate.name === name);
    return check?.outcome === 'not-run' ? check.reason : undefined;
  };
  const isListing = bundle !== undefined && listedFilesOf(bundle) !== undefined;
  const wanted: [Note, boolean][] = [
    ['file-not-compared', reasonOf('file') !== undefined && isListing],
    ['no-files-listed', reasonOf('file') !== undefined && !isListing],
    ['content-not-shown', reasonOf('sections') !== undefined],
    ['registry-named-by-bundle', reasonOf('statement') === 'no-trust-file'],
    ['header-not-backed', backing === 'none' && reasonOf('statement') === 'no-trust-file'],
    ['network-without-seals', backing === 'none' && reasonOf('seals') === 'consensus-none'],
    ['status-not-shown', reasonOf('status') !== undefined],
    ['witnesses-not-judged', reasonOf('witnesses') === 'witness-unsupported'],
    ['times-stated-by-operator', bundle !== undefined],
    ['hints-unverified', bundle?.hints !== undefined],
    ...(contents ? packageNotes(contents, bundle) : []),
  ];
  return wanted.filter(([, applies]) => applies).map(([note]) => note);
}

function packageNotes(contents: PackageContents, bundle: Bundle | undefined): [Note, boolean][] {
  const roles = rolesOf(contents, bundle);
  const certificates = contents.entries.filter((_, place) => roles[place]?.role === 'certificate');
  return [
    ['printed-text-not-checked', certificates.some(({ isAsListed }) => !isAsListed)],
    ['certificate-as-listed', certificates.length > 0 && certificates.every(({ isAsListed }) => isAsListed)],
    ['entries-unaccounted', roles.some(({ role }) => role === 'unaccounted')],
    ['package-not-listed', roles.some(({ role }) => role === 'known')],
  ];
}

type SharedFacts = Pick<Facts, 'registry' | 'block' | 'validators' | 'trustFile'>;

function sharedFacts({ view, trust, state, seals }: Shown): SharedFacts {
  const block = blockOf(state.header);
  const { file, sha256 } = trust;
  return {
    registry: view.name,
    ...(block && { block }),
    validators: seals && 'value' in seals ? validatorFacts(seals.value) : [],
    ...(file && { trustFile: { name: file.name, ...(sha256 !== undefined && { sha256 }) } }),
  };
}

function validatorFacts({
  set,
  sealers,
}: {
  set: { validators: readonly Omit<ValidatorFact, 'sealed'>[] };
  sealers: string[];
}) {
  return set.validators.map((validator) => ({ ...validator, sealed: sealers.includes(validator.address) }));
}

// Whether the registry and its state hold and are backed, whatever became of the content and the status.
function isBacked({ checks, view }: Shown): boolean {
  const content: readonly CheckName[] = ['file', 'sections', 'manifest', 'status', 'witnesses', 'package'];
  return (
    judge(
      checks.filter(({ name }) => !content.includes(name)),
      view.node !== undefined,
    ).verdict === 'verified'
  );
}

// Both ends are shown only if the batch, its place and both headers are.
function intervalOf({ checks, notBefore, bundle }: ShownBundle, isProven: boolean): Facts['interval'] | undefined {
  const needed: readonly CheckName[] = ['inclusion', 'batch-slot', 'header', 'not-before', 'time-order'];
  if ('error' in notBefore || !needed.every((name) => hasPassed(checks, name))) return undefined;
  const start = notBefore.value.timestamp;
  const end = BigInt(bundle.anchor.batch.anchoredAt);
  return {
    notBefore: formatSeconds(start),
    anchoredAt: formatSeconds(end),
    widthSeconds: String(end - start),
    isProven,
  };
}

function blockOf(header: Captured<Header>): Facts['block'] | undefined {
  if ('error' in header) return undefined;
  return { number: String(header.value.number), time: formatSeconds(header.value.timestamp) };
}

const hasPassed = (checks: readonly CheckResult[], name: CheckName): boolean =>
  checks.some((check) => check.name === name && check.outcome === 'passed');
