// Tokens that hold, and what a trust file makes of them.
import { BUNDLE_MEDIA_TYPE, canonicalBytes, type Witness } from '../../src/index.ts';
import { makeTrust } from '../support/world.ts';
import { ecKey, rsaKey, timeStamping } from './certificates.ts';
import { opensslStamp } from './openssl.ts';
import { bundleWith, ecStamp, rsaStamp, type Scene, STAMPED_AT, trustOf, type WitnessCase, witness } from './scene.ts';
import { stamp } from './stamp.ts';

export function goodCases(scene: Scene): WitnessCase[] {
  return [...opensslCases(scene), ...formCases(scene), ...trustCases(scene), ...renewalCases(scene)];
}

function opensslCases(scene: Scene): WitnessCase[] {
  const { root, rsa, ec, world } = scene;
  const byRsa = witness(opensslStamp(root, rsa.signer, [rsa.root]));
  const byEc = witness(opensslStamp(root, ec.signer, [ec.middle], 'sha512'));
  const good = (name: string, about: string, witnesses: Witness[], required: number): WitnessCase => {
    const trust = trustOf(world, [rsa.root, ec.root], required);
    return { name: `good/${name}`, about, file: bundleWith(scene, witnesses), trust, expected: 'passed' };
  };
  return [
    good('openssl-rsa', 'A token that openssl ts made, RSA, its root inside.', [byRsa], 1),
    good('openssl-ecdsa', 'A token that openssl ts made, ECDSA, SHA-512 imprint, its intermediate inside.', [byEc], 1),
    good('openssl-both', 'Two authorities, and both are required.', [byRsa, byEc], 2),
  ];
}

function formCases(scene: Scene): WitnessCase[] {
  const { root, rsa, ec, trust, world } = scene;
  const good = (name: string, about: string, token: Uint8Array, under = trust): WitnessCase => {
    return { name: `good/${name}`, about, file: bundleWith(scene, [witness(token)]), trust: under, expected: 'passed' };
  };
  const long = timeStamping({ name: 'RSA 4096', key: rsaKey(4096), issuer: rsa.root, signing: 'rsa-sha512' });
  const p384 = timeStamping({ name: 'P-384', key: ecKey('secp384r1'), issuer: rsa.root });
  const p521 = timeStamping({ name: 'P-521', key: ecKey('secp521r1'), issuer: ec.root });
  const by = (signer: typeof long, digest: 'sha384' | 'sha512') =>
    stamp({ message: root, signer, time: STAMPED_AT, hash: digest, digest });
  const expired = timeStamping({ name: 'old', key: ecKey(), issuer: ec.root, until: '2026-12-01T00:00:00Z' });
  return [
    good('rsa-4096-sha512', 'A long key and SHA-512 throughout.', by(long, 'sha512')),
    good('p384-sha384', 'P-384 under an RSA root.', by(p384, 'sha384')),
    good('p521-sha512', 'P-521.', by(p521, 'sha512')),
    good('fraction', 'A time with a fraction of a second.', rsaStamp(scene, { fraction: '.25' })),
    good('rsa-named-short', 'The signature names its key alone.', rsaStamp(scene, { algorithm: RSA_ALONE })),
    good('issuer-named', 'The identifier names issuer and number too.', rsaStamp(scene, { namedIssuerOf: rsa.signer })),
    good('expired-since', 'A certificate that was valid at the stated time.', stampBy(scene, expired)),
    good(
      'intermediate-trusted',
      'The trust file names an intermediate.',
      ecStamp(scene),
      trustOf(world, [ec.middle], 1),
    ),
    good('signer-trusted', 'The trust file names the signer itself.', rsaStamp(scene), trustOf(world, [rsa.signer], 1)),
    good(
      'root-beyond',
      'The trust file names an intermediate, and the root is inside too.',
      ecStamp(scene, { certificates: [ec.signer.bytes, ec.middle.bytes, ec.root.bytes] }),
      trustOf(world, [ec.middle], 1),
    ),
    good('latest', 'As late as clocks may differ.', rsaStamp(scene, { time: '2027-12-31T00:05:00Z' })),
    good('earliest', 'At the second of the not-before block.', rsaStamp(scene, { time: '2026-11-22T06:00:00Z' })),
  ];
}

const RSA_ALONE = Uint8Array.from(Buffer.from('300d06092a864886f70d0101010500', 'hex'));

