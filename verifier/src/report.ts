// The report: every check in its order, what it expected and found, and the verdict that follows from them.
import type { CheckCode, NotRunReason, ReadingCode, TrustCode } from './errors.ts';
import type { Stated } from './stated.ts';
import type { EntryKind, RegistryName } from './statement/statement.ts';

/** The checks of a proof bundle, in the order in which a report lists them. */
export const CHECK_NAMES = [
  'file',
  'sections',
  'manifest',
  'statement',
  'inclusion',
  'batch-slot',
  'account',
  'header',
  'seals',
  'not-before',
  'time-order',
  'status',
  'witnesses',
] as const;

/** The checks of an absence proof. */
export const ABSENCE_CHECK_NAMES = ['statement', 'next-number', 'account', 'header', 'seals'] as const;

/** The check that follows these where the proof came in an evidence package. */
export const PACKAGE_CHECK_NAME = 'package';

export type CheckName = (typeof CHECK_NAMES)[number] | (typeof ABSENCE_CHECK_NAMES)[number] | typeof PACKAGE_CHECK_NAME;

/** What a check looked at: plain English for people, and the two values that it compared. */
export interface Finding {
  readonly detail: string;
  readonly expected?: string;
  readonly found?: string;
}

export type CheckResult = Finding & { readonly name: CheckName } & (
    | { readonly outcome: 'passed' }
    | { readonly outcome: 'failed'; readonly code: CheckCode }
    | { readonly outcome: 'not-run'; readonly reason: NotRunReason }
  );

export type Verdict = 'verified' | 'consistent' | 'not-verified';

/** What stands above a report: its verdict and, where that is not the whole answer, why. Every language has a line for each. */
export const HEADLINES = [
  'verified',
  /** An absence proof that holds. It is not a certificate and must not read like one. */
  'not-issued',
  'consistent',
  'registry-unnamed',
  'node-silent',
  'not-verified',
  /** The trust file is unusable. */
  'undecided',
] as const;
export type Headline = (typeof HEADLINES)[number];

/** What the reader of a report must know beside its checks; a closed list, so that every language has a sentence for each. */
export const NOTES = [
  'file-not-compared',
  'no-files-listed',
  'content-not-shown',
  'registry-named-by-bundle',
  'header-not-backed',
  'network-without-seals',
  'status-not-shown',
  'witnesses-not-judged',
  'times-stated-by-operator',
  'hints-unverified',
  'printed-text-not-checked',
  'page-as-signed',
  'page-changed',
  'page-appended',
  'page-signed-by-other',
  'certificate-as-listed',
  'entries-unaccounted',
  'package-not-listed',
] as const;
export type Note = (typeof NOTES)[number];

/** The notes that are said in the headline too: without them it would read as more than was shown. */
export const HEADLINE_NOTES = [
  'status-not-shown',
  'printed-text-not-checked',
  'page-changed',
  'page-appended',
  'entries-unaccounted',
] as const satisfies readonly Note[];
export type HeadlineNote = (typeof HEADLINE_NOTES)[number];

/** What the headline of a report adds to its verdict; nothing where that is a refusal. */
export const headlineNotesOf = ({ verdict, notes }: Report): HeadlineNote[] =>
  verdict === 'not-verified' ? [] : HEADLINE_NOTES.filter((note) => notes.includes(note));

/** A file handed in, beside what the bundle lists. */
export interface FileResult {
  readonly name?: string;
  readonly sha256: string;
  readonly outcome: 'match' | 'mismatch';
  /** The name under which the bundle lists it. */
  readonly listedAs?: string;
}

/** When, with what and over what a report was made. */
export interface Run {
  /** The time of verification. */
  readonly at: string;
  readonly program: string;
  readonly version: string;
  readonly proofSha256: string;
  /** Of a trust file that was given as bytes. */
  readonly trustFileSha256?: string;
}

