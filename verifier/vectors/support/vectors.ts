// From cases to files: each case is verified, must come out as its author wrote, and is recorded with every check's result.
import { readFileSync } from 'node:fs';
import {
  type CheckResult,
  canonicalBytes,
  encodeBundle,
  type Report,
  sha256,
  sm3,
  toHex,
  utf8,
  verifyAbsence,
  verifyBundle,
} from '../../src/index.ts';
import { badCases } from '../cases/bad.ts';
import { chainWitnessCases } from '../cases/chain-witnesses.ts';
import { forgedCases } from '../cases/forged.ts';
import { goodCases } from '../cases/good.ts';
import { laterCases } from '../cases/later.ts';
import { unreadableCases } from '../cases/unreadable.ts';
import { type Case, nodePort } from './case.ts';
import { FILE_CONTENT, NOW } from './world.ts';

/** One line of v1/index.json. Check results read `passed`, `failed <code>` or `not-run <reason>`. */
export interface IndexEntry {
  readonly name: string;
  readonly about: string;
  readonly subject: 'bundle' | 'absence';
  readonly file: string;
  readonly padTo?: number;
  readonly trust?: string;
  readonly trustPadTo?: number;
  readonly files: readonly string[];
  readonly now: string;
  readonly maxStatusAgeSeconds?: number;
  readonly node?: NonNullable<Case['node']>;
  readonly verdict: string;
  readonly exitCode: number;
  readonly error?: string;
  readonly checks: Readonly<Record<string, string>>;
}

/** A released case whose verdict a later edition of the format takes back. */
export interface Correction {
  readonly name: string;
  readonly verdict: string;
  readonly exitCode: number;
  readonly why: string;
}

/** `superseded` are released files of which a later version of the format makes something else, check results included. */
export const { cases: CORRECTIONS, superseded: SUPERSEDED }: Record<'cases' | 'superseded', readonly Correction[]> =
  JSON.parse(readFileSync(new URL('../corrections.json', import.meta.url), 'utf8'));

/** What a released case must come out as today. */
export const corrected = <T extends Pick<IndexEntry, 'name' | 'verdict' | 'exitCode'>>(released: T): T => {
  const { verdict, exitCode } = CORRECTIONS.find(({ name }) => name === released.name) ?? released;
  return { ...released, verdict, exitCode };
};

/** The files that a case may hand in. */
export const HANDED_IN = new Map<string, Uint8Array>([
  ['work.txt', FILE_CONTENT],
  ['other.txt', utf8('another work\n')],
]);

/** The released sets, each a folder; a released set is neither changed nor added to. */
export const SETS = ['v1', 'v1-later', 'v2-later'] as const;

export async function makeVectors(
  set: (typeof SETS)[number],
): Promise<{ files: Map<string, Uint8Array>; index: IndexEntry[] }> {
  const cases = await casesOf(set);
  const handedIn = set === 'v1' ? [...HANDED_IN] : [];
  const files = new Map<string, Uint8Array>(handedIn.map(([name, bytes]) => [`files/${name}`, bytes]));
  const index: IndexEntry[] = [];
  for (const one of cases) {
    if (index.some(({ name }) => name === one.name)) throw new RangeError(`${one.name} is there twice`);
    index.push(await makeEntry(one, files));
  }
  files.set('index.json', utf8(`${JSON.stringify({ v: set === 'v2-later' ? 2 : 1, cases: index }, null, 1)}\n`));
  return { files, index };
}

async function casesOf(set: (typeof SETS)[number]): Promise<Case[]> {
  if (set === 'v2-later') return chainWitnessCases();
  if (set === 'v1-later') return laterCases();
  return [...(await goodCases()), ...(await badCases()), ...(await forgedCases()), ...(await unreadableCases())];
}

