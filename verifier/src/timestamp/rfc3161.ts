// Judges one RFC 3161 token over a message (docs/proof-format.md §9). Loaded only for a bundle that has a token: the library for
// certificates is larger than the rest of the verifier.
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import {
  type Certificate,
  endOf,
  findAuthority,
  isIssuer,
  isSignedBy,
  isTimeStamping,
  nameOf,
  parseCertificate,
} from './certificates.ts';
import { DerError } from './der.ts';
import type { HashName } from './oids.ts';
import { certificateOfPem } from './pem.ts';
import { malformed, readToken, type Token } from './token.ts';

/** A token that is good in itself: when it says the message was there and, where the trust file leads to its signer, who vouches. */
export interface JudgedToken {
  readonly timeMs: number;
  /** The SHA-256 of the authority's certificate and its name; undefined if the trust file does not lead to the signer. */
  readonly authority?: { readonly sha256: string; readonly name: string };
  /** DER content of the policy's identifier and of the nonce: no rule of a proof, but whoever asked for the token compares them. */
  readonly policy: Uint8Array;
  readonly nonce: Uint8Array | undefined;
  /** When the first of the token's certificates ends: no rule of a proof, but whoever renews tokens does so before. */
  readonly expiresMs: number;
}

/** The certificates of the trust file that can be used; one of another form, or with a weak key, is no authority. */
export function readAuthorities(pems: readonly string[]): Certificate[] {
  return pems.flatMap((pem) => {
    const der = certificateOfPem(pem);
    try {
      return der ? [parseCertificate(der)] : [];
    } catch (error) {
      if (error instanceof VerificationError || error instanceof DerError) return [];
      throw error;
    }
  });
}

/** Judges a token. Throws VerificationError with the code of the first rule that it breaks. */
export async function judgeToken(
  bytes: Uint8Array,
  message: Uint8Array,
  authorities: readonly Certificate[],
): Promise<JudgedToken> {
  const token = readToken(bytes);
  const { signer, others } = await readSigners(token);
  await requireImprint(token, message);
  await requireSignature(token, signer);
  const { timeMs, policy, nonce } = token.stamped;
  const authority = await findAuthority(signer, others, authorities, new Date(timeMs));
  const isVouched = authority !== undefined && (await areAllSigned([signer, ...others], authorities));
  const expiresMs = Math.min(...[signer, ...others].map(endOf));
  if (!isVouched) return { timeMs, policy, nonce, expiresMs };
  return {
    timeMs,
    policy,
    nonce,
    expiresMs,
    authority: { sha256: toHex(await digestOf('SHA-256', authority.raw)), name: nameOf(authority) },
  };
}

/** The signer's certificate and those that issued it, one after another; any other makes the token malformed. */
async function readSigners(token: Token): Promise<{ signer: Certificate; others: Certificate[] }> {
  const certificates = token.certificates.map(parseStrictly);
  const { issuer, serial } = token.signer;
  const named = certificates.filter((one) => equalBytes(one.issuer, issuer) && equalBytes(one.serial, serial));
  const [signer] = named;
  if (!signer || named.length > 1) throw malformed("not exactly one certificate is the signer's");
  const reached = new Set([signer]);
  // A set is walked in the order in which it grows.
  for (const from of reached) {
    for (const next of certificates) if (await isIssuer(next, from)) reached.add(next);
  }
  if (reached.size < certificates.length) throw malformed("a certificate that is not on the signer's path");
  return { signer, others: certificates.filter((one) => one !== signer) };
}

function parseStrictly(der: Token['certificates'][number]): Certificate {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof DerError) throw malformed(error.message);
    throw error;
  }
}

async function requireImprint({ stamped }: Token, message: Uint8Array): Promise<void> {
  const expected = await digestOf(stamped.hash, message);
  if (equalBytes(expected, stamped.imprint)) return;
  throw new VerificationError('witness-mismatch', 'the token is about something else', {
    expected: toHex(expected),
    found: toHex(stamped.imprint),
  });
}

async function requireSignature({ content, signer: info }: Token, signer: Certificate): Promise<void> {
  const { certificateId, digest, messageDigest } = info;
  const isNamed = equalBytes(await digestOf(certificateId.hash, signer.raw), certificateId.digest);
  const isOf = isNamed && isIssuerSerial(certificateId.issuerSerial, signer);
  if (!isOf) throw invalid('the signed identifier names another certificate');
  if (!isTimeStamping(signer)) throw invalid('the certificate is not for time stamps alone');
  if (!equalBytes(await digestOf(digest, content), messageDigest)) throw invalid('the signed content was changed');
  if (!(await isSignedBy(signer, info))) throw invalid('the signature does not hold');
}

const invalid = (detail: string): VerificationError => new VerificationError('witness-signature-invalid', detail);

/** IssuerSerial: GeneralNames with the one directory name, and the serial number. */
function isIssuerSerial(issuerSerial: Token['signer']['certificateId']['issuerSerial'], signer: Certificate): boolean {
  if (!issuerSerial) return true;
  const [names, serial] = issuerSerial.children;
  const [name, ...more] = names?.children ?? [];
  const isNamed = name?.tag === DIRECTORY_NAME && equalBytes(name.content, signer.issuer);
  return isNamed && more.length === 0 && serial !== undefined && equalBytes(serial.content, signer.serial);
}

const DIRECTORY_NAME = 0xa4;

// Nobody signed the list of certificates: one that leads nowhere could be changed unnoticed.
async function areAllSigned(
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
): Promise<boolean> {
  for (const one of certificates) {
    if (authorities.some(({ raw }) => equalBytes(raw, one.raw))) continue;
    let isSigned = false;
    for (const issuer of [...certificates, ...authorities]) isSigned ||= await isIssuer(issuer, one);
    if (!isSigned) return false;
  }
  return true;
}

export async function digestOf(hash: HashName, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest(hash, message.slice()));
}
