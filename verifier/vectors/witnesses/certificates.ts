// A made-up certification authority, for vectors only: it issues whatever a forger wants. Its keys are thrown away.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import * as der from './der.ts';

export const SIGNATURE_OIDS = {
  'rsa-sha1': '2a864886f70d010105',
  'rsa-sha256': '2a864886f70d01010b',
  'rsa-sha384': '2a864886f70d01010c',
  'rsa-sha512': '2a864886f70d01010d',
  'ec-sha256': '2a8648ce3d040302',
  'ec-sha384': '2a8648ce3d040303',
  'ec-sha512': '2a8648ce3d040304',
} as const;
export type Signing = keyof typeof SIGNATURE_OIDS;

export const PURPOSES = { timeStamping: '2b06010505070308', codeSigning: '2b06010505070303' } as const;
const [DIGITAL_SIGNATURE, KEY_ENCIPHERMENT, CERT_SIGN] = [0x80, 0x20, 0x04];

export interface CertificateSpec {
  readonly name: string;
  readonly key: KeyPair;
  /** Self-signed if absent. */
  readonly issuer?: Issued;
  readonly signing?: Signing;
  readonly from?: string;
  readonly until?: string;
  readonly serial?: number;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** Undefined: no such extension. */
  readonly purposes?: readonly string[] | undefined;
  readonly isPurposeCritical?: boolean;
  readonly isForEncryption?: boolean;
  readonly hasStrangeExtension?: boolean;
}

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface Issued {
  readonly spec: CertificateSpec;
  readonly bytes: Uint8Array;
  readonly name: Uint8Array;
  readonly issuerName: Uint8Array;
  readonly serial: Uint8Array;
}

export const rsaKey = (modulusLength = 2048): KeyPair => generateKeyPairSync('rsa', { modulusLength });
export const ecKey = (namedCurve = 'prime256v1'): KeyPair => generateKeyPairSync('ec', { namedCurve });

export const kindOf = ({ privateKey }: KeyPair): 'rsa' | 'ec' => (privateKey.asymmetricKeyType === 'ec' ? 'ec' : 'rsa');

let lastSerial = 0;

export function issue(spec: CertificateSpec): Issued {
  const { issuer, key } = spec;
  const signer = issuer?.spec.key ?? key;
  const signing = spec.signing ?? (`${kindOf(signer)}-sha256` as const);
  const name = der.commonName(spec.name);
  const issuerName = issuer?.name ?? name;
  const serial = der.integer(spec.serial ?? ++lastSerial);
  const algorithm = algorithmOf(signing);
  const time = (text: string) => der.generalizedTime(new Date(text));
  const body = der.sequence(
    der.explicit(0, der.integer(2)),
    serial,
    algorithm,
    issuerName,
    der.sequence(time(spec.from ?? '2026-01-01T00:00:00Z'), time(spec.until ?? '2036-01-01T00:00:00Z')),
    name,
    key.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...extensionsOf(spec))),
  );
  const bytes = der.sequence(body, algorithm, der.bits(signBytes(signer, signing, body)));
  return { spec, bytes, name, issuerName, serial };
}

export function algorithmOf(signing: Signing): Uint8Array {
  const parameters = signing.startsWith('rsa') ? [der.nothing()] : [];
  return der.sequence(der.oid(SIGNATURE_OIDS[signing]), ...parameters);
}

export const signBytes = ({ privateKey }: KeyPair, signing: Signing, message: Uint8Array): Uint8Array =>
  new Uint8Array(sign(signing.split('-')[1], message, privateKey));

export function pemOf({ bytes }: Issued): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extensionsOf(spec: CertificateSpec): Uint8Array[] {
  const { isAuthority = false, pathLength, purposes, isPurposeCritical = true } = spec;
  const extension = (id: string, isCritical: boolean, value: Uint8Array) =>
    der.sequence(der.oid(id), ...(isCritical ? [der.boolean(true)] : []), der.octets(value));
  const usage = isAuthority ? CERT_SIGN : spec.isForEncryption ? KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
  const unused = Math.log2(usage & -usage);
  const constraints = [
    ...(isAuthority ? [der.boolean(true)] : []),
    ...(pathLength === undefined ? [] : [der.integer(pathLength)]),
  ];
  return [
    extension('551d13', true, der.sequence(...constraints)),
    extension('551d0f', true, der.tlv(0x03, Uint8Array.of(unused, usage))),
    ...(purposes ? [extension('551d25', isPurposeCritical, der.sequence(...purposes.map(der.oid)))] : []),
    ...(spec.hasStrangeExtension ? [extension('2a0304', true, der.nothing())] : []),
  ];
}

export const timeStamping = (spec: Omit<CertificateSpec, 'purposes'>): Issued =>
  issue({ ...spec, purposes: [PURPOSES.timeStamping] });
