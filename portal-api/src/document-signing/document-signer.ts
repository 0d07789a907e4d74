// SPDX-License-Identifier: Apache-2.0
// What signs certificates. The key stays where it is, in a file or in a device: all that passes here is what it signed.

export interface DocumentSigner {
  /** DER: the signer's own certificate, then those that issued it. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]];
  /** How people call the signer: the common name of its certificate. */
  readonly name: string;
  /** Its authority was made by this portal, and nobody vouches for it. */
  readonly isDevelopment: boolean;
  /** `RS256` is PKCS #1 v1.5 in either case of key length; both hash by SHA-256. */
  readonly algorithm: 'ES256' | 'RS256';
  /** The signature over the bytes: DER of r and s, or the RSA signature. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What a certificate prints of its signature, and carries for whoever checks it. */
export interface PrintedSignature {
  by: string;
  isDevelopment: boolean;
  validation?: ValidationData | undefined;
}

/** What says that no certificate of a signature was revoked: the certificates, and the answers of their authorities. DER. */
export interface ValidationData {
  certificates: readonly Uint8Array[];
  ocsps: readonly Uint8Array[];
  crls: readonly Uint8Array[];
}
