// X.509 certificates of a token and of the trust file, parsed by pkijs, and the path from a signer to an authority (RFC 5280 §6).
// No certificate is looked up and no revocation asked: a reader who no longer trusts an authority takes it out of the trust file.
import { OctetString } from 'asn1js';
import * as pkijs from 'pkijs';
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { type Der, readDer, TAG } from './der.ts';
import { algorithmOf, SIGNATURES } from './oids.ts';
import { isEcSignature, malformed, type Signer } from './token.ts';

export interface Certificate {
  readonly raw: Uint8Array;
  /** DER of the names, and the content of the serial number. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly key: 'RSA' | 'EC';
  /** The kind of key that signed it. */
  readonly signedBy: 'RSA' | 'EC';
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly parsed: pkijs.Certificate;
}

interface Extension {
  readonly isCritical: boolean;
  /** Of those that are understood. */
  readonly content: Der | undefined;
}

const KEY_USAGE = '551d0f';
const BASIC_CONSTRAINTS = '551d13';
const CERTIFICATE_POLICIES = '551d20';
const EXTENDED_KEY_USAGE = '551d25';
const UNDERSTOOD: readonly string[] = [KEY_USAGE, BASIC_CONSTRAINTS, CERTIFICATE_POLICIES, EXTENDED_KEY_USAGE];
const TIME_STAMPING = '2b06010505070308';
const ANY_PURPOSE = '551d2500';
/** Bits of the first byte of a key usage. */
const MAY_SIGN = 0x80 | 0x40;
const MAY_CERTIFY = 0x04;
const RSA = '2a864886f70d010101';
const EC = '2a8648ce3d0201';
/** P-256, P-384 and P-521. */
const CURVES: readonly string[] = ['2a8648ce3d030107', '2b81040022', '2b81040023'];
const MIN_RSA_BITS = 2048;

/** Parses a certificate. Throws VerificationError `witness-malformed`, also for SHA-1 and short keys. */
export function parseCertificate(der: Der): Certificate {
  const [body, algorithm, signature] = der.children;
  // Without the version, which is the only member with this tag.
  const [serial, inner, issuer, , subject, key, ...rest] = body?.children.filter(({ tag }) => tag !== 0xa0) ?? [];
  if (!serial || !inner || !issuer || !subject || !key || !algorithm || !signature) throw malformed(OTHER_FORM);
  if (!equalBytes(inner.raw, algorithm.raw) || signature.content[0] !== 0) throw malformed(OTHER_FORM);
  const signedBy = SIGNATURES.get(algorithmOf(algorithm) ?? '');
  if (signedBy?.hash === undefined) throw malformed('a certificate signed by an algorithm that is not on the list');
  const isEcSigned = signedBy.key === 'EC';
  if (isEcSigned && !isEcSignature(signature.content.subarray(1))) throw malformed(OTHER_FORM);
  return {
    raw: der.raw,
    serial: serial.content,
    issuer: issuer.raw,
    subject: subject.raw,
    key: keyOf(key),
    signedBy: signedBy.key,
    extensions: extensionsOf(rest.find(({ tag }) => tag === 0xa3)),
    parsed: parse(der.raw),
  };
}

const OTHER_FORM = 'a certificate of another form';

function parse(raw: Uint8Array): pkijs.Certificate {
  try {
    return pkijs.Certificate.fromBER(raw.slice());
  } catch {
    throw malformed(OTHER_FORM);
  }
}

function keyOf({ children: [algorithm, bits] }: Der): Certificate['key'] {
  const [id, parameters] = algorithm?.children ?? [];
  const name = id && toHex(id.content);
  if (name === EC && parameters && CURVES.includes(toHex(parameters.content))) return 'EC';
  if (name === RSA && bits && bitsOfModulus(bits.content.subarray(1)) >= MIN_RSA_BITS) return 'RSA';
  throw malformed('a key that is not on the list');
}

function bitsOfModulus(rsaPublicKey: Uint8Array): number {
  const [modulus] = readDer(rsaPublicKey).children;
  return modulus ? BigInt(`0x${toHex(modulus.content)}`).toString(2).length : 0;
}

function extensionsOf(wrapped: Der | undefined): Certificate['extensions'] {
  const extensions = new Map<string, Extension>();
  for (const { children } of wrapped?.children[0]?.children ?? []) {
    const [id, ...rest] = children;
    const value = rest.at(-1);
    const name = id && toHex(id.content);
    if (name === undefined || value?.tag !== TAG.octetString || extensions.has(name)) throw malformed(OTHER_FORM);
    const isCritical = rest.length === 2 && rest[0]?.tag === TAG.boolean && rest[0].content[0] === 0xff;
    extensions.set(name, { isCritical, content: UNDERSTOOD.includes(name) ? readDer(value.content) : undefined });
  }
  return extensions;
}

