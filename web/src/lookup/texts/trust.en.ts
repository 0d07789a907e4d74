// SPDX-License-Identifier: Apache-2.0
import type { TrustTexts, trustTroubleZh } from './trust.zh.ts';

export const trustEn: TrustTexts = {
  hint: 'Ask the validators for it, or take it from where they publish it; never use one that came with the certificate. You can choose the trust files of several organisations at once, with their signatures (.sig) and keys (.pem)',
  add: 'Add another trust file, signature or key',
  remove: 'Remove',
  worst: 'each was used by itself, and the worst result counts',
  differ: 'the trust files differ',
  agree: 'the trust files agree in all that decides',
  nothing: 'says nothing',
  unreadable: 'one of the trust files cannot be read, so they were not compared',
  calledBy: 'Calls itself: {name}',
  good: 'Signature valid, signed with the key {key}',
  bad: 'Signature invalid: not by any of the keys you provided',
  unchecked: 'Has a signature, but without a key it was not checked who signed it',
  none: 'Not signed',
  keys: 'Keys you provided',
  fingerprint: 'Fingerprint, SHA-256',
  unused: 'signed none of the trust files above',
  keyNote:
    'Compare the fingerprint with the organisation in person, by telephone or on its website: a key that came with the trust file does not show who signed it.',
  stray: 'Signatures of none of the trust files above',
};

export const trustTroubleEn: Record<keyof typeof trustTroubleZh, string> = {
  'trust-needed': 'This is not a trust file.',
  'no-trust-key':
    'This file is not an Ed25519 public key in PEM, so it cannot check the signature of a trust file. Choose the key that the organisation publishes.',
  'trust-key-alone': 'There is a key but no trust file. Add the trust file that it signed, with its signature (.sig).',
  'trust-not-signed':
    'A trust file is not signed by any of the keys you provided, so nothing was verified. Add its signature and key, or remove it from the list of trust files.',
};
