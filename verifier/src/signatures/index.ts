// `@inkseal/verifier/signatures`: who signed a trust file. An entry of its own, so that only readers of signed ones load Ed25519.
export { parseTrustKey, type TrustKey } from './trust-key.ts';
export { type Evidence, SIGNATURE_ENDING, SIGNATURE_LENGTH, type Signing, signingOf } from './trust-signature.ts';
