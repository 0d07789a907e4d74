// SPDX-License-Identifier: Apache-2.0
// Media types of proofs and trust files: the version is the file's own, and follows from what it has to say.
import {
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  mediaTypeOf,
  TRUST_MEDIA_TYPE,
  TRUST_MEDIA_TYPE_V2,
} from '@inkseal/verifier';

export const PROOF_TYPES = [BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2];
export const TRUST_TYPES = [TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2];

export const proofTypeOf = (bytes: Uint8Array): string => mediaTypeOf(bytes) ?? BUNDLE_MEDIA_TYPE;
export const trustTypeOf = (bytes: Uint8Array): string => mediaTypeOf(bytes) ?? TRUST_MEDIA_TYPE;
