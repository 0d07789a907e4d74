// What the cases of version 2 share: an honest batch, its trust file, authorities for RSA and ECDSA, and tokens of theirs.
import {
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  encodeBundle,
  fromHex,
  type TokenWitness,
  TRUST_MEDIA_TYPE_V2,
  type TrustFile,
  type Witness,
} from '../../src/index.ts';
import { makeTrust, makeWorld, type World } from '../support/world.ts';
import { ecKey, type Issued, issue, pemOf, rsaKey, timeStamping } from './certificates.ts';
import { type StampSpec, stamp } from './stamp.ts';

/** One case: a bundle, the trust file that it is judged under, and what must come out. */
export interface WitnessCase {
  readonly name: string;
  readonly about: string;
  readonly file: Bundle | Uint8Array;
  readonly trust?: TrustFile;
  /** Of the check `witnesses`, as `resultText` writes it; or the code of reading, for a file that cannot be read. */
  readonly expected: string;
}

/** The time of verification; later than any token that `openssl ts` makes today. */
export const NOW_V2 = '2027-12-31T00:00:00.000Z';
export const STAMPED_AT = '2026-11-22T06:00:05Z';

export const MALFORMED = 'failed witness-malformed';
export const INVALID = 'failed witness-signature-invalid';

/** Makes a case of one forged token. */
export type Forger = (name: string, about: string, token: Uint8Array, expected: string) => WitnessCase;

export interface Scene {
  readonly world: World;
  readonly root: Uint8Array;
  readonly rsa: { readonly root: Issued; readonly signer: Issued };
  readonly ec: { readonly root: Issued; readonly middle: Issued; readonly signer: Issued };
  readonly trust: TrustFile;
}

export async function makeScene(): Promise<Scene> {
  const world = await makeWorld({ hasStatus: false, hasManifest: false, index: 0, count: 1 });
  const rsaRoot = issue({ name: 'RSA test root', key: rsaKey(), isAuthority: true });
  const ecRoot = issue({ name: 'ECDSA test root', key: ecKey('secp384r1'), isAuthority: true, signing: 'ec-sha384' });
  const middle = issue({
    name: 'ECDSA test intermediate',
    key: ecKey(),
    issuer: ecRoot,
    isAuthority: true,
    pathLength: 0,
  });
  return {
    world,
    root: fromHex(world.bundle.anchor.batch.root),
    rsa: { root: rsaRoot, signer: timeStamping({ name: 'RSA test TSA', key: rsaKey(), issuer: rsaRoot }) },
    ec: { root: ecRoot, middle, signer: timeStamping({ name: 'ECDSA test TSA', key: ecKey(), issuer: middle }) },
    trust: trustOf(world, [rsaRoot, ecRoot]),
  };
}

export function trustOf(world: World, authorities: readonly Issued[], requiredWitnesses = 0): TrustFile {
  return {
    ...makeTrust(world),
    mediaType: TRUST_MEDIA_TYPE_V2,
    timestampAuthorities: authorities.map(pemOf),
    requiredWitnesses,
    receiptKeys: [],
    documentSigners: [],
  };
}

export const witness = (token: Uint8Array, kind: TokenWitness['kind'] = 'rfc3161'): TokenWitness => ({
  kind,
  token: Buffer.from(token).toString('base64'),
});

export const bundleWith = ({ world }: Pick<Scene, 'world'>, witnesses: readonly Witness[]): Bundle => ({
  ...world.bundle,
  mediaType: BUNDLE_MEDIA_TYPE_V2,
  ...(witnesses.length > 0 && { witnesses }),
});

/** A good token of the RSA authority, with some choices changed. */
export const rsaStamp = ({ root, rsa }: Scene, choices: Partial<StampSpec> = {}): Uint8Array =>
  stamp({ message: root, signer: rsa.signer, time: STAMPED_AT, ...choices });

/** A good token of the ECDSA authority, with its intermediate certificate inside. */
export const ecStamp = ({ root, ec }: Scene, choices: Partial<StampSpec> = {}): Uint8Array =>
  stamp({
    message: root,
    signer: ec.signer,
    time: STAMPED_AT,
    certificates: [ec.signer.bytes, ec.middle.bytes],
    ...choices,
  });

export const fileBytes = (file: WitnessCase['file']): Uint8Array =>
  file instanceof Uint8Array ? file : encodeBundle(file);
