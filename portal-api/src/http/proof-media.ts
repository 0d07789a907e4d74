// SPDX-License-Identifier: Apache-2.0
// Media types of proofs and trust files: the version is the file's own, and follows from what it has to say.
import {
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  mediaTypeOf,
  TRUST_MEDIA_TYPE,
  TRUST_MEDIA_TYPE_V2,
} from '@inkseal/verifier';
import type { Response } from 'express';

export const PROOF_TYPES = [BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2];
export const TRUST_TYPES = [TRUST_MEDIA_TYPE, TRUST_MEDIA_TYPE_V2];

export const proofTypeOf = (bytes: Uint8Array): string => mediaTypeOf(bytes) ?? BUNDLE_MEDIA_TYPE;
export const trustTypeOf = (bytes: Uint8Array): string => mediaTypeOf(bytes) ?? TRUST_MEDIA_TYPE;

/** As a download that is asked for again each time. */
export function sendProof(res: Response, proof: Uint8Array, name: string): undefined {
  res.set('Content-Type', proofTypeOf(proof)).set('Cache-Control', 'no-cache');
  res.set('Content-Disposition', `attachment; filename="${name}.proof.json"`).end(proof);
}
