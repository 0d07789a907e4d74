// Verification of a proof bundle and of an absence proof: hostile bytes in, a report out, whatever the bytes are.
// Nothing is looked up: what is trusted comes from the caller, as a trust file or as a node of their choice.
import { parseAbsence, parseBundle } from './bundle/parse.ts';
import { type NodePort, readState, viewOf } from './checks/chain-view.ts';
import { checkFile, checkManifest, checkSections, type FileDigest } from './checks/content.ts';
import { checkPackage, originalsIn, type PackageContents, rolesOf } from './checks/package.ts';
import { checkInclusion, checkNotBefore, checkTimeOrder, readNotBefore } from './checks/place-and-time.ts';
import {
  captureSealers,
  checkAccount,
  checkBatchSlot,
  checkHeader,
  checkNextNumber,
  checkSeals,
  checkStatement,
} from './checks/registry-state.ts';
import { runCheck } from './checks/run.ts';
import type { SharedChecks } from './checks/shared.ts';
import { checkStatus } from './checks/status.ts';
import { toHex } from './encoding/bytes.ts';
import { BundleFormatError, TrustFileError } from './errors.ts';
import { factsOfAbsence, factsOfBundle, notesOf, type ReadTrust } from './facts.ts';
import { sha256, sha256OfLong } from './hash.ts';
import { headlineOf, judge, type Report, type Run, unreadable } from './report.ts';
import { checkWitnesses, judgeWitnesses } from './timestamp/witnesses.ts';
import { parseTrustFile, type TrustFile } from './trust/trust-file.ts';
import { VERSION } from './version.ts';

export interface TrustOptions {
  /** The trust file, as bytes (its digest is then reported) or as parsed. */
  readonly trust?: Uint8Array | TrustFile;
  readonly node?: NodePort;
  /** The time of verification; the clock's if absent. Blocks later than it are refused. */
  readonly now?: Date;
  /** Results that verifications under the same trust file share. */
  readonly shared?: SharedChecks;
  /** What the package held that the proof came in. */
  readonly contents?: PackageContents;
}

export interface VerifyOptions extends TrustOptions {
  readonly files?: readonly FileDigest[];
  /** How old the status may be at the time of verification. */
  readonly maxStatusAgeSeconds?: number;
}

/**
 * Verifies a proof bundle. Never throws on any bytes: what cannot be read or shown is in the report. Throws RangeError for a
 * time or an age that is not a number.
 *
 *     const report = await verifyBundle(bytes, { trust: trustBytes, files: [{ size, sha256 }] });
 *     if (report.verdict === 'verified') console.log(report.facts?.interval);
 */
export async function verifyBundle(bytes: Uint8Array, options: VerifyOptions = {}): Promise<Report> {
  requireNumbers(options);
  const timed = { ...options, now: options.now ?? new Date() };
  return { ...(await judgeBundle(bytes, timed)), run: await runOf(bytes, timed) };
}

async function judgeBundle(bytes: Uint8Array, options: VerifyOptions & { readonly now: Date }) {
  const read = readInputs(options, () => parseBundle(bytes));
  if ('error' in read) return unreadable('bundle', read.error);
  const { proof: bundle, trust } = read;
  const { now, maxStatusAgeSeconds: maxAgeSeconds, node, contents, shared } = options;
  const files = [...(options.files ?? []), ...originalsIn(contents, bundle)];

  const view = viewOf(bundle.statement.registry, { trust: trust.file, node, shared });
  const state = readState(view, bundle.anchor);
  const status = bundle.status && readState(view, bundle.status);
  const notBefore = readNotBefore(view, bundle);
  const seals = captureSealers(view, state);
  const statusQuestion = { view, bundle, status, anchorHeader: state.header, now, maxAgeSeconds };
  const witnessQuestion = { bundle, trust: trust.file, notBefore, now, shared };
  const witnesses = await judgeWitnesses(witnessQuestion);

  const checks = [
    await runCheck('file', () => checkFile(bundle, files)),
    await runCheck('sections', () => checkSections(bundle)),
    await runCheck('manifest', () => checkManifest(bundle)),
    await runCheck('statement', () => checkStatement(view, BigInt(bundle.statement.number))),
    await runCheck('inclusion', () => checkInclusion(bundle)),
    await runCheck('batch-slot', () => checkBatchSlot(view, state, bundle.anchor.batch)),
    await runCheck('account', () => checkAccount(view, state)),
    await runCheck('header', () => checkHeader(view, state, now)),
    await runCheck('seals', () => checkSeals(view, seals)),
    await runCheck('not-before', () => checkNotBefore(view, notBefore, bundle)),
    await runCheck('time-order', () => checkTimeOrder(notBefore, state, bundle)),
    await runCheck('status', () => checkStatus(statusQuestion)),
    await runCheck('witnesses', () => checkWitnesses(witnessQuestion, witnesses)),
    ...(contents ? [await runCheck('package', () => checkPackage(contents, bundle))] : []),
  ];
  const judgement = judge(checks, node !== undefined);
  const facts = {
    ...factsOfBundle({ view, trust, state, seals, checks, bundle, notBefore, status, files, witnesses }),
    ...(contents && { package: rolesOf(contents, bundle) }),
  };
  return headed({
    subject: 'bundle',
    ...judgement,
    facts,
    checks,
    notes: notesOf(checks, judgement.backing, { bundle, contents }),
  });
}

