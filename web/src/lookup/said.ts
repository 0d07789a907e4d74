// SPDX-License-Identifier: Apache-2.0
// What a result says and what it does not: two lists of sentences, chosen from what the report really showed.
import type { EntryKind, Note } from '@inkseal/verifier';
import { isBacked, isRefusal, type Outcome } from './outcome.ts';
import { checkOf } from './values.ts';
import type { Verification } from './verification.ts';

export type LeadKey =
  | 'fileSame'
  | 'packageSame'
  | 'noFile'
  | 'processRecord'
  | 'contentHidden'
  | 'recordUnrevoked'
  | 'recordNoStatus'
  | 'noSeals'
  | 'noTrust'
  | 'fileDiffers'
  | 'processSound'
  | 'processConsistent'
  | 'processRevokedAt'
  | 'recordSound'
  | 'recordConsistent'
  | 'failedCheck'
  | 'packageForeign'
  | 'packageUnaccounted'
  | 'revokedAt'
  | 'revokedSound'
  | 'fileDiffersToo'
  | 'neverIssued'
  | 'neverIssuedUnbacked'
  | 'absenceFailed';

export type SaidKey =
  | 'fileExisted'
  | 'recordExisted'
  | 'validatorsConfirm'
  | 'oneNumber'
  | 'selfConsistent'
  | 'recordUnchanged'
  | 'wasOnChain'
  | 'wasRevoked'
  | 'notYetIssued'
  | 'doNotRely';

export type UnsaidKey =
  | 'fileNotCompared'
  | 'othersNotCompared'
  | 'blockNotVerified'
  | 'statusUnknown'
  | 'contentNotShown'
  | 'notCertificate'
  | 'printedText'
  | 'pageNotAsSigned'
  | 'listedText'
  | 'packageUnaccounted'
  | 'author'
  | 'origin'
  | 'laterIssue'
  | 'whoChanged';

/** The sentences under the verdict. */
export function leadOf(verification: Verification): LeadKey[] {
  const lead = LEADS[verification.outcome](verification);
  return hasUnaccounted(verification) && !isRefusal(verification.outcome) ? [...lead, 'packageUnaccounted'] : lead;
}

export function saidOf(verification: Verification): SaidKey[] {
  const backed: SaidKey[] = verification.report.backing === 'seals' ? ['validatorsConfirm'] : [];
  const table: Record<Outcome, SaidKey[]> = {
    matches: ['fileExisted', ...backed, 'oneNumber'],
    'matches-no-file': ['recordExisted', ...backed, 'oneNumber'],
    consistent: ['selfConsistent', ...(hasPassed(verification, 'file') ? (['recordUnchanged'] as const) : [])],
    'submission-record': processSaid(verification, backed),
    'audit-record': processSaid(verification, backed),
    'file-differs': isBacked(verification.report) ? ['recordExisted', ...backed] : ['selfConsistent'],
    failed: ['doNotRely'],
    revoked: ['wasRevoked', ...(isBacked(verification.report) ? (['wasOnChain'] as const) : [])],
    pending: [],
    returned: [],
    rejected: [],
    withdrawn: [],
    'earlier-certificate': [],
    'never-issued': ['notYetIssued', ...backed],
    undecided: [],
  };
  return table[verification.outcome];
}

const NOT_AS_SIGNED: readonly Note[] = ['page-changed', 'page-appended', 'page-signed-by-other'];

export function unsaidOf(verification: Verification): UnsaidKey[] {
  const { outcome, report } = verification;
  if (outcome === 'never-issued')
    return report.backing === 'none' ? ['blockNotVerified', 'laterIssue'] : ['laterIssue'];
  if (outcome === 'failed') return ['whoChanged', 'author'];
  const { facts } = report;
  const wanted: [UnsaidKey, boolean][] = [
    ['fileNotCompared', checkOf(report.checks, 'file')?.outcome === 'not-run'],
    ['othersNotCompared', outcome === 'matches' && (facts?.listedFiles ?? 0) > (facts?.comparedFiles ?? 0)],
    ['blockNotVerified', report.backing === 'none'],
    ['statusUnknown', checkOf(report.checks, 'status')?.outcome === 'not-run'],
    ['contentNotShown', checkOf(report.checks, 'sections')?.outcome === 'not-run'],
    ['notCertificate', isProcess(verification)],
    ['printedText', report.notes.includes('printed-text-not-checked')],
    ['pageNotAsSigned', NOT_AS_SIGNED.some((note) => report.notes.includes(note))],
    ['listedText', report.notes.includes('certificate-as-listed')],
    ['packageUnaccounted', hasUnaccounted(verification)],
    ['author', true],
    ['origin', true],
  ];
  return wanted.filter(([, applies]) => applies).map(([key]) => key);
}

