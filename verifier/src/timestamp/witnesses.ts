// Check 13: outside parties that countersigned the batch's root. Bundles of version 1 carry their tokens and none is judged.
import type { Bundle, Witness } from '../bundle/bundle.ts';
import { BUNDLE_MEDIA_TYPE } from '../bundle/bundle.ts';
import type { Header } from '../chain/header.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../checks/chain-view.ts';
import { type Captured, NotRun } from '../checks/run.ts';
import { fromBase64, fromHex } from '../encoding/bytes.ts';
import { canonicalBytes } from '../encoding/canonical.ts';
import { VerificationError } from '../errors.ts';
import { type Finding, formatSeconds, type WitnessFact } from '../report.ts';
import type { TrustFile } from '../trust/trust-file.ts';

export interface WitnessQuestion {
  readonly bundle: Bundle;
  readonly trust: TrustFile | undefined;
  readonly notBefore: Captured<Header>;
  readonly now: Date;
}

/** What became of the witnesses: a fact for each that was judged, and the first failure. */
export interface JudgedWitnesses {
  readonly facts: readonly WitnessFact[];
  readonly error?: VerificationError;
}

/** Judges each token in its turn, up to the first that breaks a rule. */
export async function judgeWitnesses(question: WitnessQuestion): Promise<JudgedWitnesses> {
  const { bundle, trust } = question;
  const { mediaType, witnesses = [] } = bundle;
  if (mediaType === BUNDLE_MEDIA_TYPE || witnesses.length === 0 || !canVerify()) return { facts: [] };
  const { judgeToken, readAuthorities } = await import('./rfc3161.ts');
  const authorities = readAuthorities(trust?.timestampAuthorities ?? []);
  const facts: WitnessFact[] = [];
  for (const [place, witness] of witnesses.entries()) {
    try {
      const judged = await judgeToken(fromBase64(witness.token), messageOf(bundle, place), authorities);
      if (judged.authority) requireTime(judged.timeMs, question, witness.kind === 'renewal' ? facts : []);
      facts.push(factOf(witness, judged));
    } catch (error) {
      if (error instanceof VerificationError) return { facts, error };
      throw error;
    }
  }
  return { facts };
}

/** Pages that came without encryption have no cryptography (W3C Secure Contexts): nothing is judged there. */
const canVerify = (): boolean => globalThis.crypto?.subtle !== undefined;

export function checkWitnesses({ bundle, trust, notBefore }: WitnessQuestion, judged: JudgedWitnesses): Finding {
  if (judged.error) throw judged.error;
  const required = trust?.requiredWitnesses ?? 0;
  const trusted = judged.facts.filter(({ authority }) => authority !== undefined);
  const found = countAuthorities(trusted);
  if (found < required) {
    const detail = 'fewer witnesses that the trust file names than it requires';
    throw new VerificationError('witnesses-missing', detail, {
      expected: `at least ${required}`,
      found: String(found),
    });
  }
  if (!bundle.witnesses) throw new NotRun('no-witnesses', 'the bundle has no witness');
  if (judged.facts.length === 0) {
    throw new NotRun('witness-unsupported', `${bundle.witnesses.length} RFC 3161 tokens are carried and not judged`);
  }
  if (!trust) throw new NotRun('no-trust-file', 'the tokens hold; who made them is for a trust file to say');
  if (trusted.length === 0) throw new NotRun('witness-untrusted', 'no token leads to an authority of the trust file');
  if ('error' in notBefore) throw new NotRun('earlier-failed', 'needs the not-before header');
  return { detail: `${found} witnesses`, found: String(found) };
}

/** Several tokens of one authority are the word of one party; a renewal vouches for what is older. */
function countAuthorities(trusted: readonly WitnessFact[]): number {
  const stamps = trusted.filter(({ kind }) => kind === 'rfc3161');
  return new Set(stamps.map(({ authority }) => authority?.sha256)).size;
}

function messageOf({ statement, anchor, witnesses = [] }: Bundle, place: number): Uint8Array {
  const { root } = anchor.batch;
  if (witnesses[place]?.kind === 'rfc3161') return fromHex(root);
  return canonicalBytes({ registry: statement.registry, root, witnesses: witnesses.slice(0, place) });
}

function requireTime(timeMs: number, { notBefore, now }: WitnessQuestion, earlier: readonly WitnessFact[]): void {
  const stated = new Date(timeMs).toISOString();
  const latest = now.getTime() + CLOCK_TOLERANCE_SECONDS * 1000;
  const start = 'value' in notBefore ? notBefore.value.timestamp : 0n;
  const last = earlier.findLast(({ authority, time }) => authority && Date.parse(time) > timeMs);
  if (BigInt(timeMs) < start * 1000n || last) {
    throw new VerificationError('witness-time-order', 'the token is older than what it is about', {
      expected: `${last?.time ?? formatSeconds(start)} or later`,
      found: stated,
    });
  }
  if (timeMs > latest) {
    throw new VerificationError('witness-in-future', 'the token is later than the time of verification', {
      expected: `at most ${new Date(latest).toISOString()}`,
      found: stated,
    });
  }
}

function factOf(
  { kind }: Witness,
  { timeMs, authority }: { timeMs: number; authority?: { sha256: string; name: string } },
): WitnessFact {
  return { kind, time: new Date(timeMs).toISOString(), ...(authority && { authority }) };
}
