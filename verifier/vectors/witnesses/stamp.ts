// A made-up time-stamping authority, for vectors only: it stamps whatever a forger wants, at any time.
import { createHash } from 'node:crypto';
import { concatBytes } from '../../src/index.ts';
import {
  algorithmOf,
  type Issued,
  type KeyPair,
  kindOf,
  SIGNATURE_OIDS,
  type Signing,
  signBytes,
} from './certificates.ts';
import * as der from './der.ts';

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const HASH_OIDS: Readonly<Record<Hash, string>> = {
  sha1: '2b0e03021a',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
};
const [SIGNED_DATA, TST_INFO, DATA] = ['2a864886f70d010702', '2a864886f70d0109100104', '2a864886f70d010701'];
const [CONTENT_TYPE, MESSAGE_DIGEST] = ['2a864886f70d010903', '2a864886f70d010904'];
const [SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2] = ['2a864886f70d010910020c', '2a864886f70d010910022f'];

export interface StampSpec {
  readonly message: Uint8Array;
  readonly signer: Issued;
  readonly time: string;
  /** Appended to the seconds, such as `.25`. */
  readonly fraction?: string;
  readonly hash?: Hash;
  readonly imprint?: Uint8Array;
  readonly digest?: Hash;
  readonly key?: KeyPair;
  /** In the token; the signer's alone if absent. */
  readonly certificates?: readonly Uint8Array[];
  /** The certificate that the signed identifier names. */
  readonly named?: Issued;
  readonly namedIssuerOf?: Issued;
  readonly essVersion?: 0 | 1 | 2;
  readonly contentType?: 'data';
  readonly messageDigest?: Uint8Array;
  /** Put in the place of the content once it is signed. */
  readonly contentAfter?: Uint8Array;
  readonly hasUnsignedAttribute?: boolean;
  readonly hasRevocationList?: boolean;
  readonly signers?: number;
  readonly signature?: Uint8Array;
  readonly algorithm?: Uint8Array;
}

const digestOf = (hash: Hash, bytes: Uint8Array): Uint8Array => new Uint8Array(createHash(hash).update(bytes).digest());
const hashId = (hash: Hash): Uint8Array => der.sequence(der.oid(HASH_OIDS[hash]), der.nothing());

/** A TimeStampToken. */
export function stamp(spec: StampSpec): Uint8Array {
  const { signer, digest = 'sha256', contentAfter } = spec;
  const content = stampedInfo(spec);
  const type = der.oid(spec.contentType ? DATA : TST_INFO);
  const info = signerInfo(spec, content);
  const revocation = spec.hasRevocationList ? [der.explicit(1, der.sequence())] : [];
  const certificates = spec.certificates ?? [signer.bytes];
  const signedData = der.sequence(
    der.integer(3),
    der.set(hashId(digest)),
    der.sequence(type, der.explicit(0, der.octets(contentAfter ?? content))),
    ...(certificates.length > 0 ? [der.explicit(0, ...certificates)] : []),
    ...revocation,
    der.set(...Array.from({ length: spec.signers ?? 1 }, () => info)),
  );
  return der.sequence(der.oid(SIGNED_DATA), der.explicit(0, signedData));
}

/** A TSTInfo. */
export function stampedInfo({ message, time, fraction, hash = 'sha256', imprint }: StampSpec): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.oid('2a030405'),
    der.sequence(hashId(hash), der.octets(imprint ?? digestOf(hash, message))),
    der.integer(5),
    der.generalizedTime(new Date(time), fraction),
  );
}

function signerInfo(spec: StampSpec, content: Uint8Array): Uint8Array {
  const { signer, digest = 'sha256', key = signer.spec.key } = spec;
  const signing = `${kindOf(key)}-${digest}`;
  if (!isSigning(signing)) throw new RangeError(`no ${signing}`);
  const attribute = (id: string, value: Uint8Array) => der.sequence(der.oid(id), der.set(value));
  const attributes = concatBytes(
    [
      attribute(CONTENT_TYPE, der.oid(spec.contentType ? DATA : TST_INFO)),
      attribute(MESSAGE_DIGEST, der.octets(spec.messageDigest ?? digestOf(digest, content))),
      ...identifierOf(spec).map(([id, value]) => attribute(id, value)),
    ].sort(Buffer.compare),
  );
  return der.sequence(
    der.integer(1),
    der.sequence(signer.issuerName, signer.serial),
    hashId(digest),
    der.explicit(0, attributes),
    spec.algorithm ?? algorithmOf(signing),
    der.octets(spec.signature ?? signBytes(key, signing, der.set(attributes))),
    ...(spec.hasUnsignedAttribute ? [der.explicit(1, attribute('2a0304', der.nothing()))] : []),
  );
}

function identifierOf(spec: StampSpec): [string, Uint8Array][] {
  const { signer, named = signer, namedIssuerOf, essVersion = 2 } = spec;
  const serial = namedIssuerOf && [
    der.sequence(der.sequence(der.explicit(4, namedIssuerOf.issuerName)), namedIssuerOf.serial),
  ];
  const identifier = (hash: Hash) =>
    der.sequence(der.sequence(der.sequence(der.octets(digestOf(hash, named.bytes)), ...(serial ?? []))));
  if (essVersion === 0) return [];
  return essVersion === 1
    ? [[SIGNING_CERTIFICATE, identifier('sha1')]]
    : [[SIGNING_CERTIFICATE_V2, identifier('sha256')]];
}

const isSigning = (name: string): name is Signing => Object.hasOwn(SIGNATURE_OIDS, name);
