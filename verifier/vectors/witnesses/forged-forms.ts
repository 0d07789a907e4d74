// Tokens in another form than DER or CMS has, by other algorithms than the list, and other lists of witnesses.
import { concatBytes, utf8 } from '../../src/index.ts';
import { ecKey, type issue, rsaKey, timeStamping } from './certificates.ts';
import * as der from './der.ts';
import {
  bundleWith,
  type Forger,
  INVALID,
  MALFORMED,
  rsaStamp,
  type Scene,
  STAMPED_AT,
  trustOf,
  type WitnessCase,
  witness,
} from './scene.ts';
import { stamp } from './stamp.ts';

export function forms(scene: Scene, forged: Forger): WitnessCase[] {
  const good = rsaStamp(scene);
  const indefinite = concatBytes([Uint8Array.of(0x30, 0x80), good.subarray(4), Uint8Array.of(0, 0)]);
  const padded = concatBytes([Uint8Array.of(0x30, 0x83, 0, good[2] ?? 0, good[3] ?? 0), good.subarray(4)]);
  return [
    forged('truncated', 'The last byte is missing.', good.slice(0, -1), MALFORMED),
    forged('half', 'Half a token.', good.slice(0, good.length / 2), MALFORMED),
    forged('trailing', 'A byte too many.', concatBytes([good, Uint8Array.of(0)]), MALFORMED),
    forged('indefinite-length', 'BER that is not DER.', indefinite, MALFORMED),
    forged('long-length', 'A length that is not the shortest.', padded, MALFORMED),
    forged(
      'response',
      'The whole response of an authority.',
      der.sequence(der.sequence(der.integer(0)), good),
      MALFORMED,
    ),
    forged(
      'unsigned-attribute',
      'An attribute that nobody signs.',
      rsaStamp(scene, { hasUnsignedAttribute: true }),
      MALFORMED,
    ),
    forged('revocation-list', 'A list that nobody signs.', rsaStamp(scene, { hasRevocationList: true }), MALFORMED),
    forged('two-signers', 'Two signers.', rsaStamp(scene, { signers: 2 }), MALFORMED),
    forged('no-signer', 'No signer.', rsaStamp(scene, { signers: 0 }), MALFORMED),
    forged('garbage', 'No token at all.', utf8('<html>503 Service Unavailable</html>'), MALFORMED),
    forged('fraction-padded', 'A fraction that ends in a zero.', rsaStamp(scene, { fraction: '.50' }), MALFORMED),
  ];
}

export function algorithms(scene: Scene, forged: Forger): WitnessCase[] {
  const { root, rsa } = scene;
  const by = (signer: ReturnType<typeof issue>) => stamp({ message: root, signer, time: STAMPED_AT });
  const short = timeStamping({ name: 'TSA', key: rsaKey(1024), issuer: rsa.root });
  const koblitz = timeStamping({ name: 'TSA', key: ecKey('secp256k1'), issuer: rsa.root });
  const old = timeStamping({ name: 'TSA', key: ecKey(), issuer: rsa.root, signing: 'rsa-sha1' });
  const pss = der.sequence(der.oid('2a864886f70d01010a'), der.nothing());
  const other = der.sequence(der.oid('2a864886f70d01010d'), der.nothing());
  return [
    forged('sha1-imprint', 'A SHA-1 imprint.', rsaStamp(scene, { hash: 'sha1' }), MALFORMED),
    forged('sha1-digest', 'Signed over SHA-1.', rsaStamp(scene, { digest: 'sha1' }), MALFORMED),
    forged('sha1-certificate', 'A certificate signed over SHA-1.', by(old), MALFORMED),
    forged('rsa-1024', 'A short key.', by(short), MALFORMED),
    forged('other-curve', 'A curve that is not on the list.', by(koblitz), MALFORMED),
    forged('rsa-pss', 'A signature algorithm that is not on the list.', rsaStamp(scene, { algorithm: pss }), MALFORMED),
    forged('other-digest', 'The signature names another digest.', rsaStamp(scene, { algorithm: other }), MALFORMED),
  ];
}

/** The list of witnesses itself. */
export function lists(scene: Scene): WitnessCase[] {
  const { trust, world, rsa } = scene;
  const token = (hour: number) =>
    witness(rsaStamp(scene, { time: `2026-11-22T${String(hour).padStart(2, '0')}:00:05Z` }));
  const many = Array.from({ length: 9 }, (_, at) => token(10 + at));
  const large = witness(new Uint8Array(16_385));
  const mixed = [token(7), witness(rsaStamp(scene, { key: rsaKey() }))];
  const listed = (
    name: string,
    about: string,
    witnesses: typeof many,
    expected: string,
    under = trust,
  ): WitnessCase => {
    return { name: `forged/${name}`, about, file: bundleWith(scene, witnesses), trust: under, expected };
  };
  return [
    listed('doubled', 'The same token twice.', [token(7), token(7)], 'malformed'),
    listed('too-many', 'Nine tokens.', many, 'malformed'),
    listed('too-large', 'A token of 16,385 bytes.', [large], 'malformed'),
    listed(
      'eight',
      'Eight tokens of one authority, and two are required.',
      many.slice(1),
      'failed witnesses-missing',
      trustOf(world, [rsa.root], 2),
    ),
    listed('one-bad', 'A bad token beside a good one.', mixed, INVALID),
  ];
}
