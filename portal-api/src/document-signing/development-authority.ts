// SPDX-License-Identifier: Apache-2.0
// A certificate authority for development: it certifies one signer and its key is gone.
import { webcrypto } from 'node:crypto';
import { BitString, Integer, Utf8String } from 'asn1js';
import * as pkijs from 'pkijs';
import type { KeyAndCertificates } from './pkcs12.ts';

const engine = new pkijs.CryptoEngine({ name: 'node', crypto: globalThis.crypto });
const YEARS = 10;
const NAMES = {
  authority: '印信开发机构，不受信任 Inkseal development authority, not trusted',
  signer: '印信开发签名 Inkseal development signature',
};
const OID = { commonName: '2.5.4.3', keyUsage: '2.5.29.15', constraints: '2.5.29.19' };
/** Bits of a key usage: digitalSignature and nonRepudiation; keyCertSign. */
const USAGE = { signer: { bits: 0xc0, unused: 6 }, authority: { bits: 0x04, unused: 2 } };

export async function makeDevelopmentSigner(): Promise<KeyAndCertificates> {
  const [authority, signer] = [await newKeys(), await newKeys()];
  const issuedBy = { name: NAMES.authority, key: authority.privateKey };
  const certificates = [
    await issue({ name: NAMES.signer, kind: 'signer', publicKey: signer.publicKey }, issuedBy),
    await issue({ name: NAMES.authority, kind: 'authority', publicKey: authority.publicKey }, issuedBy),
  ];
  return { key: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', signer.privateKey)), certificates };
}

async function issue(
  subject: { name: string; kind: 'signer' | 'authority'; publicKey: webcrypto.CryptoKey },
  issuer: { name: string; key: webcrypto.CryptoKey },
): Promise<Uint8Array> {
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  // Positive, and not shorter for a leading zero.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const now = new Date();
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: serial.buffer }),
    issuer: nameOf(issuer.name),
    subject: nameOf(subject.name),
    notBefore: new pkijs.Time({ type: 0, value: now }),
    notAfter: new pkijs.Time({ type: 0, value: new Date(now.getFullYear() + YEARS, now.getMonth(), now.getDate()) }),
    extensions: extensionsOf(subject.kind),
  });
  await certificate.subjectPublicKeyInfo.importKey(subject.publicKey, engine);
  await certificate.sign(issuer.key, 'SHA-256', engine);
  return new Uint8Array(certificate.toSchema(true).toBER());
}

function nameOf(name: string): pkijs.RelativeDistinguishedNames {
  return new pkijs.RelativeDistinguishedNames({
    typesAndValues: [new pkijs.AttributeTypeAndValue({ type: OID.commonName, value: new Utf8String({ value: name }) })],
  });
}

function extensionsOf(kind: 'signer' | 'authority'): pkijs.Extension[] {
  const { bits, unused } = USAGE[kind];
  const usage = new BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: unused });
  const constraints = new pkijs.BasicConstraints(kind === 'authority' ? { cA: true, pathLenConstraint: 0 } : {});
  const extension = (extnID: string, value: { toBER(): ArrayBuffer }) =>
    new pkijs.Extension({ extnID, critical: true, extnValue: value.toBER() });
  return [extension(OID.constraints, constraints.toSchema()), extension(OID.keyUsage, usage)];
}

const newKeys = () =>
  webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]) as Promise<webcrypto.CryptoKeyPair>;