const stampBy = ({ root }: Scene, signer: Scene['rsa']['signer']): Uint8Array =>
  stamp({ message: root, signer, time: STAMPED_AT });

function trustCases(scene: Scene): WitnessCase[] {
  const { world, rsa, ec, trust } = scene;
  const [first, second] = [witness(rsaStamp(scene)), witness(rsaStamp(scene, { time: '2026-11-22T07:00:00Z' }))];
  const stranger = witness(ecStamp(scene));
  const both = trustOf(world, [rsa.root, ec.root], 2);
  const file = bundleWith(scene, [first]);
  const v1 = { ...world.bundle, mediaType: BUNDLE_MEDIA_TYPE, witnesses: [first] } as const;
  const inV1 = { ...makeTrust(world), timestampAuthorities: trust.timestampAuthorities };
  return [
    { name: 'trust/none', about: 'No trust file.', file, expected: 'not-run no-trust-file' },
    {
      name: 'trust/v1',
      about: 'A trust file of version 1 names authorities too.',
      file,
      trust: inV1,
      expected: 'passed',
    },
    {
      name: 'trust/other-authority',
      about: 'Another authority than the trust file names.',
      file: bundleWith(scene, [stranger]),
      trust: trustOf(world, [rsa.root]),
      expected: 'not-run witness-untrusted',
    },
    {
      name: 'trust/other-authority-required',
      about: 'The same, where one is required.',
      file: bundleWith(scene, [stranger]),
      trust: trustOf(world, [rsa.root], 1),
      expected: 'failed witnesses-missing',
    },
    {
      name: 'trust/one-of-two',
      about: 'A stranger beside a trusted one.',
      file: bundleWith(scene, [stranger, first]),
      trust: trustOf(world, [rsa.root], 1),
      expected: 'passed',
    },
    {
      name: 'trust/same-authority-twice',
      about: 'Two tokens of one authority are one witness.',
      file: bundleWith(scene, [first, second]),
      trust: both,
      expected: 'failed witnesses-missing',
    },
    {
      name: 'trust/no-witnesses',
      about: 'None there and none required.',
      file: bundleWith(scene, []),
      trust,
      expected: 'not-run no-witnesses',
    },
    {
      name: 'trust/no-witnesses-required',
      about: 'None there and one required.',
      file: bundleWith(scene, []),
      trust: trustOf(world, [rsa.root], 1),
      expected: 'failed witnesses-missing',
    },
    {
      name: 'trust/v1-bundle',
      about: 'Version 1 carries tokens and none is judged.',
      file: v1,
      trust,
      expected: 'not-run witness-unsupported',
    },
    {
      name: 'trust/v1-bundle-required',
      about: 'Unjudged tokens are no witnesses.',
      file: v1,
      trust: trustOf(world, [rsa.root], 1),
      expected: 'failed witnesses-missing',
    },
  ];
}

function renewalCases(scene: Scene): WitnessCase[] {
  const { world, trust } = scene;
  const { registry } = world.bundle.statement;
  const { root } = world.bundle.anchor.batch;
  const first = witness(rsaStamp(scene));
  const renew = (witnesses: readonly Witness[], time: string) => {
    const message = canonicalBytes({ registry, root, witnesses });
    return witness(ecStamp(scene, { message, time }), 'renewal');
  };
  const second = renew([first], '2027-06-01T00:00:00Z');
  const third = renew([first, second], '2027-11-01T00:00:00Z');
  const file = (...witnesses: Witness[]) => bundleWith(scene, witnesses);
  return [
    { name: 'renewal/good', about: 'A token and its renewal.', file: file(first, second), trust, expected: 'passed' },
    { name: 'renewal/twice', about: 'A renewal of both.', file: file(first, second, third), trust, expected: 'passed' },
    {
      name: 'renewal/of-another',
      about: 'A renewal of other witnesses than these.',
      file: file(first, third),
      trust,
      expected: 'failed witness-mismatch',
    },
    {
      name: 'renewal/earlier',
      about: 'A renewal older than what it renews.',
      file: file(first, renew([first], '2026-11-22T06:00:04Z')),
      trust,
      expected: 'failed witness-time-order',
    },
    { name: 'renewal/alone', about: 'A renewal of nothing.', file: file(second), trust, expected: 'malformed' },
    {
      name: 'renewal/no-witness',
      about: 'A renewal is no second witness.',
      file: file(first, second),
      trust: trustOf(world, [scene.rsa.root, scene.ec.root], 2),
      expected: 'failed witnesses-missing',
    },
  ];
}