/** An entry of an evidence package beside its proof, and how it stands to the proof. */
export interface PackageEntryFact {
  readonly name: string;
  /**
   * `process`: the process log, whose first lines the proof binds. `time-stamp`: a token of the proof. `listed`: only the
   * package's own lists name it. `known`: a part of older packages. `unaccounted`: neither.
   */
  readonly role:
    | ('original' | 'document' | 'process' | 'time-stamp' | 'certificate')
    | ('sums' | 'listed' | 'known' | 'unaccounted');
  readonly outcome: 'match' | 'mismatch' | 'not-compared';
}

/** A validator of the set in force at the header's block, and whether its seal is on the header. */
export interface ValidatorFact {
  readonly address: string;
  readonly organisation?: string;
  readonly sealed: boolean;
}

/** A token that holds in itself. */
export interface TokenFact {
  readonly kind: 'rfc3161' | 'renewal';
  /** The time that it states. */
  readonly time: string;
  /** The certificate of the trust file that its signer leads to; without one, anybody may have made the token. */
  readonly authority?: { readonly sha256: string; readonly name: string };
}

/** A registry on another chain that is said to have the batch's root. */
export interface ChainFact {
  readonly kind: 'chain';
  readonly chainId: string;
  readonly contract: string;
  /**
   * `sealed`: it was shown under the trust file. Else it is a hint, and nothing of it was looked at: `unnamed` if the trust file
   * does not name that registry on a network with seals, `own-chain` if it is the proof's own chain.
   */
  readonly standing: 'sealed' | 'unnamed' | 'own-chain';
  /** Of a `sealed` one: the time of the block that has the root in its state. */
  readonly time?: string;
}

export type WitnessFact = TokenFact | ChainFact;

/** When a witness that the trust file names had seen the root, or the tokens that it renews; undefined for any other. */
export const trustedTimeOf = (fact: WitnessFact): string | undefined =>
  fact.kind === 'chain' || fact.authority ? fact.time : undefined;

/** Whose word a trusted witness is. A renewal vouches for what is older and is nobody's. */
export function partyOf(fact: WitnessFact): string | undefined {
  if (fact.kind === 'renewal' || trustedTimeOf(fact) === undefined) return undefined;
  return fact.kind === 'chain' ? `chain ${fact.chainId}` : fact.authority?.sha256;
}

/** What the file says. It is shown only as far as the checks passed: with another verdict than `verified` it is a claim. */
export interface Facts {
  readonly registry: RegistryName;
  readonly number: string;
  readonly kind?: EntryKind;
  readonly digests?: { readonly sha256: string; readonly sm3?: string };
  /** The block whose state the proof shows. */
  readonly block?: { readonly number: string; readonly time: string };
  /**
   * Between these two instants the statement was made and put on record. Given where the checks that it rests on passed;
   * `isProven` if, besides, the registry is not refused and somebody backs the header.
   */
  readonly interval?: {
    readonly notBefore: string;
    readonly anchoredAt: string;
    readonly widthSeconds: string;
    readonly isProven: boolean;
  };
  /** The block at which the number was shown not to be revoked, under a header that somebody backs. */
  readonly notRevokedAsOf?: { readonly number: string; readonly time: string };
  /** The earliest time at which a trusted authority or another chain had seen the batch, if its check passed. */
  readonly witnessedNoLaterThan?: string;
  readonly witnesses?: readonly WitnessFact[];
  readonly validators: readonly ValidatorFact[];
  readonly trustFile?: { readonly name: string; readonly sha256?: string };
  readonly disclosedSections: readonly string[];
  readonly listedFiles?: number;
  /** How many of the listed files are among those handed in. */
  readonly comparedFiles?: number;
  readonly files: readonly FileResult[];
  readonly statedInProof?: Stated;
  /** The times above in Beijing (UTC+8), by the name of their fact. */
  readonly beijing: Readonly<Record<string, string>>;
  /** Of an evidence package: what else is in it. */
  readonly package?: readonly PackageEntryFact[];
  /** What the operator states and no check can show. */
  readonly statedByOperator: { readonly receivedAt?: string };
  /** Where to look on the chain; no check used it. */
  readonly unverifiedHints: { readonly transaction?: string; readonly anchorBlockHash?: string };
}