const LEADS: Record<Outcome, (verification: Verification) => LeadKey[]> = {
  matches: (verification) => [sameKey(verification), recordKey(verification)],
  'matches-no-file': (verification) => [fileKey(verification), recordKey(verification)],
  consistent: (verification) => [unbackedKey(verification), comparedKey(verification)],
  'submission-record': (verification) => processLead(verification),
  'audit-record': (verification) => processLead(verification),
  'file-differs': (verification) => [soundKey(verification), 'fileDiffers'],
  failed: ({ report }) =>
    report.facts?.package?.some(({ outcome }) => outcome === 'mismatch')
      ? ['failedCheck', 'packageForeign']
      : ['failedCheck'],
  revoked: (verification) => [
    isProcess(verification) ? 'processRevokedAt' : 'revokedAt',
    ...revokedKeys(verification),
    ...(checkOf(verification.report.checks, 'file')?.outcome === 'failed' ? (['fileDiffersToo'] as const) : []),
  ],
  pending: () => [],
  returned: () => [],
  rejected: () => [],
  withdrawn: () => [],
  'earlier-certificate': () => [],
  'never-issued': ({ report }) => [isBacked(report) ? 'neverIssued' : 'neverIssuedUnbacked'],
  undecided: ({ report }) => (report.error ? [] : ['absenceFailed']),
};

function processLead(verification: Verification): LeadKey[] {
  const isShown = isBacked(verification.report);
  return ['processRecord', ...(isShown ? [] : [unbackedKey(verification)]), comparedKey(verification)];
}

/** A step of the process is never called a certificate, also where its file differs or it was revoked. */
function soundKey(verification: Verification): LeadKey {
  const isShown = isBacked(verification.report);
  if (isProcess(verification)) return isShown ? 'processSound' : 'processConsistent';
  return isShown ? 'recordSound' : 'recordConsistent';
}

function revokedKeys(verification: Verification): LeadKey[] {
  if (isProcess(verification)) return [soundKey(verification)];
  return [isBacked(verification.report) ? 'revokedSound' : 'recordConsistent'];
}

export const isProcess = ({ report }: Verification): boolean => isProcessKind(report.facts?.kind);

/** A step of the process is on record like a certificate, and is none. */
export const isProcessKind = (kind: EntryKind | undefined): boolean => kind === 'submission' || kind === 'audit-head';

const processSaid = (verification: Verification, backed: SaidKey[]): SaidKey[] =>
  isBacked(verification.report) ? ['recordExisted', ...backed, 'oneNumber'] : ['selfConsistent'];

const unbackedKey = ({ report, trust }: Verification): LeadKey =>
  checkOf(report.checks, 'seals')?.outcome === 'not-run' && trust.origin !== 'none' ? 'noSeals' : 'noTrust';

const comparedKey = (verification: Verification): LeadKey =>
  hasPassed(verification, 'file') ? sameKey(verification) : fileKey(verification);

const sameKey = ({ report, files }: Verification): LeadKey =>
  report.facts?.package && files.length === 0 ? 'packageSame' : 'fileSame';

const hasUnaccounted = ({ report }: Verification): boolean => report.notes.includes('entries-unaccounted');

const fileKey = ({ isContentHidden }: Verification): LeadKey => (isContentHidden ? 'contentHidden' : 'noFile');

const recordKey = (verification: Verification): LeadKey =>
  hasPassed(verification, 'status') ? 'recordUnrevoked' : 'recordNoStatus';

const hasPassed = ({ report }: Verification, name: 'file' | 'status'): boolean =>
  checkOf(report.checks, name)?.outcome === 'passed';
