// Whether a certificate's PDF is what an authority of the trust file vouches for (docs/evidence-package.md). No structure of the
// PDF is believed: a signature counts that covers every byte of the file but its own hex string. So whatever the file says of
// itself, nothing in it can be other than what was signed. Loaded only for a PDF with a signature.
import { equalBytes, fromHex, toHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { type Certificate, findAuthority, isSignedBy, parseCertificate } from '../timestamp/certificates.ts';
import { type Der, DerError, readDer, TAG } from '../timestamp/der.ts';
import { OID } from '../timestamp/oids.ts';
import { digestOf, readAuthorities } from '../timestamp/rfc3161.ts';
import { readCertificates, readSigner, type Signer } from '../timestamp/token.ts';

/**
 * `as-signed`: every byte. `appended`: a signature holds, and something was added after it. `signed-by-other`: nobody of the
 * trust file vouches for the signer. `changed`: there is a signature and none holds. `unsigned`: there is none.
 */
export type PageOutcome = 'as-signed' | 'appended' | 'signed-by-other' | 'changed' | 'unsigned';

export interface PageQuestion {
  readonly pdf: Uint8Array;
  /** PEM, from the trust file. */
  readonly documentSigners: readonly string[];
  /** At one of these the signer's certificate and its issuers are valid. */
  readonly times: readonly Date[];
}

const BYTE_RANGE = /\/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;
/** More are not looked at: they change nothing about the bytes. */
const MAX_SIGNATURES = 8;
/** From the best: one that holds says all. */
const ORDER: readonly PageOutcome[] = ['as-signed', 'appended', 'signed-by-other', 'changed', 'unsigned'];
const [EXPLICIT_0, UNSIGNED_ATTRIBUTES] = [0xa0, 0xa1];

/** Never throws on any bytes. */
export async function judgePage(question: PageQuestion): Promise<PageOutcome> {
  const authorities = readAuthorities(question.documentSigners);
  const text = new TextDecoder('latin1').decode(question.pdf);
  const outcomes = new Set<PageOutcome>();
  for (const found of [...text.matchAll(BYTE_RANGE)].slice(-MAX_SIGNATURES)) {
    const [from = 0, to = 0, length = 0] = found.slice(1).map(Number);
    outcomes.add(await judgeSignature(question, { from, to, end: to + length, authorities }));
  }
  return ORDER.find((outcome) => outcomes.has(outcome)) ?? 'unsigned';
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly authorities: readonly Certificate[];
}

async function judgeSignature(
  { pdf, times }: PageQuestion,
  { from, to, end, authorities }: Place,
): Promise<PageOutcome> {
  const cms = cmsIn(pdf.subarray(from, to));
  if (!cms || end > pdf.length) return 'changed';
  const signed = new Uint8Array(from + end - to);
  signed.set(pdf.subarray(0, from));
  signed.set(pdf.subarray(to, end), from);
  try {
    const { signer, certificates } = readSignedData(cms);
    const own = certificates.find(
      ({ issuer, serial }) => equalBytes(issuer, signer.issuer) && equalBytes(serial, signer.serial),
    );
    if (!own || !(await holds(signer, own, signed))) return 'changed';
    const others = certificates.filter((one) => one !== own);
    for (const time of times) {
      if (await findAuthority(own, others, authorities, time)) return end === pdf.length ? 'as-signed' : 'appended';
    }
    return 'signed-by-other';
  } catch (error) {
    if (error instanceof VerificationError || error instanceof DerError) return 'changed';
    throw error;
  }
}

/** Exactly one hex string, with nothing but zeros after the signature: nobody can hide anything in what is not signed. */
function cmsIn(gap: Uint8Array): Uint8Array | undefined {
  const [, hex] = /^<((?:[0-9a-fA-F]{2})+)>$/.exec(new TextDecoder('latin1').decode(gap)) ?? [];
  if (hex === undefined) return undefined;
  const bytes = fromHex(hex.toLowerCase());
  const size = 4 + (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
  const isLong = bytes[0] === TAG.sequence && bytes[1] === 0x82;
  return isLong && bytes.subarray(size).every((byte) => byte === 0) ? bytes.subarray(0, size) : undefined;
}

function readSignedData(bytes: Uint8Array): { signer: Signer; certificates: Certificate[] } {
  const [type, wrapped] = readDer(bytes).children;
  const [, , content, certificates, signers] = wrapped?.children[0]?.children ?? [];
  const [info, ...more] = signers?.children ?? [];
  const isDetached = content?.children.length === 1 && isOid(content.children[0], OID.data);
  if (!isOid(type, OID.signedData) || !isDetached || certificates?.tag !== EXPLICIT_0 || !info || more.length > 0)
    throw new DerError('another form of a signature');
  return {
    signer: readSigner(withoutUnsigned(info), OID.data),
    certificates: readCertificates(certificates).map(parseCertificate),
  };
}

const isOid = (der: Der | undefined, oid: string): boolean => der?.tag === TAG.oid && toHex(der.content) === oid;

/** A time stamp over the signature may stand there, and is not needed here. */
const withoutUnsigned = (info: Der): Der => ({
  ...info,
  children: info.children.filter(({ tag }, at) => tag !== UNSIGNED_ATTRIBUTES || at !== info.children.length - 1),
});

async function holds(signer: Signer, own: Certificate, signed: Uint8Array): Promise<boolean> {
  const { certificateId, digest, messageDigest } = signer;
  const isNamed = equalBytes(await digestOf(certificateId.hash, own.raw), certificateId.digest);
  return isNamed && equalBytes(await digestOf(digest, signed), messageDigest) && isSignedBy(own, signer);
}
