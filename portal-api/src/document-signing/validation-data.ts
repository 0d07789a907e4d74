// SPDX-License-Identifier: Apache-2.0
// What shows, long after, that no certificate of a signature was revoked when it was made (PAdES B-LT, ETSI EN 319 142-1): the
// certificates, and what their authorities said of them. It is had before the signature, which then covers it like every page.
import { randomBytes, X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';
import { PartMissing } from '../queue/failures.ts';
import type { StampTime } from './cms.ts';
import type { ValidationData } from './document-signer.ts';
import { askAuthority, type RevocationAnswer } from './revocation-answers.ts';

/** Undefined: it cannot be had. Throws PartMissing `signer-revoked`: what is signed now would be worth nothing. */
export type FindValidationData = () => Promise<ValidationData | undefined>;

interface Parts {
  /** DER of the signer's certificate and those that issued it. */
  signer: readonly Uint8Array[];
  /** With the PEM of its authority. */
  timeStamps?: { stamp: StampTime; certificate: string } | undefined;
  onFailure: (error: unknown) => void;
  now?: () => number;
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const EXTENDED_USAGE = '2.5.29.37';
/** A revocation is noticed within this time. */
const HELD_MS = 3_600_000;
/** After a failure. */
const AGAIN_MS = 300_000;
/** Certificates stay small enough to be sent and kept. */
const MOST_BYTES = 65_536;

export function openValidationData({ signer, timeStamps, onFailure, now = Date.now }: Parts): FindValidationData {
  const own = signer.map(certificateOf);
  let held: Held = { data: undefined, untilMs: 0 };

  async function ask(nowMs: number): Promise<Held> {
    const paths = [pathOf(own[0], own)];
    if (timeStamps) paths.push(await pathOfTimeStamps(timeStamps));
    const path = paths.flat();
    const answers = await Promise.all(paths.flatMap((each) => answersOf(each, nowMs)));
    const untilMs = Math.min(nowMs + HELD_MS, ...answers.map((answer) => answer?.untilMs ?? Number.POSITIVE_INFINITY));
    return { data: dataOf(path, answers), untilMs };
  }

  return async () => {
    const nowMs = now();
    // Two that ask at the same time are both answered rightly.
    if (nowMs >= held.untilMs)
      held = await ask(nowMs).catch((error: unknown) => {
        if (error instanceof PartMissing) throw error;
        onFailure(error);
        return { data: undefined, untilMs: nowMs + AGAIN_MS };
      });
    return held.data;
  };
}

interface Held {
  data: ValidationData | undefined;
  untilMs: number;
}

const certificateOf = (der: Uint8Array): pkijs.Certificate => pkijs.Certificate.fromBER(der.slice());

/** From a certificate upwards, as far as the issuers are there. */
function pathOf(from: pkijs.Certificate | undefined, among: readonly pkijs.Certificate[]): pkijs.Certificate[] {
  if (!from) return [];
  const path = [from];
  for (const each of path) {
    const issuer = among.find((one) => !path.includes(one) && each.issuer.isEqual(one.subject));
    if (issuer && !isSelfSigned(each)) path.push(issuer);
  }
  return path;
}

const isSelfSigned = ({ issuer, subject }: pkijs.Certificate): boolean => issuer.isEqual(subject);

/** Which certificate signs time stamps is known only from one. */
async function pathOfTimeStamps({ stamp, certificate }: NonNullable<Parts['timeStamps']>) {
  const { content } = pkijs.ContentInfo.fromBER((await stamp(randomBytes(32))).slice());
  const { certificates = [] } = new pkijs.SignedData({ schema: content });
  const sent = certificates.filter((each) => each instanceof pkijs.Certificate);
  const authority = certificateOf(new X509Certificate(certificate).raw);
  return pathOf(sent.find(isForTimeStamps) ?? authority, [...sent, authority]);
}

function isForTimeStamps({ extensions = [] }: pkijs.Certificate): boolean {
  const usage: unknown = extensions.find(({ extnID }) => extnID === EXTENDED_USAGE)?.parsedValue;
  return usage instanceof pkijs.ExtKeyUsage && usage.keyPurposes.includes(TIME_STAMPING);
}

/** One for each but the root, which nobody can revoke. */
function answersOf(path: readonly pkijs.Certificate[], nowMs: number): Promise<RevocationAnswer | undefined>[] {
  return path
    .filter((certificate) => !isSelfSigned(certificate))
    .map(async (certificate) => {
      const [issuer, ...above] = path.slice(path.indexOf(certificate) + 1);
      if (!issuer) return undefined;
      const answer = await askAuthority({ certificate, issuers: [issuer, ...above], nowMs });
      if (answer?.isRevoked)
        throw new PartMissing(
          'signer-revoked',
          'a certificate of the signature was revoked by its authority',
          undefined,
        );
      return answer;
    });
}

/** All or nothing: a reader who lacks one answer has to ask anyway. */
function dataOf(
  path: readonly pkijs.Certificate[],
  answers: readonly (RevocationAnswer | undefined)[],
): ValidationData | undefined {
  const found = answers.filter((answer) => answer !== undefined);
  const of = (kind: RevocationAnswer['kind']) =>
    found.filter((answer) => answer.kind === kind).map(({ bytes }) => bytes);
  const data = {
    certificates: path.map((certificate) => new Uint8Array(certificate.toSchema(true).toBER())),
    ocsps: of('ocsp'),
    crls: of('crl'),
  };
  const size = Object.values(data)
    .flat()
    .reduce((sum, { length }) => sum + length, 0);
  return answers.length > 0 && found.length === answers.length && size <= MOST_BYTES ? data : undefined;
}
