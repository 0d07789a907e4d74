// Check 13: outside parties that countersigned the batch's root. Bundles of version 1 carry their tokens and none is judged.
import type { Bundle, ChainWitness, TokenWitness } from '../bundle/bundle.ts';
import { BUNDLE_MEDIA_TYPE } from '../bundle/bundle.ts';
import type { Header } from '../chain/header.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../checks/chain-view.ts';
import { judgeChain } from '../checks/chain-witness.ts';
import { type Captured, NotRun } from '../checks/run.ts';
import type { SharedChecks } from '../checks/shared.ts';
import { fromBase64, fromHex } from '../encoding/bytes.ts';
import { canonicalBytes } from '../encoding/canonical.ts';
import { VerificationError } from '../errors.ts';
import {
  type ChainFact,
  type Finding,
  formatSeconds,
  partyOf,
  type TokenFact,
  trustedTimeOf,
  type WitnessFact,
} from '../report.ts';
import type { TrustFile } from '../trust/trust-file.ts';

export interface WitnessQuestion {
  readonly bundle: Bundle;
  readonly trust: TrustFile | undefined;
  readonly notBefore: Captured<Header>;
  readonly now: Date;
  readonly shared: SharedChecks | undefined;
}

/** What became of the witnesses: a fact for each that was judged, and the first failure. */
export interface JudgedWitnesses {
  readonly facts: readonly WitnessFact[];
  readonly error?: VerificationError;
}

/** Judges each witness in its turn, up to the first that breaks a rule. */
export async function judgeWitnesses(question: WitnessQuestion): Promise<JudgedWitnesses> {
  const { mediaType, witnesses = [] } = question.bundle;
  const hasTokens = witnesses.some(({ kind }) => kind !== 'chain');
  if (mediaType === BUNDLE_MEDIA_TYPE || (hasTokens && !canVerify())) return { facts: [] };
  const tokens = hasTokens ? await import('./rfc3161.ts') : undefined;
  const authorities = tokens?.readAuthorities(question.trust?.timestampAuthorities ?? []) ?? [];
  const facts: WitnessFact[] = [];
  for (const [place, witness] of witnesses.entries()) {
    try {
      if (witness.kind === 'chain') facts.push(chainFact(question, witness));
      else if (tokens) {
        const judged = await tokens.judgeToken(
          fromBase64(witness.token),
          messageOf(question.bundle, place),
          authorities,
        );
        facts.push(tokenFact(question, witness, judged, facts));
      }
    } catch (error) {
      if (error instanceof VerificationError) return { facts, error };
      throw error;
    }
  }
  return { facts };
}

/** Pages that came without encryption have no cryptography (W3C Secure Contexts): no token is judged there. */
const canVerify = (): boolean => globalThis.crypto?.subtle !== undefined;

export function checkWitnesses({ bundle, trust, notBefore }: WitnessQuestion, judged: JudgedWitnesses): Finding {
  if (judged.error) throw judged.error;
  const required = trust?.requiredWitnesses ?? 0;
  // Several tokens of one authority, or several contracts on one chain, are the word of one party.
  const found = new Set(judged.facts.flatMap((fact) => partyOf(fact) ?? [])).size;
  if (found < required) {
    const detail = 'fewer witnesses that the trust file names than it requires';
    throw new VerificationError('witnesses-missing', detail, {
      expected: `at least ${required}`,
      found: String(found),
    });
  }
  if (!bundle.witnesses) throw new NotRun('no-witnesses', 'the bundle has no witness');
  if (judged.facts.length === 0) {
    throw new NotRun('witness-unsupported', `${bundle.witnesses.length} witnesses are carried and not judged`);
  }
  if (!trust) throw new NotRun('no-trust-file', 'the tokens hold; whose word a witness is, only a trust file says');
  if (judged.facts.every((fact) => trustedTimeOf(fact) === undefined)) throw untrusted(judged.facts);
  if ('error' in notBefore) throw new NotRun('earlier-failed', 'needs the not-before header');
  return { detail: `${found} witnesses`, found: String(found) };
}

const untrusted = (facts: readonly WitnessFact[]): NotRun =>
  facts.every((fact) => fact.kind === 'chain' && fact.standing === 'own-chain')
    ? new NotRun('witness-not-independent', "the proof's own chain is no witness of itself")
    : new NotRun('witness-untrusted', 'no witness is an authority or a sealed network of the trust file');

function messageOf({ statement, anchor, witnesses = [] }: Bundle, place: number): Uint8Array {
  const { root } = anchor.batch;
  if (witnesses[place]?.kind === 'rfc3161') return fromHex(root);
  return canonicalBytes({ registry: statement.registry, root, witnesses: witnesses.slice(0, place) });
}

function chainFact(question: WitnessQuestion, witness: ChainWitness): ChainFact {
  const { bundle, trust, shared } = question;
  const { chainId, contract } = witness;
  const { statement, anchor } = bundle;
  const sources = { trust, shared };
  const judged = judgeChain(witness, { registry: statement.registry, batch: anchor.batch, sources });
  const fact = { kind: 'chain', chainId, contract, standing: judged.standing } as const;
  if (judged.standing !== 'sealed') return fact;
  const time = formatSeconds(judged.seconds);
  requireTime({ ms: judged.seconds * 1000n, stated: time }, question);
  return { ...fact, time };
}

function tokenFact(
  question: WitnessQuestion,
  { kind }: TokenWitness,
  { timeMs, authority }: { timeMs: number; authority?: NonNullable<TokenFact['authority']> },
  earlier: readonly WitnessFact[],
): TokenFact {
  const time = new Date(timeMs).toISOString();
  if (authority) requireTime({ ms: BigInt(timeMs), stated: time }, question, kind === 'renewal' ? earlier : []);
  return { kind, time, ...(authority && { authority }) };
}

function requireTime(
  { ms, stated }: { readonly ms: bigint; readonly stated: string },
  { notBefore, now }: WitnessQuestion,
  earlier: readonly WitnessFact[] = [],
): void {
  const latest = now.getTime() + CLOCK_TOLERANCE_SECONDS * 1000;
  const start = 'value' in notBefore ? notBefore.value.timestamp : 0n;
  const last = earlier.flatMap((fact) => trustedTimeOf(fact) ?? []).findLast((time) => Date.parse(time) > Number(ms));
  if (ms < start * 1000n || last !== undefined) {
    throw new VerificationError('witness-time-order', 'the witness is older than what it is about', {
      expected: `${last ?? formatSeconds(start)} or later`,
      found: stated,
    });
  }
  if (ms > BigInt(latest)) {
    throw new VerificationError('witness-in-future', 'the witness is later than the time of verification', {
      expected: `at most ${new Date(latest).toISOString()}`,
      found: stated,
    });
  }
}