export interface Report {
  readonly subject: 'bundle' | 'absence';
  readonly verdict: Verdict;
  readonly headline: Headline;
  /** 0 verified, 1 not verified, 2 consistent, or the trust file was unusable. */
  readonly exitCode: 0 | 1 | 2;
  /** Why the bundle or the trust file could not be read at all. */
  readonly error?: { readonly code: ReadingCode | TrustCode; readonly detail: string };
  /** Who stands behind the header: a quorum of the trusted validators, the node that the caller chose, or nobody. */
  readonly backing: 'seals' | 'node' | 'none';
  readonly run: Run;
  readonly facts?: Facts;
  readonly checks: readonly CheckResult[];
  readonly notes: readonly Note[];
}

// These tell more of a bundle, and take nothing from what the rest shows by not running.
const OPTIONAL: readonly CheckName[] = ['file', 'sections', 'manifest', 'status', 'witnesses'];

/**
 * The verdict over a list of checks. `wasNodeAsked`: check `header` compared the header with a node. A node backs a header
 * only where a trust file names the registry: without one, anybody may have deployed the contract that the proof names.
 */
export function judge(
  checks: readonly CheckResult[],
  wasNodeAsked: boolean,
): Pick<Report, 'verdict' | 'exitCode' | 'backing'> {
  const outcomeOf = (name: CheckName) => checks.find((check) => check.name === name)?.outcome;
  const isSealed = outcomeOf('seals') === 'passed';
  const isOnNode = wasNodeAsked && outcomeOf('header') === 'passed';
  const backing = isSealed ? 'seals' : isOnNode ? 'node' : 'none';
  if (checks.some(({ outcome }) => outcome === 'failed')) return { verdict: 'not-verified', exitCode: 1, backing };
  const isComplete = checks.every(
    (check) => check.outcome === 'passed' || OPTIONAL.includes(check.name) || (isOnNode && isWithoutSeals(check)),
  );
  if (isComplete && backing !== 'none') return { verdict: 'verified', exitCode: 0, backing };
  return { verdict: 'consistent', exitCode: 2, backing };
}

const isWithoutSeals = (check: CheckResult): boolean =>
  check.name === 'seals' && check.outcome === 'not-run' && check.reason === 'consensus-none';

export function headlineOf({ subject, verdict, backing, checks }: Omit<Report, 'headline' | 'run'>): Headline {
  if (verdict === 'verified') return subject === 'absence' ? 'not-issued' : 'verified';
  // Somebody backs the block: what is missing is the registry's name, or a node's answer about another block.
  if (verdict === 'not-verified' || backing === 'none') return verdict;
  return checks.some(isUnnamed) ? 'registry-unnamed' : 'node-silent';
}

const isUnnamed = (check: CheckResult): boolean =>
  check.name === 'statement' && check.outcome === 'not-run' && check.reason === 'no-trust-file';

/** The report on a file that could not be read: no check ran. An unusable trust file decides nothing, hence exit code 2. */
export function unreadable(
  subject: Report['subject'],
  error: { code: ReadingCode | TrustCode; detail: string },
): Omit<Report, 'run'> {
  const names: readonly CheckName[] = subject === 'bundle' ? CHECK_NAMES : ABSENCE_CHECK_NAMES;
  const isTrust = error.code.startsWith('trust-');
  return {
    subject,
    verdict: 'not-verified',
    headline: isTrust ? 'undecided' : 'not-verified',
    exitCode: isTrust ? 2 : 1,
    error,
    backing: 'none',
    checks: names.map((name) => ({
      name,
      outcome: 'not-run',
      reason: 'earlier-failed',
      detail: 'the file could not be read',
    })),
    notes: [],
  };
}

/** An instant in seconds since 1970 as a UTC time, or as plain seconds beyond the year 9999. */
export function formatSeconds(seconds: bigint): string {
  return seconds <= LAST_SECOND ? new Date(Number(seconds) * 1000).toISOString() : `${seconds} s after 1970`;
}

const LAST_SECOND = 253_402_300_799n;