/** Whether a certificate may sign time stamps and nothing else (RFC 3161 §2.3), and its key may sign. */
export function isTimeStamping(certificate: Certificate): boolean {
  const purposes = purposesOf(certificate);
  const isOnly = purposes?.length === 1 && purposes[0] === TIME_STAMPING;
  const isCritical = certificate.extensions.get(EXTENDED_KEY_USAGE)?.isCritical === true;
  return isCritical && isOnly && hasKeyUsage(certificate, MAY_SIGN);
}

/**
 * The authority that the path from the signer ends in, or undefined. On a path each certificate is valid at the time, issued by
 * the next, and has no critical extension that is not understood.
 */
export async function findAuthority(
  signer: Certificate,
  others: readonly Certificate[],
  authorities: readonly Certificate[],
  at: Date,
): Promise<Certificate | undefined> {
  const walk = async (
    from: Certificate,
    left: readonly Certificate[],
    below: number,
  ): Promise<Certificate | undefined> => {
    if (!isUsable(from, at)) return undefined;
    const same = authorities.find(({ raw }) => equalBytes(raw, from.raw));
    if (same) return same;
    for (const authority of authorities) {
      if (isUsable(authority, at) && mayIssue(authority, below) && (await isIssuer(authority, from))) return authority;
    }
    for (const next of left) {
      if (!mayIssue(next, below) || !(await isIssuer(next, from))) continue;
      const rest = left.filter((one) => one !== next);
      const found = await walk(next, rest, below + 1);
      if (found) return found;
    }
    return undefined;
  };
  return walk(signer, others, 0);
}

/** Whether `issuer` has the name and the key that signed `certificate`. */
export async function isIssuer(issuer: Certificate, certificate: Certificate): Promise<boolean> {
  if (!equalBytes(issuer.subject, certificate.issuer) || issuer.key !== certificate.signedBy) return false;
  return isTrue(() => certificate.parsed.verify(issuer.parsed, engine()));
}

/** Whether the key of a certificate made the signature of a token. */
export async function isSignedBy(certificate: Certificate, signer: Signer): Promise<boolean> {
  if (certificate.key !== signer.key) return false;
  return isTrue(() =>
    engine().verifyWithPublicKey(
      signer.attributes.slice(),
      new OctetString({ valueHex: signer.signature }),
      certificate.parsed.subjectPublicKeyInfo,
      pkijs.AlgorithmIdentifier.fromBER(signer.algorithm.slice()),
      signer.digest,
    ),
  );
}

const engine = (): pkijs.CryptoEngine => new pkijs.CryptoEngine({ name: 'webcrypto', crypto: globalThis.crypto });

/** A key or signature that the platform cannot use proves nothing. */
async function isTrue(verify: () => Promise<boolean>): Promise<boolean> {
  try {
    return await verify();
  } catch {
    return false;
  }
}

/** How people call a certificate: its common name, or its organisation. */
export function nameOf({ parsed }: Certificate): string {
  const names = parsed.subject.typesAndValues;
  const named = names.find(({ type }) => type === '2.5.4.3') ?? names.find(({ type }) => type === '2.5.4.10');
  return String(named?.value.valueBlock.value ?? '').slice(0, 200);
}

/** The last instant at which it is valid. */
export const endOf = ({ parsed }: Certificate): number => parsed.notAfter.value.getTime();

function isUsable({ parsed, extensions }: Certificate, at: Date): boolean {
  const isValid = parsed.notBefore.value <= at && at <= parsed.notAfter.value;
  return isValid && [...extensions].every(([id, { isCritical }]) => !isCritical || UNDERSTOOD.includes(id));
}

function mayIssue(certificate: Certificate, below: number): boolean {
  const [isAuthority, limit] = contentOf(certificate, BASIC_CONSTRAINTS)?.children ?? [];
  const isShortEnough = !limit || (limit.content.length === 1 && below <= (limit.content[0] ?? 0));
  const purposes = purposesOf(certificate);
  const isForStamps = !purposes || purposes.includes(TIME_STAMPING) || purposes.includes(ANY_PURPOSE);
  const isMarked = isAuthority?.tag === TAG.boolean && isAuthority.content[0] === 0xff;
  return isMarked && isShortEnough && isForStamps && hasKeyUsage(certificate, MAY_CERTIFY);
}

/** A certificate without a key usage may be used for anything. */
function hasKeyUsage(certificate: Certificate, bits: number): boolean {
  const usage = contentOf(certificate, KEY_USAGE);
  return !usage || ((usage.content[1] ?? 0) & bits) !== 0;
}

function purposesOf(certificate: Certificate): readonly string[] | undefined {
  return contentOf(certificate, EXTENDED_KEY_USAGE)?.children.map(({ content }) => toHex(content));
}

const contentOf = ({ extensions }: Certificate, id: string): Der | undefined => extensions.get(id)?.content;