/** Verifies an absence proof: that a number had not been issued at a block. Never throws on any bytes. */
export async function verifyAbsence(bytes: Uint8Array, options: TrustOptions = {}): Promise<Report> {
  requireNumbers(options);
  const timed = { ...options, now: options.now ?? new Date() };
  return { ...(await judgeAbsence(bytes, timed)), run: await runOf(bytes, timed) };
}

async function judgeAbsence(bytes: Uint8Array, options: TrustOptions & { readonly now: Date }) {
  const read = readInputs(options, () => parseAbsence(bytes));
  if ('error' in read) return unreadable('absence', read.error);
  const { proof: absence, trust } = read;
  const number = BigInt(absence.number);
  const { now, node, contents, shared } = options;

  const view = viewOf(absence.registry, { trust: trust.file, node, shared });
  const state = readState(view, absence);
  const seals = captureSealers(view, state);

  const checks = [
    await runCheck('statement', () => checkStatement(view, number)),
    await runCheck('next-number', () => checkNextNumber(view, state, number)),
    await runCheck('account', () => checkAccount(view, state)),
    await runCheck('header', () => checkHeader(view, state, now)),
    await runCheck('seals', () => checkSeals(view, seals)),
    ...(contents ? [await runCheck('package', () => checkPackage(contents, undefined))] : []),
  ];
  const judgement = judge(checks, node !== undefined);
  const facts = {
    ...factsOfAbsence({ view, trust, state, seals, checks }, absence),
    ...(contents && { package: rolesOf(contents, undefined) }),
  };
  const notes = notesOf(checks, judgement.backing, { contents });
  return headed({ subject: 'absence', ...judgement, facts, checks, notes });
}

const headed = (report: Omit<Report, 'headline' | 'run'>): Omit<Report, 'run'> => ({
  ...report,
  headline: headlineOf(report),
});

/** When, with what and over what a report is made. */
export async function runOf(bytes: Uint8Array, { trust, now = new Date() }: TrustOptions): Promise<Run> {
  const isBytes = trust instanceof Uint8Array;
  return {
    at: now.toISOString(),
    program: '@inkseal/verifier',
    version: VERSION,
    proofSha256: toHex(await sha256OfLong(bytes)),
    ...(isBytes && { trustFileSha256: toHex(await sha256OfLong(trust)) }),
  };
}

// An age or time that is not a number would let every status pass as fresh.
export function requireNumbers({ now, maxStatusAgeSeconds }: VerifyOptions): void {
  if (now && Number.isNaN(now.getTime())) throw new RangeError('now is not a time');
  if (maxStatusAgeSeconds !== undefined && !(Number.isFinite(maxStatusAgeSeconds) && maxStatusAgeSeconds >= 0)) {
    throw new RangeError('maxStatusAgeSeconds is not a number of seconds');
  }
}

/** The trust file is read first: with one that cannot be used, nothing can be decided. */
export function readInputs<T>({ trust }: TrustOptions, parse: () => T): { proof: T; trust: ReadTrust } | Unreadable {
  try {
    const read = readTrust(trust);
    return { trust: read, proof: parse() };
  } catch (error) {
    if (error instanceof BundleFormatError || error instanceof TrustFileError) {
      return { error: { code: error.code, detail: error.detail } };
    }
    throw error;
  }
}

interface Unreadable {
  readonly error: NonNullable<Report['error']>;
}

function readTrust(trust: Uint8Array | TrustFile | undefined): ReadTrust {
  if (!(trust instanceof Uint8Array)) return { file: trust, sha256: undefined };
  return { file: parseTrustFile(trust), sha256: toHex(sha256(trust)) };
}
