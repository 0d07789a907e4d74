// SPDX-License-Identifier: Apache-2.0
// The stories of the look-up page: by number, by proof, by file. Each ends in something that was verified here, or says why not.
import { type FileDigest, mediaTypeOf, parseBundle } from '@inkseal/verifier';
import { cleanNumber } from '../ui/clean.ts';
import type { StatedOutcome } from './outcome.ts';
import {
  askAbsence,
  askBundle,
  askDigest,
  askEarlier,
  askNumber,
  askShared,
  askTrust,
  type DigestMatch,
  type EarlierCertificate,
  type LookupAnswer,
  LookupError,
} from './portal.ts';
import { isOurs, ownKindOf, readNumber } from './read-number.ts';
import type { ReceiptJudgement } from './receipt.ts';
import { registrationNumberIn } from './record.ts';
import { type GivenTrust, type Trust, visitorTrust } from './trust.ts';
import { isOfOneStatement, type Origin, type Verification, verifyProof } from './verification.ts';

export type LookupResult =
  | {
      readonly kind: 'verification';
      readonly verification: Verification;
      readonly answer?: LookupAnswer;
      /** The code did not fit: what follows is what the number alone shows. */
      readonly isCodeWrong?: boolean;
    }
  | {
      readonly kind: 'stated';
      readonly outcome: StatedOutcome;
      readonly asked: string;
      readonly answer: LookupAnswer;
      readonly askedAt: Date;
    }
  | { readonly kind: 'earlier'; readonly certificate: EarlierCertificate; readonly askedAt: Date }
  | { readonly kind: 'receipt'; readonly judgement: ReceiptJudgement }
  | { readonly kind: 'matches'; readonly file: FileDigest; readonly matches: readonly DigestMatch[] };

export interface Given {
  readonly files: readonly FileDigest[];
  /** The visitor's own trust files; without one the portal's is used. */
  readonly trusts: GivenTrust;
}

const LONG_CODE = /^[A-Za-z0-9_-]{22}$/;

/** A typed code without its spaces, in capitals; the long one of a QR code is left as it is. */
export function readCode(typed: string): string | undefined {
  const code = cleanNumber(typed);
  if (LONG_CODE.test(code)) return code;
  return code.replaceAll('-', '').toUpperCase() || undefined;
}

/** Looks up what was asked for: a number of ours, or of a 历史证书 where we have none of that number. Throws LookupError. */
export async function lookUpNumber(asked: string, code: string | undefined, given: Given): Promise<LookupResult> {
  const number = readNumber(asked);
  const isForeign = number === undefined || !isOurs(number);
  const earlier = isForeign ? await lookUpEarlier(asked) : undefined;
  if (earlier) return earlier;
  if (number === undefined) throw new LookupError('number-malformed');
  return lookUpOurs(number, code, given);
}

async function lookUpEarlier(asked: string): Promise<LookupResult | undefined> {
  const certificate = await askEarlier(asked).catch(undefinedFor('number-not-found'));
  return certificate && { kind: 'earlier', certificate, askedAt: new Date() };
}

/** Looks a number up and verifies what comes back. */
async function lookUpOurs(number: string, code: string | undefined, given: Given): Promise<LookupResult> {
  const trust = await trustOf(given);
  const own = ownKindOf(number);
  const open = (code && !own && (await unlock(number, code))) || undefined;
  const plain = open ?? (await askNumber(number, undefined).catch(undefinedFor('number-not-found')));
  // The code is of the certificate: behind an order number it opens the certificate's own.
  const behind =
    !open && code && plain?.number && plain.number !== number ? await unlock(plain.number, code) : undefined;
  const unlocked = open ?? behind;
  const answer = behind && plain ? { ...behind, typed: plain.typed } : plain;
  // No chain can show that such a number was never given.
  if (!answer && own) {
    const earlier = own === 'registration' ? await lookUpEarlier(number) : undefined;
    if (earlier) return earlier;
    throw new LookupError(`${own}-unknown`);
  }
  if (!answer) return verifyNeverIssued(number, trust);
  if (answer.number === null || (answer.status !== 'final' && answer.status !== 'revoked')) {
    const outcome = answer.status === 'final' || answer.status === 'revoked' ? 'pending' : answer.status;
    return { kind: 'stated', outcome, asked: number, answer, askedAt: new Date() };
  }
  const proof = answer.bundle === undefined ? await askBundle(answer.number) : utf8(answer.bundle);
  requireNumber(numberOf(proof), answer.typed === 'certificate-number' ? number : answer.number);
  const verified = await verifyProof({ proof, source: 'portal', trust, files: given.files });
  const verification = answer.isRightsEvent ? { ...verified, isRightsEvent: true } : verified;
  if (own === 'registration') requireNumber(registrationNumberIn(verification.bundle), number);
  return { kind: 'verification', verification, answer, isCodeWrong: code !== undefined && !unlocked };
}

