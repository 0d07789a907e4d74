// SPDX-License-Identifier: Apache-2.0
// The signature in a PDF: CMS without its content (RFC 5652), with the attributes of CAdES (RFC 5126), as PAdES asks
// (ETSI EN 319 142-1). The time of signing is in the PDF; a time stamp, where there is one, proves it.
import { createHash } from 'node:crypto';
import { fromBER, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import * as pkijs from 'pkijs';
import type { DocumentSigner } from './document-signer.ts';

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  ES256: '1.2.840.10045.4.3.2',
  RS256: '1.2.840.113549.1.1.11',
};
const SET = 0x31;

/** Answers the token of a time-stamping authority over these bytes. */
export type StampTime = (bytes: Uint8Array) => Promise<Uint8Array>;

/** DER of the signature over content with this SHA-256. */
export async function signDigest(signer: DocumentSigner, digest: Uint8Array, stamp?: StampTime): Promise<Buffer> {
  const [own] = signer.certificates;
  const certificates = signer.certificates.map((der) => pkijs.Certificate.fromBER(der.slice()));
  const { issuer, serialNumber } = pkijs.Certificate.fromBER(own.slice());
  const signedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: signedAttributes(own, digest) });
  // Signed as a SET OF, whatever the tag of its place (RFC 5652 §5.4).
  const toSign = new Uint8Array(signedAttrs.toSchema().toBER()).fill(SET, 0, 1);
  const signature = await signer.sign(toSign);
  const signerInfo = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer, serialNumber }),
    digestAlgorithm: algorithm(OID.sha256),
    signedAttrs,
    signatureAlgorithm: algorithm(OID[signer.algorithm], signer.algorithm === 'RS256'),
    signature: new OctetString({ valueHex: Uint8Array.from(signature).buffer }),
  });
  if (stamp) {
    const token = fromBER(Uint8Array.from(await stamp(signature)).buffer).result;
    const attributes = [new pkijs.Attribute({ type: OID.timeStampToken, values: [token] })];
    signerInfo.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 1, attributes });
  }
  const content = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [algorithm(OID.sha256)],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: OID.data }),
    signerInfos: [signerInfo],
    certificates,
  });
  const info = new pkijs.ContentInfo({ contentType: OID.signedData, content: content.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}

/** In the order that DER wants for a set: by their bytes. */
function signedAttributes(certificate: Uint8Array, digest: Uint8Array): pkijs.Attribute[] {
  const own = createHash('sha256').update(certificate).digest();
  const certificateId = new Sequence({ value: [new OctetString({ valueHex: Uint8Array.from(own).buffer })] });
  const ids = new Sequence({ value: [new Sequence({ value: [certificateId] })] });
  const attributes = [
    new pkijs.Attribute({ type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })] }),
    new pkijs.Attribute({
      type: OID.messageDigest,
      values: [new OctetString({ valueHex: Uint8Array.from(digest).buffer })],
    }),
    new pkijs.Attribute({ type: OID.signingCertificateV2, values: [ids] }),
  ];
  const bytesOf = (attribute: pkijs.Attribute) => Buffer.from(attribute.toSchema().toBER());
  return attributes.toSorted((a, b) => Buffer.compare(bytesOf(a), bytesOf(b)));
}

const algorithm = (algorithmId: string, hasNull = false): pkijs.AlgorithmIdentifier =>
  new pkijs.AlgorithmIdentifier({ algorithmId, ...(hasNull && { algorithmParams: new Null() }) });
