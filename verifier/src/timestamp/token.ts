// The skeleton of a TimeStampToken (RFC 5652, RFC 3161, RFC 5816), read strictly: what the signature does not cover is fixed or refused.
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { type Der, DerError, readDer, TAG } from './der.ts';
import { algorithmOf, HASH_SIZES, HASHES, type HashName, OID, SIGNATURES } from './oids.ts';

/** What a token says, before anything of it is believed. */
export interface Token {
  readonly stamped: Stamped;
  /** The bytes of the TSTInfo. */
  readonly content: Uint8Array;
  /** DER of each certificate; at least one, no two of them the same. */
  readonly certificates: readonly Der[];
  readonly signer: Signer;
}

export interface Stamped {
  readonly hash: HashName;
  readonly imprint: Uint8Array;
  /** Milliseconds since 1970; a fraction of one is cut off. */
  readonly timeMs: number;
  /** DER content of the policy's identifier, and of the nonce, if there is one. */
  readonly policy: Uint8Array;
  readonly nonce: Uint8Array | undefined;
}

export interface Signer {
  /** DER of the issuer's name, and the content of the serial number. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly digest: HashName;
  readonly messageDigest: Uint8Array;
  readonly certificateId: CertificateId;
  /** The bytes that are signed. */
  readonly attributes: Uint8Array;
  readonly key: 'RSA' | 'EC';
  /** DER of the signature's AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** ESSCertIDv2: the digest of the signer's certificate and, perhaps, its issuer and serial number. */
export interface CertificateId {
  readonly hash: HashName;
  readonly digest: Uint8Array;
  readonly issuerSerial: Der | undefined;
}

const MAX_CERTIFICATES = 8;

/** Reads a token. Throws VerificationError `witness-malformed`. */
export function readToken(bytes: Uint8Array): Token {
  try {
    return readSignedData(readDer(bytes));
  } catch (error) {
    if (error instanceof DerError) throw malformed(error.message);
    throw error;
  }
}

/** DER of one X.509 certificate, or undefined. */
export function readCertificate(bytes: Uint8Array): Der | undefined {
  try {
    const der = readDer(bytes);
    return isCertificate(der) ? der : undefined;
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

export const malformed = (detail: string): VerificationError => new VerificationError('witness-malformed', detail);

const isCertificate = ({ tag, children }: Der): boolean =>
  tag === TAG.sequence && hasTags(children, [TAG.sequence, TAG.sequence, TAG.bitString]);

function readSignedData(contentInfo: Der): Token {
  if (contentInfo.tag !== TAG.sequence) throw malformed('not a ContentInfo');
  const [type, wrapped] = parts(contentInfo, [TAG.oid, EXPLICIT_0], 'a ContentInfo');
  requireOid(type, OID.signedData, 'signed data');
  const [signedData] = parts(wrapped, [TAG.sequence], 'signed data');
  const [version, digests, encapsulated, certificates, signers] = parts(
    signedData,
    [TAG.integer, TAG.set, TAG.sequence, EXPLICIT_0, TAG.set],
    'SignedData without lists of revocation',
  );
  requireVersion(version, 3);
  const [content, holder] = parts(encapsulated, [TAG.oid, EXPLICIT_0], 'encapsulated content');
  requireOid(content, OID.tstInfo, 'TSTInfo');
  const [octets] = parts(holder, [TAG.octetString], 'TSTInfo');
  const [signerInfo] = parts(signers, [TAG.sequence], 'one SignerInfo');
  const signer = readSigner(signerInfo, OID.tstInfo);
  const [digest] = parts(digests, [TAG.sequence], 'one digest algorithm');
  if (HASHES.get(algorithmOf(digest) ?? '') !== signer.digest) throw malformed('digest algorithms differ');
  return {
    stamped: readStamped(readDer(octets.content)),
    content: octets.content,
    certificates: readCertificates(certificates),
    signer,
  };
}

/** The certificates of SignedData, at least one and no two the same. Throws VerificationError `witness-malformed`. */
export function readCertificates({ children }: Der): readonly Der[] {
  if (children.length === 0 || children.length > MAX_CERTIFICATES) {
    throw malformed(`1 to ${MAX_CERTIFICATES} certificates`);
  }
  if (!children.every(isCertificate)) throw malformed('a certificate of another form');
  const isRepeated = children.some((one, at) => children.slice(0, at).some(({ raw }) => equalBytes(raw, one.raw)));
  if (isRepeated) throw malformed('a certificate twice');
  return children;
}

/** A SignerInfo over content of a type, without unsigned attributes. Throws VerificationError `witness-malformed`. */
export function readSigner(signerInfo: Der, contentType: string): Signer {
  const [version, id, digestId, attributes, algorithm, signature] = parts(
    signerInfo,
    [TAG.integer, TAG.sequence, TAG.sequence, EXPLICIT_0, TAG.sequence, TAG.octetString],
    'a SignerInfo without unsigned attributes',
  );
  requireVersion(version, 1);
  const [issuer, serial] = parts(id, [TAG.sequence, TAG.integer], 'issuer and serial number');
  const digest = HASHES.get(algorithmOf(digestId) ?? '');
  if (!digest) throw malformed('a digest algorithm that is not SHA-256, -384 or -512');
  const signing = SIGNATURES.get(algorithmOf(algorithm) ?? '');
  if (!signing) throw malformed('a signature algorithm that is not on the list');
  if ((signing.hash ?? digest) !== digest) throw malformed('a signature over another digest');
  const values = readAttributes(attributes);
  requireOid(attributeOf(values, OID.contentType, TAG.oid), contentType, 'the type of the content');
  if (signing.key === 'EC' && !isEcSignature(signature.content)) throw malformed('a signature of another form');
  return {
    issuer: issuer.raw,
    serial: serial.content,
    digest,
    messageDigest: attributeOf(values, OID.messageDigest, TAG.octetString).content,
    certificateId: readCertificateId(attributeOf(values, OID.signingCertificateV2, TAG.sequence)),
    // Signed as a SET OF, whatever the tag of its place (RFC 5652 §5.4).
    attributes: Uint8Array.from(attributes.raw).fill(TAG.set, 0, 1),
    key: signing.key,
    algorithm: algorithm.raw,
    signature: signature.content,
  };
}

/** r and s in the one form that DER has for them: the library also takes others. */
export function isEcSignature(signature: Uint8Array): boolean {
  const { tag, children } = readDer(signature);
  const isPositive = (part: Der) => part.tag === TAG.integer && (part.content[0] ?? 0x80) < 0x80;
  return tag === TAG.sequence && children.length === 2 && children.every(isPositive);
}

/** Each attribute once, with one value. */
function readAttributes({ children }: Der): ReadonlyMap<string, Der> {
  const values = new Map<string, Der>();
  for (const attribute of children) {
    const [type, set] = parts(attribute, [TAG.oid, TAG.set], 'an attribute');
    const [value, ...more] = set.children;
    const name = toHex(type.content);
    if (!value || more.length > 0 || values.has(name)) throw malformed('an attribute not exactly once');
    values.set(name, value);
  }
  return values;
}

function attributeOf(values: ReadonlyMap<string, Der>, type: string, tag: number): Der {
  const value = values.get(type);
  if (value?.tag !== tag) throw malformed('a signed attribute is missing');
  return value;
}

/** The first ESSCertIDv2 is the signer's; the others, and policies, say nothing about it (RFC 5035 §3). */
function readCertificateId({ children }: Der): CertificateId {
  const first = children[0]?.tag === TAG.sequence ? children[0].children[0] : undefined;
  if (first?.tag !== TAG.sequence) throw malformed('no ESSCertIDv2');
  const isNamed = first.children[0]?.tag === TAG.sequence;
  const algorithm = isNamed ? first.children[0] : undefined;
  const [digest, issuerSerial, ...more] = first.children.slice(isNamed ? 1 : 0);
  const hash = algorithm ? HASHES.get(algorithmOf(algorithm) ?? '') : 'SHA-256';
  if (!hash || digest?.tag !== TAG.octetString || more.length > 0) throw malformed('an ESSCertIDv2 of another form');
  if (digest.content.length !== HASH_SIZES[hash]) throw malformed('an ESSCertIDv2 of another length');
  return { hash, digest: digest.content, issuerSerial };
}

function readStamped(info: Der): Stamped {
  const [version, policy, imprint, serial, time, ...rest] = info.children;
  const isInfo = info.tag === TAG.sequence && policy?.tag === TAG.oid && serial?.tag === TAG.integer;
  if (!isInfo || !version || !imprint || time?.tag !== TAG.generalizedTime) throw malformed('not a TSTInfo');
  requireVersion(version, 1);
  requireOptional(rest.map(({ tag }) => tag));
  const [algorithm, digest] = parts(imprint, [TAG.sequence, TAG.octetString], 'an imprint');
  const hash = HASHES.get(algorithmOf(algorithm) ?? '');
  if (!hash) throw malformed('an imprint that is not SHA-256, -384 or -512');
  if (digest.content.length !== HASH_SIZES[hash]) throw malformed('an imprint of another length');
  const nonce = rest.find(({ tag }) => tag === TAG.integer)?.content;
  return { hash, imprint: digest.content, timeMs: readTime(time.content), policy: policy.content, nonce };
}

/** After the time: accuracy, ordering, nonce, tsa, extensions; each may be absent, in this order. */
function requireOptional(tags: readonly number[]): void {
  const allowed = [TAG.sequence, TAG.boolean, TAG.integer, EXPLICIT_0, 0xa1];
  const places = tags.map((tag) => allowed.indexOf(tag));
  const isInOrder = places.every((place, at) => place > (places[at - 1] ?? -1));
  if (!isInOrder) throw malformed('a TSTInfo with other members');
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/;

function readTime(content: Uint8Array): number {
  const [, year, month, day, hour, minute, second, fraction = ''] = TIME.exec(String.fromCharCode(...content)) ?? [];
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`;
  const time = Date.parse(instant);
  if (!(time >= 0) || new Date(time).toISOString() !== instant) throw malformed('a time of another form');
  return time;
}

const EXPLICIT_0 = 0xa0;

function parts<const T extends readonly number[]>({ children }: Der, tags: T, what: string): { [K in keyof T]: Der } {
  if (!hasTags(children, tags)) throw malformed(`not ${what}`);
  // As many elements as tags, which the compiler cannot follow.
  return children as unknown as { [K in keyof T]: Der };
}

const hasTags = (children: readonly Der[], tags: readonly number[]): boolean =>
  children.length === tags.length && children.every(({ tag }, at) => tag === tags[at]);

function requireVersion({ tag, content }: Der, version: number): void {
  if (tag !== TAG.integer || content.length !== 1 || content[0] !== version) throw malformed('another version');
}

function requireOid({ tag, content }: Der, oid: string, what: string): void {
  if (tag !== TAG.oid || toHex(content) !== oid) throw malformed(`not ${what}`);
}