/** Shows what a share link leads to, and verifies it. Throws LookupError. */
export async function lookUpShared(token: string, given: Given): Promise<LookupResult> {
  const trust = await trustOf(given);
  const answer = await openOnce(token);
  if (answer.number === null || answer.bundle === undefined) throw new LookupError('portal-failed');
  const proof = utf8(answer.bundle);
  requireNumber(numberOf(proof), answer.number);
  const verification = await verifyProof({ proof, source: 'portal', trust, files: given.files });
  return { kind: 'verification', verification, answer };
}

/** What share links led to while this page is open: files that are chosen afterwards are no further opening. */
const opened = new Map<string, Promise<LookupAnswer>>();

function openOnce(token: string): Promise<LookupAnswer> {
  const known = opened.get(token);
  if (known !== undefined) return known;
  const answer = askShared(token);
  opened.set(token, answer);
  answer.catch(() => opened.delete(token));
  return answer;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Verifies a proof that the visitor brought, with the newest status that the portal can give. */
export async function lookUpProof(
  proof: Uint8Array,
  { source, contents, pdf }: Origin,
  given: Given,
): Promise<LookupResult> {
  const trust = await trustOf(given).catch((): Trust => ({ origin: 'none' }));
  const number = numberOf(proof);
  const fresh = number === undefined ? undefined : await askBundle(number).catch(() => undefined);
  const hand = { proof, source, contents, pdf, trust, files: given.files };
  const verification = await verifyProof({ ...hand, ...(fresh && { fresh }) });
  const isOurs = fresh !== undefined && isOfOneStatement(proof, fresh);
  const answer = isOurs && number !== undefined ? await askSuperseded(number) : undefined;
  return { kind: 'verification', verification, ...(answer && { answer }) };
}

/** What the portal says of a number that a later version has superseded; of any other, what the proof says is enough. */
async function askSuperseded(number: string): Promise<LookupAnswer | undefined> {
  const answer = await askNumber(number, undefined).catch(() => undefined);
  return answer?.superseded ? answer : undefined;
}

interface ReceiptGiven {
  readonly bytes: Uint8Array;
  readonly proof?: Uint8Array;
}

/** Judges an acceptance receipt, with the proof in hand or what the portal has of its number. Throws LookupError. */
export async function lookUpReceipt({ bytes, proof }: ReceiptGiven, given: Given): Promise<LookupResult> {
  // Its script comes from the site, which may be out of reach by now.
  const { judgeReceipt } = await import('./receipt.ts').catch(() => {
    throw new LookupError('offline');
  });
  const trust = await trustOf(given).catch((): Trust => ({ origin: 'none' }));
  return { kind: 'receipt', judgement: await judgeReceipt({ bytes, proof, trust, ask: askEither }) };
}

/** The bundle of a number, or the proof that it was not issued; undefined if the portal gives neither. */
const askEither = (number: string): Promise<Uint8Array | undefined> =>
  askBundle(number)
    .catch(() => askAbsence(number))
    .catch(() => undefined);

/** Asks which certificates name a file. Throws LookupError. */
export async function lookUpFile(file: FileDigest): Promise<LookupResult> {
  return { kind: 'matches', file, matches: await askDigest(file.sha256) };
}

/** The answer with the content; undefined if the code does not fit. */
function unlock(number: string, code: string): Promise<LookupAnswer | undefined> {
  return askNumber(number, code).catch(undefinedFor('lookup-code-invalid'));
}

/** Takes one code of the portal as the answer that there is nothing. */
const undefinedFor =
  (code: string) =>
  (error: unknown): undefined => {
    if (!(error instanceof LookupError) || error.code !== code) throw error;
  };

async function verifyNeverIssued(number: string, trust: Trust): Promise<LookupResult> {
  const proof = await askAbsence(number);
  const verification = await verifyProof({ proof, source: 'portal', trust, files: [] });
  requireNumber(verification.report.facts?.number, number);
  return { kind: 'verification', verification };
}

async function trustOf({ trusts }: Given): Promise<Trust> {
  return visitorTrust(trusts) ?? { origin: 'portal', bytes: await askTrust() };
}

// Threat: a portal that answers the question about one number with the sound proof of another.
function requireNumber(found: string | undefined, expected: string): void {
  if (found !== undefined && found !== expected) throw new LookupError('other-number');
}

function numberOf(proof: Uint8Array): string | undefined {
  try {
    return mediaTypeOf(proof) === undefined ? undefined : parseBundle(proof).statement.number;
  } catch {
    return undefined;
  }
}
