// Tokens that somebody made up or changed: none of them may count.
import { utf8 } from '../../src/index.ts';
import { ecKey, issue, PURPOSES, rsaKey, timeStamping } from './certificates.ts';
import { algorithms, forms, lists } from './forged-forms.ts';
import {
  bundleWith,
  ecStamp,
  type Forger,
  INVALID,
  MALFORMED,
  rsaStamp,
  type Scene,
  STAMPED_AT,
  type WitnessCase,
  witness,
} from './scene.ts';
import { type StampSpec, stamp, stampedInfo } from './stamp.ts';

const UNTRUSTED = 'not-run witness-untrusted';

export function forgedCases(scene: Scene): WitnessCase[] {
  const forged: Forger = (name, about, token, expected) => {
    const file = bundleWith(scene, [witness(token)]);
    return { name: `forged/${name}`, about, file, trust: scene.trust, expected };
  };
  return [
    ...content(scene, forged),
    ...signers(scene, forged),
    ...identifiers(scene, forged),
    ...inside(scene, forged),
    ...paths(scene, forged),
    ...forms(scene, forged),
    ...algorithms(scene, forged),
    ...lists(scene),
  ];
}

function content(scene: Scene, forged: Forger): WitnessCase[] {
  const { root } = scene;
  const early = '2026-11-22T05:59:59Z';
  const earlier = stampedInfo({ message: root, signer: scene.rsa.signer, time: early });
  return [
    forged(
      'other-imprint',
      'A token over another root.',
      rsaStamp(scene, { message: utf8('other') }),
      'failed witness-mismatch',
    ),
    forged(
      'hex-imprint',
      'A token over the hex of the root.',
      rsaStamp(scene, { message: utf8(Buffer.from(root).toString('hex')) }),
      'failed witness-mismatch',
    ),
    forged(
      'before-not-before',
      'A second before the block that the statement names.',
      rsaStamp(scene, { time: early }),
      'failed witness-time-order',
    ),
    forged(
      'in-future',
      'Later than the time of verification.',
      rsaStamp(scene, { time: '2027-12-31T00:05:01Z' }),
      'failed witness-in-future',
    ),
    forged(
      'content-changed',
      'Another time, put in after signing.',
      rsaStamp(scene, { contentAfter: earlier }),
      INVALID,
    ),
    forged(
      'message-digest',
      'A signed digest of something else.',
      rsaStamp(scene, { messageDigest: new Uint8Array(32) }),
      INVALID,
    ),
    forged('imprint-length', 'An imprint of 31 bytes.', rsaStamp(scene, { imprint: new Uint8Array(31) }), MALFORMED),
    forged('no-tst-info', 'Signed data that is no time stamp.', rsaStamp(scene, { contentType: 'data' }), MALFORMED),
  ];
}

/** Signers with a certificate of the trusted root that is not for time stamps, or with another's. */
function signers(scene: Scene, forged: Forger): WitnessCase[] {
  const { root, rsa } = scene;
  const by = (choices: Partial<Parameters<typeof issue>[0]>, more: Partial<StampSpec> = {}) => {
    const signer = issue({
      name: 'TSA',
      key: ecKey(),
      issuer: rsa.root,
      purposes: [PURPOSES.timeStamping],
      ...choices,
    });
    return stamp({ message: root, signer, time: STAMPED_AT, ...more });
  };
  const both = [PURPOSES.timeStamping, PURPOSES.codeSigning];
  return [
    forged('wrong-usage', 'A certificate for code.', by({ purposes: [PURPOSES.codeSigning] }), INVALID),
    forged('no-usage', 'A certificate for anything.', by({ purposes: undefined }), INVALID),
    forged('two-usages', 'A certificate for time stamps and code.', by({ purposes: both }), INVALID),
    forged('usage-not-critical', 'A usage that programs may overlook.', by({ isPurposeCritical: false }), INVALID),
    forged('key-for-encryption', 'A key that may not sign.', by({ isForEncryption: true }), INVALID),
    forged('expired', 'A certificate expired by then.', by({ until: '2026-11-22T06:00:04Z' }), UNTRUSTED),
    forged('not-yet-valid', 'A certificate not yet valid.', by({ from: '2026-11-22T06:00:06Z' }), UNTRUSTED),
    forged(
      'strange-extension',
      'A critical extension that nobody knows.',
      by({ hasStrangeExtension: true }),
      UNTRUSTED,
    ),
    forged('other-key', 'Signed by another key.', rsaStamp(scene, { key: rsaKey() }), INVALID),
    forged(
      'other-kind-of-key',
      'An ECDSA signature under an RSA certificate.',
      rsaStamp(scene, { key: ecKey() }),
      INVALID,
    ),
    forged('signature-zero', 'No signature to speak of.', rsaStamp(scene, { signature: new Uint8Array(256) }), INVALID),
  ];
}