async function makeEntry(one: Case, files: Map<string, Uint8Array>): Promise<IndexEntry> {
  const subject = one.subject ?? 'bundle';
  const bytes = bytesOfFile(one.file);
  const trust = one.trust === undefined ? undefined : trustBytes(one.trust);
  const report = await verifyCase(one, bytesOfFile(one.judgedAs ?? one.file), trust);
  requireExpected(one, report);
  const file = `${one.name}.${subject === 'bundle' ? 'proof' : 'absence'}.json`;
  files.set(file, bytes);
  const trustName = trust && `trust/${toHex(sha256(trust)).slice(0, 16)}.trust.json`;
  if (trust && trustName) files.set(trustName, trust);
  const { padTo, trustPadTo, maxStatusAgeSeconds, node } = one;
  return {
    name: one.name,
    about: one.about,
    subject,
    file,
    ...(padTo !== undefined && { padTo }),
    ...(trustName && { trust: trustName }),
    ...(trustPadTo !== undefined && { trustPadTo }),
    files: (one.files ?? []).map((name) => `files/${name}`),
    now: NOW,
    ...(maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds }),
    ...(node !== undefined && { node }),
    ...(one.released ?? { verdict: report.verdict, exitCode: report.exitCode }),
    ...(report.error && { error: report.error.code }),
    checks: Object.fromEntries(report.checks.map((check) => [check.name, resultText(check)])),
  };
}

export async function verifyCase(
  one: Pick<Case, 'subject' | 'padTo' | 'trustPadTo' | 'files' | 'node' | 'maxStatusAgeSeconds'>,
  file: Uint8Array,
  trustFile: Uint8Array | undefined,
): Promise<Report> {
  const bytes = padded(file, one.padTo);
  const trust = trustFile && padded(trustFile, one.trustPadTo);
  const now = new Date(NOW);
  const shared = { now, ...(trust && { trust }), ...(one.node && { node: nodePort(one.node) }) };
  if (one.subject === 'absence') return verifyAbsence(bytes, shared);
  const files = await Promise.all((one.files ?? []).map(digestsOf));
  const { maxStatusAgeSeconds } = one;
  const age = maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds };
  return verifyBundle(bytes, { ...shared, ...age, files });
}

export function resultText(check: CheckResult): string {
  if (check.outcome === 'passed') return 'passed';
  return check.outcome === 'failed' ? `failed ${check.code}` : `not-run ${check.reason}`;
}

async function digestsOf(name: string): Promise<{ name: string; size: number; sha256: string; sm3: string }> {
  const bytes = HANDED_IN.get(name);
  if (!bytes) throw new RangeError(`no file ${name}`);
  return { name, size: bytes.length, sha256: toHex(sha256(bytes)), sm3: toHex(await sm3(bytes)) };
}

// What the author of a case wrote down must be what comes out: verdict, error, and exactly these failures.
function requireExpected(one: Case, report: Report): void {
  const failed = report.checks.flatMap((check) => (check.outcome === 'failed' ? [[check.name, check.code]] : []));
  const witnesses =
    one.witnesses && report.checks.flatMap((check) => (check.name === 'witnesses' ? [resultText(check)] : []));
  const found = JSON.stringify({ verdict: report.verdict, error: report.error?.code, failed, witnesses });
  const wanted = { failed: Object.entries(one.failed ?? {}), witnesses: one.witnesses && [one.witnesses] };
  const expected = JSON.stringify({ verdict: one.verdict, error: one.error, ...wanted });
  if (found !== expected) throw new RangeError(`${one.name}: expected ${expected}, found ${found}`);
}

function padded(bytes: Uint8Array, length = bytes.length): Uint8Array {
  const all = new Uint8Array(length).fill(0x20);
  all.set(bytes);
  return all;
}

function bytesOfFile(file: Case['file']): Uint8Array {
  if (file instanceof Uint8Array) return file;
  return typeof file === 'string' ? utf8(file) : encodeBundle(file);
}

const trustBytes = (trust: NonNullable<Case['trust']>): Uint8Array =>
  typeof trust === 'string' ? utf8(trust) : canonicalBytes(trust);
