// SPDX-License-Identifier: Apache-2.0
// One proof verified in this page: the report of the verifier, what it was given, and when.
import {
  ABSENCE_MEDIA_TYPE,
  type Bundle,
  encodeBundle,
  type FileDigest,
  type ListedFile,
  listedFilesOf,
  mediaTypeOf,
  type PackageContents,
  pageNotesOf,
  parseBundle,
  type Report,
  verifyAbsence,
  verifyBundle,
} from '@inkseal/verifier';
import { type Outcome, outcomeOf } from './outcome.ts';
import { eachOf, type Trust, worstOf } from './trust.ts';

/** Where the proof came from. */
export type ProofSource = 'portal' | 'none' | 'package' | 'certificate';

export interface Origin {
  readonly source: ProofSource;
  /** Of an evidence package: what else is in it. */
  readonly contents?: PackageContents | undefined;
  /** All of a certificate. */
  readonly pdf?: Uint8Array | undefined;
}

export interface ProofInHand extends Origin {
  readonly proof: Uint8Array;
  readonly trust: Trust;
  readonly files: readonly FileDigest[];
  /** A bundle that the portal gave just now; its status is newer than the one in hand. */
  readonly fresh?: Uint8Array;
  readonly now?: Date;
}

export interface Verification {
  readonly outcome: Outcome;
  readonly report: Report;
  /** As parsed; undefined for an absence proof, or if it could not be read. */
  readonly bundle?: Bundle;
  readonly proof: Uint8Array;
  readonly source: ProofSource;
  readonly trust: Trust;
  readonly checkedAt: Date;
  readonly files: readonly FileDigest[];
  /** A record of a change of rights, as its disclosed content has it, or as the portal says. */
  readonly isRightsEvent?: boolean;
  /** Files were chosen, and the proof does not disclose any to compare them with. */
  readonly isContentHidden: boolean;
  /** Under each of several trust files, in their order; all else here is that of the worst. */
  readonly underEach?: readonly Verification[];
}

/** Verifies a proof under each trust file. */
export async function verifyProof(hand: ProofInHand): Promise<Verification> {
  const { now = new Date(), trust } = hand;
  const [first, ...others] = eachOf(trust);
  const judged: [Verification, ...Verification[]] = [
    await verifyUnder({ ...hand, now, ...(first && { trust: first }) }),
  ];
  for (const other of others) judged.push(await verifyUnder({ ...hand, now, trust: other }));
  return { ...worstOf(judged), ...(judged.length > 1 && { underEach: judged }) };
}

/** The status that the portal gave just now replaces an older one if it belongs to the same statement. */
async function verifyUnder(hand: ProofInHand): Promise<Verification> {
  const fresh = hand.fresh && withStatusOf(hand.proof, hand.fresh);
  if (!fresh) return verifyBytes(hand);
  const verification = await verifyBytes({ ...hand, proof: fresh });
  const status = verification.report.checks.find(({ name }) => name === 'status');
  // A portal that hands out a broken status must not make a sound proof fail.
  return status?.outcome === 'failed' && status.code !== 'revoked' ? verifyBytes(hand) : verification;
}

/** The text on the pages of a certificate is not part of its proof: a signature may vouch for it. */
async function withSource(report: Report, { source, pdf, trust }: ProofInHand): Promise<Report> {
  if (source !== 'certificate') return report;
  return { ...report, notes: [...report.notes, ...(await pageNotesOf(report, { pdf, trust: trust.bytes }))] };
}

async function verifyBytes(hand: ProofInHand): Promise<Verification> {
  const { proof, source, contents, trust, files, now = new Date() } = hand;
  const options = { ...(trust.bytes && { trust: trust.bytes }), ...(contents && { contents }) };
  const common = { proof, source, trust, checkedAt: now, files };
  if (mediaTypeOf(proof) === ABSENCE_MEDIA_TYPE) {
    const report = await withSource(await verifyAbsence(proof, { ...options, now }), hand);
    return { ...common, report, outcome: outcomeOf(report), isContentHidden: false };
  }
  const bundle = tryParse(proof);
  const isContentHidden = files.length > 0 && bundle !== undefined && listedOf(bundle) === undefined;
  const verified = await verifyBundle(proof, { ...options, now, files: isContentHidden ? [] : files });
  const report = await withSource(verified, hand);
  const isRightsEvent = bundle?.sections?.some(({ name }) => name === 'event') ?? false;
  return { ...common, report, outcome: outcomeOf(report), isContentHidden, isRightsEvent, ...(bundle && { bundle }) };
}

/** The files that a bundle discloses. */
export function listedOf(bundle: Bundle | undefined): readonly ListedFile[] | undefined {
  return bundle && listedFilesOf(bundle);
}

/** Another registry has the same numbers: what the portal says of one of its own says nothing of a proof from there. */
export function isOfOneStatement(proof: Uint8Array, other: Uint8Array): boolean {
  const [statement, its] = [tryParse(proof)?.statement, tryParse(other)?.statement];
  return statement !== undefined && JSON.stringify(statement) === JSON.stringify(its);
}

function withStatusOf(proof: Uint8Array, fresh: Uint8Array): Uint8Array | undefined {
  const status = tryParse(fresh)?.status;
  if (!status || !isOfOneStatement(proof, fresh)) return undefined;
  return encodeBundle({ ...parseBundle(proof), status });
}

function tryParse(bytes: Uint8Array): Bundle | undefined {
  try {
    return parseBundle(bytes);
  } catch {
    return undefined; // the report says what is wrong with it
  }
}