function identifiers(scene: Scene, forged: Forger): WitnessCase[] {
  const { rsa, ec } = scene;
  const twin = issue({ ...rsa.signer.spec, serial: 99 });
  return [
    forged(
      'named-another',
      'The identifier names another certificate.',
      rsaStamp(scene, { named: ec.signer }),
      INVALID,
    ),
    forged('named-twin', 'It names another certificate of the same key.', rsaStamp(scene, { named: twin }), INVALID),
    forged('named-issuer', 'It names another issuer and number.', rsaStamp(scene, { namedIssuerOf: twin }), INVALID),
    forged('named-none', 'No identifier is signed.', rsaStamp(scene, { essVersion: 0 }), MALFORMED),
    forged('named-by-sha1', 'The identifier is by SHA-1.', rsaStamp(scene, { essVersion: 1 }), MALFORMED),
  ];
}

/** Certificates that somebody put into the token; nobody signs their list. */
function inside(scene: Scene, forged: Forger): WitnessCase[] {
  const { rsa, ec } = scene;
  const stranger = issue({ name: 'stranger', key: ecKey(), isAuthority: true });
  const double = issue({ ...rsa.signer.spec, key: ecKey(), serial: Number(rsa.signer.serial.at(-1)) });
  const changedRoot = rsa.root.bytes.with(rsa.root.bytes.length - 1, (rsa.root.bytes.at(-1) ?? 0) ^ 1);
  const sameName = issue({ ...ec.root.spec, key: ecKey(), signing: 'ec-sha256' });
  const withInside = (...certificates: Uint8Array[]) => rsaStamp(scene, { certificates });
  return [
    forged('injected', 'A certificate that leads nowhere.', withInside(rsa.signer.bytes, stranger.bytes), MALFORMED),
    forged(
      'injected-double',
      'A second certificate of issuer and number.',
      withInside(rsa.signer.bytes, double.bytes),
      MALFORMED,
    ),
    forged('injected-twice', 'The same certificate twice.', withInside(rsa.signer.bytes, rsa.signer.bytes), MALFORMED),
    forged('injected-root', 'The root, changed.', withInside(rsa.signer.bytes, changedRoot), UNTRUSTED),
    forged(
      'injected-name',
      'A root of the same name.',
      ecStamp(scene, { certificates: [ec.signer.bytes, ec.middle.bytes, sameName.bytes] }),
      MALFORMED,
    ),
    forged('no-certificates', 'No certificate inside.', withInside(), MALFORMED),
    forged('not-the-signers', "Not the signer's certificate.", withInside(rsa.root.bytes), MALFORMED),
    forged(
      'many-certificates',
      'Nine certificates.',
      withInside(
        rsa.signer.bytes,
        ...Array.from({ length: 8 }, () => issue({ name: 'RSA test root', key: ecKey(), isAuthority: true }).bytes),
      ),
      MALFORMED,
    ),
  ];
}

/** Paths that end at a trusted root by name alone, or break a rule on the way. */
function paths(scene: Scene, forged: Forger): WitnessCase[] {
  const { root, rsa, ec } = scene;
  const through = (choices: Partial<Parameters<typeof issue>[0]>) => {
    const middle = issue({ name: 'middle', key: ecKey(), issuer: rsa.root, isAuthority: true, ...choices });
    const signer = timeStamping({ name: 'TSA', key: ecKey(), issuer: middle });
    return stamp({ message: root, signer, time: STAMPED_AT, certificates: [signer.bytes, middle.bytes] });
  };
  const impostor = issue({ name: 'RSA test root', key: rsaKey(), isAuthority: true });
  const own = timeStamping({ name: 'TSA', key: ecKey(), issuer: impostor });
  const below = issue({ name: 'below', key: ecKey(), issuer: ec.middle, isAuthority: true });
  const tooLong = timeStamping({ name: 'TSA', key: ecKey(), issuer: below });
  const longPath = [tooLong.bytes, below.bytes, ec.middle.bytes];
  return [
    forged(
      'impostor',
      'A root of the trusted name and another key.',
      stamp({ message: root, signer: own, time: STAMPED_AT }),
      UNTRUSTED,
    ),
    forged(
      'impostor-inside',
      'The same, with that root inside.',
      stamp({ message: root, signer: own, time: STAMPED_AT, certificates: [own.bytes, impostor.bytes] }),
      UNTRUSTED,
    ),
    forged(
      'no-intermediate',
      'The intermediate is missing.',
      ecStamp(scene, { certificates: [ec.signer.bytes] }),
      UNTRUSTED,
    ),
    forged('issued-by-user', 'Issued by a certificate that may not issue.', through({ isAuthority: false }), UNTRUSTED),
    forged(
      'issued-by-expired',
      'Issued by a certificate expired by then.',
      through({ until: '2026-11-22T06:00:04Z' }),
      UNTRUSTED,
    ),
    forged(
      'issued-for-code',
      'Issued by an authority for code.',
      through({ purposes: [PURPOSES.codeSigning] }),
      UNTRUSTED,
    ),
    forged(
      'path-too-long',
      'More intermediates than one of them allows.',
      stamp({ message: root, signer: tooLong, time: STAMPED_AT, certificates: longPath }),
      UNTRUSTED,
    ),
  ];
}
