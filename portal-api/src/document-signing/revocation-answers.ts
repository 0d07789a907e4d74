// SPDX-License-Identifier: Apache-2.0
// Whether an authority has revoked a certificate: its answer to a question (OCSP, RFC 6960) or, where the certificate names no
// responder, its list (CRL, RFC 5280 §5). Whatever comes from these addresses is hostile until the authority's signature holds.
import { boundedBytes, postBytes } from '@inkseal/service-kit';
import { CLOCK_TOLERANCE_SECONDS } from '@inkseal/verifier/timestamp';
import * as pkijs from 'pkijs';

const OID = {
  authorityAccess: '1.3.6.1.5.5.7.1.1',
  ocsp: '1.3.6.1.5.5.7.48.1',
  distributionPoints: '2.5.29.31',
  issuingPoint: '2.5.29.28',
};
/** A GeneralName that is an address. */
const URI = 6;
const OCSP_SUCCESSFUL = 0;
const STATUS = { good: 0, revoked: 1 };
const ANSWER_WITHIN_MS = 10_000;
const MAX_ANSWER_BYTES = 1_048_576;
const TOLERANCE_MS = CLOCK_TOLERANCE_SECONDS * 1_000;
/** For an answer that does not say until when it holds. */
const HOLDS_MS = 86_400_000;

export interface RevocationAnswer {
  kind: 'ocsp' | 'crl';
  /** DER, as it came. */
  bytes: Uint8Array;
  isRevoked: boolean;
  untilMs: number;
}

/** `issuers` begin with that of the certificate and end with a self-signed one. */
export interface Question {
  certificate: pkijs.Certificate;
  issuers: readonly [pkijs.Certificate, ...pkijs.Certificate[]];
  nowMs: number;
}

/** Undefined when the certificate names no address. Throws when nothing that can be believed comes from it. */
export async function askAuthority(question: Question): Promise<RevocationAnswer | undefined> {
  const { responder, list } = addressesOf(question.certificate);
  if (list === undefined) return responder === undefined ? undefined : askResponder(responder, question);
  if (responder === undefined) return readList(list, question);
  // An answer is some hundred bytes, a list may be thousands.
  return askResponder(responder, question).catch(() => readList(list, question));
}

function addressesOf({ extensions = [] }: pkijs.Certificate): { responder?: string; list?: string } {
  const parsed = (oid: string): unknown => extensions.find(({ extnID }) => extnID === oid)?.parsedValue;
  const access = parsed(OID.authorityAccess);
  const points = parsed(OID.distributionPoints);
  const responders =
    access instanceof pkijs.InfoAccess
      ? access.accessDescriptions.filter(({ accessMethod }) => accessMethod === OID.ocsp)
      : [];
  const lists = points instanceof pkijs.CRLDistributionPoints ? points.distributionPoints : [];
  const responder = responders.map(({ accessLocation }) => addressOf(accessLocation)).find(Boolean);
  const list = lists
    .flatMap(({ distributionPoint }) => (Array.isArray(distributionPoint) ? distributionPoint : []))
    .map(addressOf)
    .find(Boolean);
  return { ...(responder && { responder }), ...(list && { list }) };
}

/** Of the web only: directories (LDAP) are not asked. */
function addressOf({ type, value }: pkijs.GeneralName): string | undefined {
  return type === URI && /^https?:\/\//.test(value) ? value : undefined;
}

/** Without a nonce, since many responders answer from a store: their times bound how old an answer may be. */
async function askResponder(url: string, { certificate, issuers, nowMs }: Question): Promise<RevocationAnswer> {
  const [issuer] = issuers;
  const request = new pkijs.OCSPRequest();
  // Which certificate is meant, and no signature: every responder knows this hash.
  await request.createForCertificate(certificate, { hashAlgorithm: 'SHA-1', issuerCertificate: issuer });
  const bytes = await postBytes(url, {
    body: new Uint8Array(request.toSchema(true).toBER()),
    headers: { 'Content-Type': 'application/ocsp-request', Accept: 'application/ocsp-response' },
    mostBytes: MAX_ANSWER_BYTES,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const answer = await basicAnswerOf(bytes, issuers);
  const [single, ...others] = answer.tbsResponseData.responses;
  if (!single || others.length > 0) throw new RangeError('an answer about several certificates');
  const { isForCertificate, status } = await answer.getCertificateStatus(certificate, issuer);
  if (!isForCertificate) throw new RangeError('an answer about another certificate');
  if (status !== STATUS.good && status !== STATUS.revoked) throw new RangeError('the authority does not know it');
  const untilMs = requireCurrent(single.thisUpdate, single.nextUpdate, nowMs);
  return { kind: 'ocsp', bytes, isRevoked: status === STATUS.revoked, untilMs };
}

async function basicAnswerOf(bytes: Uint8Array, issuers: Question['issuers']): Promise<pkijs.BasicOCSPResponse> {
  const { responseStatus, responseBytes } = pkijs.OCSPResponse.fromBER(bytes.slice());
  if (responseStatus.valueBlock.valueDec !== OCSP_SUCCESSFUL || !responseBytes)
    throw new RangeError('the responder gives no answer');
  const answer = pkijs.BasicOCSPResponse.fromBER(responseBytes.response.valueBlock.valueHexView.slice());
  // The authority itself needs not send its certificate along.
  if (!answer.certs?.length) answer.certs = [issuers[0]];
  const isGenuine = await answer.verify({ issuerCerts: [...issuers], trustedCerts: issuers.slice(-1) });
  if (!isGenuine) throw new RangeError('an answer that the authority did not sign');
  return answer;
}

async function readList(url: string, { certificate, issuers, nowMs }: Question): Promise<RevocationAnswer> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const bytes = await boundedBytes(response, MAX_ANSWER_BYTES);
  const list = pkijs.CertificateRevocationList.fromBER(Uint8Array.from(bytes));
  const [issuer] = issuers;
  // A list of changes alone is marked by a critical extension, as is whatever else would change what it says.
  const extensions = list.crlExtensions?.extensions ?? [];
  if (extensions.some(({ critical, extnID }) => critical && extnID !== OID.issuingPoint))
    throw new RangeError('a list of another kind');
  if (!(await list.verify({ issuerCertificate: issuer })))
    throw new RangeError('a list that the authority did not sign');
  const untilMs = requireCurrent(list.thisUpdate.value, list.nextUpdate?.value, nowMs);
  return { kind: 'crl', bytes, isRevoked: list.isCertificateRevoked(certificate), untilMs };
}

/** Answers until when it holds. */
function requireCurrent(from: Date, until: Date | undefined, nowMs: number): number {
  const untilMs = until?.getTime() ?? from.getTime() + HOLDS_MS;
  if (from.getTime() > nowMs + TOLERANCE_MS || untilMs < nowMs) throw new RangeError('an answer of another time');
  return untilMs;
}
